//! Whole articles, as a reader would check them.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use dateline_index::actor::{ActorKind, Field, Mention};
use dateline_index::article::{Article, ArticleId, Byline, Source};
use dateline_index::language::Language;
use dateline_index::registry::Registry;

use proptest::strategy::Strategy as _;

use super::Actors;

mod names;

fn article(title: &str, text: &str) -> Article {
    let mut article = Article::empty(ArticleId::new("a").expect("an id"));
    article.title = title.to_owned();
    article.text = text.to_owned();
    article.language = Some(Language::ENGLISH);
    article
}

fn recognised(mut article: Article) -> Article {
    ACTORS.recognise(&mut article);
    article
}

fn mentions(text: &str) -> Vec<Mention> {
    recognised(article("", text)).mentions
}

/// The ids of the actors of a text, places among them.
fn actors(text: &str) -> BTreeSet<String> {
    mentions(text).iter().map(|mention| REGISTRY.actor_of(&mention.name, mention.kind).id.0).collect()
}

fn set(ids: &[&str]) -> BTreeSet<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

/// What is printed, the name that it leads to, and the rule.
fn rules(text: &str) -> Vec<(String, String, String)> {
    mentions(text).into_iter().map(|mention| (mention.text, mention.name, mention.resolved_by)).collect()
}

fn rule(text: &str, name: &str, rule: &str) -> (String, String, String) {
    (text.to_owned(), name.to_owned(), rule.to_owned())
}

#[test]
fn an_analysis_of_the_middle_east_names_each_actor_once() {
    let text = "Islamic State- Khorasan Province (IS-K), the arm of IS in Afghanistan, is growing. It struck \
                Iran's south as mourners remembered Qasem Soleimani, who led the Quds Forces of the Islamic \
                Revolutionary Guard Corps (IRGC).\n\nTehran's diplomatic pressure on the Taliban is rising. \
                Soleimani’s men fought IS in Syria beside President Bashar al-Assad; the IRGC is proud of it, \
                and Iranian officials say Assad is too. Foreign Minister Hossein Amir-Abdollahian met Turkish \
                and Russian envoys; Amirabdollahian is wary of the US. [Getty]\n\nLive Story";
    let expected = [
        "afghanistan",
        "bashar-al-assad",
        "hossein-amirabdollahian",
        "iran",
        "islamic-revolutionary-guard-corps",
        "islamic-state",
        "islamic-state-khorasan-province",
        "qassem-soleimani",
        "quds-force",
        "russia",
        "syria",
        "taliban",
        "turkey",
        "united-states",
    ];
    assert_eq!(actors(text), set(&expected));
}

#[test]
fn every_span_is_what_is_printed_there_in_order_and_without_overlaps() {
    let text =
        "« L’Iran », dit François Mitterrand — Erdoğan’s Türkiye, “Slobodan Milošević” (UN) …\n\nПутин; Iran";
    let article = recognised(article("Erdoğan à Paris", text));
    assert!(article.mentions.len() >= 6, "{:?}", article.mentions);
    let mut before = (Field::Title, 0);
    for mention in &article.mentions {
        let field = if mention.field == Field::Title { &article.title } else { &article.text };
        assert_eq!(field.get(mention.start..mention.end), Some(mention.text.as_str()));
        assert!(before.0 != mention.field || before.1 <= mention.start, "{mention:?} overlaps");
        before = (mention.field, mention.end);
    }
}

#[test]
fn a_surname_is_the_person_named_in_full_anywhere_in_the_article() {
    let mut told =
        article("Lind quits", "Governor Ada Lind left on Monday. Mrs Lind said that Lind's time was up.");
    told = recognised(told);
    let names: Vec<_> = told
        .mentions
        .iter()
        .map(|m| (m.name.as_str(), m.found_by.as_str(), m.resolved_by.as_str()))
        .collect();
    let surname = ("Ada Lind", "tagger", "surname");
    assert_eq!(names, [surname, ("Ada Lind", "tagger", "alias"), surname, surname]);
}

#[test]
fn two_people_with_one_surname_stay_two_and_the_surname_alone_is_neither() {
    let text = "George H. W. Bush advised George W. Bush. Mr Bush listened.";
    assert_eq!(
        rules(text),
        [
            rule("George H. W. Bush", "George H. W. Bush", "alias"),
            rule("George W. Bush", "George W. Bush", "alias")
        ]
    );
    assert_eq!(
        actors("Laura Bush and Barbara Bush met Bill Clinton."),
        set(&["~barbara-bush", "~laura-bush", "bill-clinton"])
    );
}

