//! What every backend owes to whoever decides which names are one.

use super::{article, id, publish, random, search};
use crate::actor::{Actor, ActorId, ActorKind};
use crate::archive::{Archive, Imported};
use crate::article::{Article, Byline, Source};
use crate::authority::{Decision, Entry, from_toml, standing, to_toml};
use crate::edit;
use crate::search::{Choice, Facet, NONE, SearchRequest};

pub(super) fn actor(id: &str, label: &str, kind: ActorKind) -> Actor {
    Actor { id: ActorId(id.into()), label: label.into(), kind }
}

pub(super) fn named(name: &str, names: &[(&str, ActorKind)]) -> Article {
    Article { mentions: random::mentions(names), ..article(name, "peace") }
}

pub(super) fn values(archive: &Archive, facet: Facet) -> Vec<(String, String, u64)> {
    let counts = search(archive, "").facets[&facet].clone();
    counts.into_iter().map(|count| (count.value, count.label, count.count)).collect()
}

pub(super) fn row(value: &str, label: &str, count: u64) -> (String, String, u64) {
    (value.into(), label.into(), count)
}

pub(super) fn found(archive: &Archive, facet: Facet, value: &str) -> u64 {
    let choices = [(facet, Choice { include: vec![value.into()], ..Choice::default() })].into();
    archive.search(&SearchRequest { choices, ..SearchRequest::default() }).expect("search").total
}

pub(super) fn a_merge_shows_at_once_and_is_taken_back(archive: &Archive) {
    let (ansari, ansary) =
        (("Mona Hojat Ansari", ActorKind::Person), ("Mona Hojjat Ansary", ActorKind::Person));
    publish(archive, [named("a", &[ansari]), named("b", &[ansary]), named("c", &[ansari, ansary])]);
    let before = values(archive, Facet::Actor);
    let change = archive.about().expect("about").change;
    let from = actor("~mona-hojjat-ansary", "Mona Hojjat Ansary", ActorKind::Person);
    let into = actor("~mona-hojat-ansari", "Mona Hojat Ansari", ActorKind::Person);
    let decided = archive.decide(&[Decision::Merge { from, into }], "Ada").expect("decide");
    assert_eq!(values(archive, Facet::Actor), [row("~mona-hojat-ansari", "Mona Hojat Ansari", 3)]);
    assert_eq!(
        found(archive, Facet::Actor, "~mona-hojjat-ansary"),
        3,
        "the old address leads to the survivor"
    );
    let names = archive.names_of(&ActorId("~mona-hojjat-ansary".into())).expect("names");
    assert_eq!(names.iter().map(|name| name.articles).collect::<Vec<_>>(), [2, 2]);
    assert_eq!(archive.about().expect("about").change, change, "no article changed");
    let view = archive.article_view(&id("b")).expect("article").expect("it is there");
    assert_eq!(view.mentions[0].actor, "~mona-hojat-ansari");

    let number = decided.numbers[0].expect("it was written");
    assert!(archive.take_back(number, "Bo").expect("undo"));
    assert!(!archive.take_back(number, "Bo").expect("undo"), "there is nothing left to take back");
    assert_eq!(values(archive, Facet::Actor), before);
    let log = archive.decisions().expect("log");
    assert_eq!(log.iter().map(|entry| entry.who.as_str()).collect::<Vec<_>>(), ["Ada", "Bo"]);
}

pub(super) fn a_name_split_off_is_an_actor_of_its_own(archive: &Archive) {
    publish(archive, [named("a", &[random::TWO_NAMES[0]]), named("b", &[random::TWO_NAMES[1]])]);
    let republic = actor("~islamic-republic-of-iran", "Islamic Republic of Iran", ActorKind::State);
    let split =
        Decision::Name { name: random::TWO_NAMES[1].0.into(), actor: republic.clone(), taken_for: None };
    archive.decide(&[split], "Ada").expect("decide");
    assert_eq!(found(archive, Facet::Actor, "iran"), 1);
    assert_eq!(found(archive, Facet::Actor, &republic.id.0), 1);
    publish(archive, [named("c", &[random::TWO_NAMES[1]])]);
    assert_eq!(found(archive, Facet::Actor, &republic.id.0), 2, "it holds for what comes later");
    let authority = archive.authority().expect("authority");
    assert_eq!(authority.split_off(&ActorId("iran".into())), [republic.id]);
}

