//! The language of a text: what it is written in, before what the page claims.

use dateline_index::language::Language;
use scraper::ElementRef;

use super::candidate::{Candidate, Found};
use super::linked;
use super::page::{Page, selector};
use super::text::plain;

/// The detector's three-letter codes with the two-letter ones, sorted.
const SHORT: &[(&str, &str)] = &[
    ("afr", "af"),
    ("aka", "ak"),
    ("amh", "am"),
    ("ara", "ar"),
    ("aze", "az"),
    ("bel", "be"),
    ("ben", "bn"),
    ("bul", "bg"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("cmn", "zh"),
    ("cym", "cy"),
    ("dan", "da"),
    ("deu", "de"),
    ("ell", "el"),
    ("eng", "en"),
    ("epo", "eo"),
    ("est", "et"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("guj", "gu"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("hye", "hy"),
    ("ind", "id"),
    ("ita", "it"),
    ("jav", "jv"),
    ("jpn", "ja"),
    ("kan", "kn"),
    ("kat", "ka"),
    ("khm", "km"),
    ("kor", "ko"),
    ("lat", "la"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("mal", "ml"),
    ("mar", "mr"),
    ("mkd", "mk"),
    ("mya", "my"),
    ("nep", "ne"),
    ("nld", "nl"),
    ("nob", "no"),
    ("ori", "or"),
    ("pan", "pa"),
    ("pes", "fa"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rus", "ru"),
    ("sin", "si"),
    ("slk", "sk"),
    ("slv", "sl"),
    ("sna", "sn"),
    ("spa", "es"),
    ("srp", "sr"),
    ("swe", "sv"),
    ("tam", "ta"),
    ("tel", "te"),
    ("tgl", "tl"),
    ("tha", "th"),
    ("tuk", "tk"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("urd", "ur"),
    ("uzb", "uz"),
    ("vie", "vi"),
    ("yid", "yi"),
    ("zul", "zu"),
];

/// Letters that are looked at, and that are needed to believe the detector against the page.
const LOOKED_AT: usize = 1_000;
const ENOUGH: usize = 120;
/// Letters that are needed to say that the page is wrong about itself.
const ENOUGH_TO_DOUBT: usize = 600;

/// Which language was chosen, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Choice {
    /// The language.
    pub(super) language: Option<Language>,
    /// The number of the candidate that it comes from.
    pub(super) place: Option<usize>,
    /// The reason, as a sentence.
    pub(super) why: &'static str,
    /// What page and text disagree about, if they do.
    pub(super) doubt: Option<String>,
}

/// Each language that the page states for itself, best first, and the one that its text is in.
pub(super) fn candidates(page: &Page, text: &str) -> Vec<Candidate<Language>> {
    let mut found: Vec<Candidate<Language>> = Vec::new();
    let mut add = |code: &str, kind: Found, place: String| {
        found.extend(stated(code).map(|language| Candidate::new(language, kind, place)));
    };
    let root = page.html.root_element();
    for name in ["lang", "xml:lang"] {
        root.value().attr(name).into_iter().for_each(|code| add(code, Found::Meta, format!("html {name}")));
    }
    // Some name it where the article begins: the frame around it may be in another language.
    let article = page.html.select(selector!("body[lang], article[lang], main[lang]"));
    let article = article
        .filter_map(|element: ElementRef<'_>| Some((element.value().name(), element.value().attr("lang")?)));
    article.take(2).for_each(|(name, code)| add(code, Found::Meta, format!("{name} lang")));
    if let Some(node) = page.linked.article() {
        let place = format!("{}.inLanguage", linked::type_of(node));
        linked::text(node, "inLanguage")
            .into_iter()
            .for_each(|code| add(&code, Found::JsonLd, place.clone()));
    }
    for name in ["content-language", "language", "dc.language", "dcterms.language", "og:locale"] {
        page.meta_all(name).take(1).for_each(|code| add(&plain(code), Found::Meta, name.to_owned()));
    }
    if let Some((language, _)) = detect(text) {
        found.push(Candidate::new(language, Found::Text, "text"));
    }
    found
}

/// Chooses the language of the text where it is long enough to tell, else what most places state.
pub(super) fn choose_of(candidates: &[Candidate<Language>], text: &str) -> Choice {
    let letters = text.chars().take(LOOKED_AT).count();
    let of_text = candidates.iter().position(|candidate| candidate.found == Found::Text);
    let trusted = letters >= ENOUGH && detect(text).is_some_and(|(_, reliable)| reliable);
    let is_stated = |candidate: &&Candidate<Language>| candidate.found != Found::Text;
    let votes = |language: Language| {
        candidates.iter().filter(is_stated).filter(|other| other.value == language).count()
    };
    let stated = (0..candidates.len())
        .filter(|&place| candidates[place].found != Found::Text)
        .max_by_key(|&place| (votes(candidates[place].value), std::cmp::Reverse(place)));
    let pick = |place: usize, why| Choice {
        language: Some(candidates[place].value),
        place: Some(place),
        why,
        doubt: None,
    };
    match (of_text, stated) {
        (Some(text), _) if trusted => {
            let detected = candidates[text].value;
            let agrees =
                candidates.iter().filter(is_stated).position(|other| same_language(other.value, detected));
            match (agrees, stated) {
                // Both names of one language: the page knows better which.
                (Some(place), _) => pick(place, "the page states it, and its text is in it"),
                (None, None) => pick(text, "the text is in it"),
                (None, Some(place)) => {
                    let doubt =
                        (letters >= ENOUGH_TO_DOUBT).then(|| disagreement(&candidates[place], detected));
                    Choice { doubt, ..pick(text, "the text is in it, though the page states another") }
                }
            }
        }
        (_, Some(place)) => pick(place, "the page states it, and its text is too short to tell"),
        (Some(text), None) if letters >= ENOUGH / 3 => pick(text, "the short text seems to be in it"),
        _ => Choice { why: "the page states none, and its text is too short to tell", ..Choice::default() },
    }
}

fn disagreement(stated: &Candidate<Language>, detected: Language) -> String {
    let (place, stated) = (&stated.place, stated.value.name());
    format!("{place} states {stated}, the text is in {}", detected.name())
}

/// A language as pages write it: a code of two letters, or of three that somebody has given a name.
fn stated(code: &str) -> Option<Language> {
    let language = Language::from_code(code)?;
    let code = language.code();
    let known = code.len() == 2 || language.name() != code;
    if known {
        Some(language)
    } else {
        SHORT.binary_search_by_key(&code, |(long, _)| long).ok().and_then(|_| short(code))
    }
}

/// The language of a text, and whether the detector is sure of it.
fn detect(text: &str) -> Option<(Language, bool)> {
    let sample: String = text.chars().take(LOOKED_AT).collect();
    let guess = whatlang::detect(&sample)?;
    Some((short(guess.lang().code())?, guess.is_reliable()))
}

/// Chooses: the text where it is long enough to tell, else what is stated, else the text's best
/// guess.
pub(super) fn choose(text: &str, said: Option<&str>) -> Option<Language> {
    choose_of(&candidates_of(text, said, Found::Record), text).language
}

/// What a record says that it is in, found in such a place, and what its text is in.
pub(super) fn candidates_of(text: &str, said: Option<&str>, place: Found) -> Vec<Candidate<Language>> {
    let said = said.and_then(stated).map(|language| Candidate::new(language, place, "language"));
    let detected = detect(text).map(|(language, _)| Candidate::new(language, Found::Text, "text"));
    said.into_iter().chain(detected).collect()
}

fn short(code: &str) -> Option<Language> {
    let place = SHORT.binary_search_by_key(&code, |(long, _)| long).ok();
    Language::from_code(place.map_or(code, |place| SHORT[place].1))
}

/// Languages that the detector cannot tell apart, or has one name for.
fn same_language(stated: Language, detected: Language) -> bool {
    const NORWEGIAN: &[&str] = &["nb", "nn", "no", "da"];
    const MALAY: &[&str] = &["id", "ms"];
    const SERBO_CROATIAN: &[&str] = &["bs", "hr", "sr", "sh"];
    const GALICIAN: &[&str] = &["gl", "pt"];
    let in_group = |group: &&[&str]| group.contains(&stated.code()) && group.contains(&detected.code());
    stated == detected || [NORWEGIAN, MALAY, SERBO_CROATIAN, GALICIAN].iter().any(in_group)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GERMAN: &str = "Der Vertrag wurde am Mittwoch in Moskau unterzeichnet, und beide Seiten verzichten darin \
        auf Gewalt. Die Opposition in Bonn bleibt skeptisch und will dem Text nicht zustimmen, bevor er beraten ist.";

    fn code(text: &str, stated: Option<&str>) -> Option<String> {
        choose(text, stated).map(|language| language.code().to_owned())
    }

    #[test]
    fn the_text_is_believed_before_the_page() {
        assert_eq!(code(GERMAN, Some("en-US")).as_deref(), Some("de"));
        assert_eq!(code(GERMAN, None).as_deref(), Some("de"));
    }

    #[test]
    fn a_short_text_leaves_it_to_the_page() {
        assert_eq!(code("Kiel", Some("de-DE")).as_deref(), Some("de"));
        assert_eq!(code("", None), None);
    }

    #[test]
    fn a_page_that_is_wrong_about_itself_is_doubted_and_a_region_is_not() {
        let long = GERMAN.repeat(4);
        let of = |lang: &str, text: &str| {
            let page = Page::parse(&format!("<html lang='{lang}'><p>x</p></html>"));
            let choice = choose_of(&candidates(&page, text), text);
            (choice.language.map(|language| language.code().to_owned()), choice.doubt)
        };
        assert_eq!(of("de-AT", &long), (Some("de".to_owned()), None));
        let doubt = "html lang states English, the text is in German".to_owned();
        assert_eq!(of("en", &long), (Some("de".to_owned()), Some(doubt)));
        assert_eq!(of("en", GERMAN), (Some("de".to_owned()), None));
        assert_eq!(of("utf-8", "Kiel").0, None);
    }

    #[test]
    fn what_most_places_state_counts_where_the_text_is_short() {
        let page = "<html lang=en><meta property='og:locale' content=fa_IR><meta name=language content=fa>";
        let choice = choose_of(&candidates(&Page::parse(page), ""), "");
        assert_eq!(choice.language.map(|language| language.code().to_owned()).as_deref(), Some("fa"));
    }

    #[test]
    fn the_list_is_sorted() {
        assert!(SHORT.is_sorted_by_key(|(long, _)| long));
    }
}