#[test]
fn a_relative_is_not_taken_for_the_famous_bearer_of_a_surname() {
    assert_eq!(actors("Melania Trump spoke; Trump Tower was lit."), set(&["~melania-trump", "~trump-tower"]));
    assert_eq!(actors("Mojtaba Khamenei came. Khamenei spoke."), set(&["mojtaba-khamenei"]));
    assert_eq!(actors("Khamenei spoke."), set(&["ali-khamenei"]));
    assert_eq!(actors("The USS Ronald Reagan sailed."), set(&[]));
    let airport = actors("The George Bush Intercontinental Airport closed.");
    assert_eq!(airport, set(&["~george-bush-intercontinental-airport"]));
}

#[test]
fn surnames_that_are_words_need_a_sign() {
    let text = "Theresa May resigned. In May the party voted. Prime Minister May wept, and May said no more.";
    let found: Vec<_> = rules(text).into_iter().map(|(text, ..)| text).collect();
    assert_eq!(found, ["Theresa May", "May", "May"]);
}

#[test]
fn an_acronym_is_what_the_article_defined_it_to_be() {
    let text = "The National Union of Bakers (NUB) struck. NUB members cheered the UN.";
    assert_eq!(
        rules(text),
        [
            rule("National Union of Bakers", "National Union of Bakers", "alias"),
            rule("NUB", "National Union of Bakers", "acronym"),
            rule("NUB", "National Union of Bakers", "acronym"),
            rule("UN", "UN", "alias"),
        ]
    );
    let text = "The Illinois Runners Association (IRA) met. The IRA ran.";
    assert_eq!(actors(text), set(&["~illinois-runners-association"]));
}

#[test]
fn states_that_are_surnames_and_given_names_are_told_apart() {
    for text in
        ["Michael Jordan scored.", "Jordan Peterson spoke.", "Chad Smith drums.", "He went to Georgia Tech."]
    {
        let states = mentions(text).into_iter().filter(|mention| mention.kind == ActorKind::State);
        assert_eq!(states.count(), 0, "{text}");
    }
    assert_eq!(
        actors("In Jordan and Chad, Georgia President Salome smiled."),
        set(&["chad", "georgia", "jordan"])
    );
    assert_eq!(actors("President Jordan Bardelo spoke."), set(&["~jordan-bardelo"]));
}

#[test]
fn a_capital_is_its_state_when_it_acts_and_a_place_when_one_is_there() {
    assert_eq!(actors("Ankara said no."), set(&["turkey"]));
    assert_eq!(mentions("Officials in Ankara said no.")[0].kind, ActorKind::Place);
    assert_eq!(mentions("He landed in Ankara.")[0].kind, ActorKind::Place);
    let text = "Moscow rejected the note, and the Soviet ambassador left.";
    assert_eq!(actors(text), set(&["soviet-union"]));
    assert_eq!(actors("Moscow rejected the note."), set(&["russia"]));
    assert_eq!(actors("Prague rejected the note."), set(&["czechia"]));
}

#[test]
fn a_common_name_belongs_to_its_country_or_to_nobody() {
    assert_eq!(actors("The US waited for Congress."), set(&["united-states", "united-states-congress"]));
    assert_eq!(actors("The Paraguayan Congress met; Congress voted."), set(&["~paraguayan-congress"]));
    assert_eq!(actors("The Brazilian Congress met."), set(&["national-congress-of-brazil"]));
    assert_eq!(
        actors("The US sent a note to the Congress of Bakers."),
        set(&["united-states", "~congress-of-bakers"])
    );
    assert_eq!(actors("The National Front won in France."), set(&["france", "national-rally"]));
}

#[test]
fn the_own_outlet_and_the_authors_are_no_actors() {
    let mut signed = article("", "Reuters saw it. Tony Blair writes: I met Vladimir Putin, AFP said.");
    signed.source = Some(Source { name: "REUTERS".into(), domain: None });
    signed.bylines = vec![Byline("Tony Blair".into())];
    let names: Vec<_> = recognised(signed).mentions.into_iter().map(|mention| mention.name).collect();
    assert_eq!(names, ["Vladimir Putin", "AFP"]);
}