pub(super) fn who_is_hidden_or_not_in_an_article_is_not_counted(archive: &Archive) {
    let (taliban, school) =
        (("Taliban", ActorKind::ArmedGroup), ("Aldermere School", ActorKind::Organisation));
    publish(archive, [named("a", &[taliban, school]), named("b", &[taliban])]);
    let decisions = [
        Decision::NotHere { article: id("a"), actor: actor("taliban", "Taliban", ActorKind::ArmedGroup) },
        Decision::Hide { actor: actor("~aldermere-school", "Aldermere School", ActorKind::Organisation) },
    ];
    archive.decide(&decisions, "Ada").expect("decide");
    assert_eq!(values(archive, Facet::Actor), [row("taliban", "Taliban", 1), row(NONE, "unknown", 1)]);
    let view = archive.article_view(&id("a")).expect("article").expect("it is there");
    assert_eq!(view.mentions, [], "it is not marked there either");
}

pub(super) fn spellings_of_one_name_are_one_row(archive: &Archive) {
    let by = |name: &str, author: &str, source: &str| Article {
        bylines: vec![Byline(author.into())],
        source: Some(Source { name: source.into(), domain: None }),
        ..article(name, "peace")
    };
    let articles = [
        by("a", "INGRID SOLBERG", "Fox News"),
        by("b", "Ingrid Solberg", "Fox News (Online)"),
        by("c", "Ingrid  Solberg", "Fox Online News"),
    ];
    publish(archive, articles);
    let authors = values(archive, Facet::Author);
    assert_eq!(authors, [row(&authors[0].0, &authors[0].1, 3)]);
    assert_ne!(authors[0].1, "INGRID SOLBERG", "neither shouted nor whispered");
    for spelling in ["INGRID SOLBERG", "ingrid solberg"] {
        assert_eq!(found(archive, Facet::Author, spelling), 3, "{spelling}");
    }
    let spelling =
        |from: &str| Decision::Spelling { facet: Facet::Source, from: from.into(), into: "Fox News".into() };
    archive.decide(&[spelling("Fox News (Online)"), spelling("Fox Online News")], "Ada").expect("decide");
    assert_eq!(values(archive, Facet::Source), [row("Fox News", "Fox News", 3)]);
    assert_eq!(found(archive, Facet::Source, "Fox Online News"), 3);
    let late = Decision::Spelling {
        facet: Facet::Source,
        from: "foxnews.com".into(),
        into: "Fox Online News".into(),
    };
    archive.decide(&[late], "Ada").expect("decide");
    assert_eq!(
        values(archive, Facet::Source),
        [row("Fox News", "Fox News", 3)],
        "what it is part of is meant"
    );
    let rename = Decision::Spelling { facet: Facet::Source, from: "Fox News".into(), into: "Fox".into() };
    archive.decide(&[rename], "Ada").expect("decide");
    assert_eq!(values(archive, Facet::Source), [row("Fox", "Fox", 3)]);
}

