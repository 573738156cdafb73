//! The language of a text: what it is written in, before what the page claims.

use dateline_index::language::Language;

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

/// Chooses: the text where it is long enough to tell, else what is stated, else the text's best
/// guess.
pub(super) fn choose(text: &str, stated: Option<&str>) -> Option<Language> {
    let sample: String = text.chars().take(LOOKED_AT).collect();
    let stated = stated.and_then(Language::from_code);
    let guess = whatlang::detect(&sample);
    let detected = guess.as_ref().map(|info| info.lang().code()).and_then(short);
    let trusted = guess.is_some_and(|info| info.is_reliable()) && sample.chars().count() >= ENOUGH;
    match (stated, detected) {
        // Both names of one language: the page knows better which.
        (Some(stated), Some(detected)) if same_language(stated, detected) => Some(stated),
        (_, Some(detected)) if trusted => Some(detected),
        (Some(stated), _) => Some(stated),
        (None, detected) => detected.filter(|_| sample.chars().count() >= ENOUGH / 3),
    }
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
    fn the_list_is_sorted() {
        assert!(SHORT.is_sorted_by_key(|(long, _)| long));
    }
}