#[test]
fn empty_and_strange_texts_have_no_mentions() {
    for text in ["", " ", "…", "()", "(ABC)", "'s", "\u{301}", "IS", "🙂🙂", "A (B) C (D"] {
        let found = mentions(text);
        assert!(found.iter().all(|mention| text.get(mention.start..mention.end).is_some()), "{text}");
    }
}

proptest::proptest! {
    #[test]
    fn whatever_the_text_is_spans_hold(
        parts in proptest::collection::vec(
            proptest::prop_oneof![
                proptest::sample::select(vec![
                    "Iran", "IS", "-K", "’s ", " (IRGC)", "Islamic Revolutionary Guard Corps", "President ", "Ada ",
                    "Lind", ". ", "\n", "\n\n", "al-", "É", "İ", "ß", "–", "(", ")", "U.S.", "Bush", " ", "m\u{301}",
                ]).prop_map(str::to_owned),
                ".{0,4}",
            ],
            0..24,
        ),
    ) {
        let text = parts.concat();
        let found = recognised(article(&text, &text)).mentions;
        for pair in found.windows(2) {
            proptest::prop_assert!(pair[0].field != pair[1].field || pair[0].end <= pair[1].start);
        }
        for mention in found {
            proptest::prop_assert_eq!(text.get(mention.start..mention.end), Some(mention.text.as_str()));
            proptest::prop_assert!(!mention.name.trim().is_empty());
        }
    }
}

static REGISTRY: LazyLock<Arc<Registry>> = LazyLock::new(|| Arc::new(Registry::builtin()));
static ACTORS: LazyLock<Actors> = LazyLock::new(|| Actors::new(Arc::clone(&REGISTRY)));

#[test]
fn a_name_that_changed_hands_is_whose_it_was_on_the_articles_day() {
    let list = "[state]\nwest | West Quay | FRQ | to=FRQ:1990-10-02\nall | Quayland | FRQ | from=FRQ:1990-10-03; capital=Old Bay; to=Old Bay:1991-12-11\n";
    let actors = Actors::new(Arc::new(Registry::read(list.to_owned()).0));
    let read = |date: Option<&str>| -> Vec<(String, ActorKind)> {
        let date = date.and_then(dateline_index::published::PartialDate::parse);
        let mut article = article("", "Envoys of the FRQ left on Monday. Old Bay said that it was sorry.");
        article.published =
            date.map(|date| dateline_index::published::Published { date, found: String::new() });
        actors.recognise(&mut article);
        article.mentions.into_iter().map(|mention| (mention.name, mention.kind)).collect()
    };
    let (state, place) = (ActorKind::State, ActorKind::Place);
    let named = |names: &[(&str, ActorKind)]| -> Vec<(String, ActorKind)> {
        names.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect()
    };
    assert_eq!(read(Some("1985-03")), named(&[("West Quay", state), ("Old Bay", state)]));
    assert_eq!(read(Some("1999")), named(&[("FRQ", state), ("Old Bay", place)]));
    assert_eq!(read(None), named(&[("FRQ", state), ("Old Bay", state)]), "without a day, as it is today");
}

#[test]
fn a_slip_in_a_long_name_is_that_name_in_the_article_that_has_both() {
    let names = |text: &str| -> BTreeSet<String> {
        mentions(text)
            .into_iter()
            .filter(|mention| mention.kind == ActorKind::Person)
            .map(|m| m.name)
            .collect()
    };
    let both = "Foreign Minister Hossein Amir-Abdollahian spoke on Monday. Minister Hossein Amirabdollatian left on Tuesday.";
    let registry = Registry::builtin();
    let ids: BTreeSet<_> =
        names(both).iter().map(|name| registry.actor_of(name, ActorKind::Person).id.0).collect();
    assert_eq!(ids, set(&["hossein-amirabdollahian"]), "{:?}", rules(both));
    let two = "Minister Ingrid Solbergarsen met Minister Ingrid Solbergarson on Monday.";
    assert_eq!(names(two), set(&["Ingrid Solbergarsen"]), "the first, where both are as frequent");
    let couple = "President Boris Karamazovskov and Minister Anna Karamazovskova met. Minister Ivan Karamazovskov left.";
    assert_eq!(names(couple).len(), 3, "{:?}", names(couple));
}