pub(super) fn decisions_are_taken_in_elsewhere_once(archive: &Archive) {
    publish(archive, [named("a", &[random::TWO_NAMES[0]])]);
    let rename = |label: &str| Decision::Rename { actor: ActorId("iran".into()), label: label.into() };
    archive.decide(&[rename("Persia"), rename("Iran (state)")], "Ada").expect("decide");
    archive.take_back(2, "Ada").expect("undo");
    let log = archive.decisions().expect("log");
    let standing = standing(&log).into_iter();
    let file = to_toml(standing.map(|(entry, decision)| (decision, entry.who.as_str(), entry.at.as_str())));
    let read: Vec<_> =
        from_toml(&file.expect("toml")).expect("toml").into_iter().map(Result::unwrap).collect();
    assert_eq!(read.len(), 1, "what was taken back is not handed on");
    assert_eq!(archive.import_decisions(&read).expect("import"), [Imported::Known], "it stands already");
    archive.take_back(1, "Bo").expect("undo");
    assert_eq!(values(archive, Facet::Actor), [row("iran", "Iran", 1)]);
    let decision = |label: &str, at: &str| (rename(label), "Ada".to_owned(), at.to_owned());
    let at = "2024-01-17T08:30:00.000Z";
    archive.decide(&[rename("Iran")], "Bo").expect("decide");
    let file =
        [decision("Elam", at), decision("Iran", at), decision(" ", at), decision("Media", "yesterday")];
    let imported = archive.import_decisions(&file).expect("import");
    assert!(matches!(imported[2..], [Imported::Refused(_), Imported::Refused(_)]), "{imported:?}");
    assert_eq!(values(archive, Facet::Actor), [row("iran", "Iran", 1)], "in the file's order");
    archive.import_decisions(&read).expect("import");
    assert_eq!(values(archive, Facet::Actor), [row("iran", "Persia", 1)]);
    let log = archive.decisions().expect("log");
    let last = log.last().expect("an entry");
    assert!(matches!(last.entry, Entry::Decision(_)) && last.who == "Ada", "who decided it stays with it");
}

pub(super) fn mentions_are_found_anew_where_a_name_was_added(archive: &Archive) {
    publish(archive, [named("a", &[]), named("b", &[random::TWO_NAMES[0]]), named("c", &[])]);
    archive
        .edit(&id("c"), &[(edit::Field::Section, Some(edit::Value::Text("World".into())))], "Ada")
        .expect("edit");
    let mut asked = Vec::new();
    let mut recognise = |article: &mut Article| {
        asked.push((article.id.to_string(), article.section.clone()));
        article.mentions = random::mentions(&random::TWO_NAMES[..1]);
    };
    let ids = ["a", "b", "c", "nobody"].map(id);
    assert_eq!(
        archive.backend().reread(&ids, &mut recognise).expect("reread"),
        2,
        "one has them already, one is not there"
    );
    assert_eq!(asked[2].1, None, "it is read as extraction made it");
    assert_eq!(values(archive, Facet::Actor), [row("iran", "Iran", 3)]);
    let stored = archive.article(&id("c")).expect("article").expect("it is there");
    assert_eq!(stored.article.section.as_deref(), Some("World"));
}

pub(super) fn names_that_are_safely_one_are_one_until_somebody_splits_them(archive: &Archive) {
    let person = |name| (name, ActorKind::Person);
    publish(archive, [named("a", &[person("Xin Jinpong")]), named("b", &[person("Ali Hassan")])]);
    publish(archive, [named("c", &[person("Jinpong Xin")]), named("d", &[person("Hassan Ali")])]);
    let (xin, ali, hassan) = (
        row("~xin-jinpong", "Xin Jinpong", 2),
        row("~ali-hassan", "Ali Hassan", 1),
        row("~hassan-ali", "Hassan Ali", 1),
    );
    assert_eq!(values(archive, Facet::Actor), [xin.clone(), ali.clone(), hassan.clone()]);
    assert_eq!(found(archive, Facet::Actor, "~jinpong-xin"), 2, "either order leads there");
    let view = archive.article_view(&id("c")).expect("article").expect("it is there");
    assert_eq!(view.mentions[0].actor, "~xin-jinpong");
    archive
        .decide(&[Decision::Rename { actor: ActorId("~jinpong-xin".into()), label: "Xin".into() }], "Ada")
        .expect("decide");
    assert_eq!(values(archive, Facet::Actor)[0], row("~xin-jinpong", "Xin", 2));

    let other = archive.new_actor("Jinpong Xin", ActorKind::Person).expect("a new actor");
    let split = Decision::Name { name: "Jinpong Xin".into(), actor: other.clone(), taken_for: None };
    let number = archive.decide(&[split], "Ada").expect("decide").numbers[0].expect("it is new");
    assert_eq!(found(archive, Facet::Actor, "~xin-jinpong"), 1, "a person knows better");
    assert_eq!(found(archive, Facet::Actor, &other.id.0), 1);
    archive.take_back(number, "Bo").expect("undo");
    assert_eq!(found(archive, Facet::Actor, "~xin-jinpong"), 2);
}
