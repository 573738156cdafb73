//! Random archives and random questions, small enough that everything meets everything.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::actor::{Actor, ActorId, ActorKind, Field, Mention};
use crate::archive::Archive;
use crate::article::{Article, ArticleId, Block, BlockKind, Byline, Doubt, DoubtKind, Source};
use crate::authority::{Decision, Entry};
use crate::backend::NewEntry;
use crate::doubts::DoubtsRequest;
use crate::edit::{self, Edit};
use crate::language::Language;
use crate::published::{PartialDate, Published};
use crate::search::{Choice, Facet, Mode, NONE, Role, SearchRequest, Sort};

/// Two names of one actor.
pub(super) const TWO_NAMES: [(&str, ActorKind); 2] =
    [("Iran", ActorKind::State), ("Islamic Republic of Iran", ActorKind::State)];

const NAMES: [(&str, ActorKind); 13] = [
    TWO_NAMES[0],
    TWO_NAMES[1],
    ("Taliban", ActorKind::ArmedGroup),
    ("Mona Hojat Ansari", ActorKind::Person),
    ("mona hojat-ansari", ActorKind::Person),
    ("Aldermere School", ActorKind::Organisation),
    ("Hojat Ansari Mona", ActorKind::Person),
    ("AldermereSchool", ActorKind::Organisation),
    ("Hojatansari Mona", ActorKind::Person),
    ("Kerman", ActorKind::Place),
    // A place that is called like an organisation, and one that the list knows.
    ("Aldermere School", ActorKind::Place),
    ("Tehran", ActorKind::Place),
    ("Oster Fjord", ActorKind::Place),
];

const WORDS: [&str; 14] = [
    "attack",
    "attacks",
    "Attacked",
    "peace",
    "IS",
    "is",
    "Iran",
    "Straße",
    "strasse",
    "négociation",
    "گفتگو",
    "负责",
    "talks",
    "talk",
];

const AUTHORS: [&str; 4] = ["Ingrid Solberg", "INGRID SOLBERG", "Tomas Arce", "Reuters"];
const SOURCES: [&str; 4] = ["The Meridian Post", "Harbour Wire", "HarbourWire", "Continental Review"];
const SECTIONS: [&str; 2] = ["World", "Analysis"];
const LANGUAGES: [&str; 4] = ["en", "de", "fa", "fr"];
const DATES: [&str; 9] = [
    "2014",
    "2014-06",
    "2014-06-10",
    "2014-06-10T08:30:00+03:30",
    "2014-06-10T23:30:00-11:00",
    "2015",
    "2015-02-28",
    "2016-01",
    "1945-06-26",
];

/// Where dates are found; one of these places is not listed.
const PLACES: [&str; 5] = ["json-ld", "meta", "url", "", "ouija"];

/// Something done to an archive.
#[derive(Clone, Debug)]
pub(super) enum Step {
    Put(Box<Article>),
    Delete(ArticleId),
    Publish,
    Edit(ArticleId, Vec<edit::Change>),
    Decide(Entry),
}

/// Actors that decisions are about.
pub(super) fn actors() -> Vec<Actor> {
    let actor = |(id, kind): (&str, ActorKind)| {
        let label = id.trim_start_matches('~').to_owned();
        Actor { id: ActorId(id.to_owned()), label, kind }
    };
    let actors = [
        ("iran", ActorKind::State),
        ("taliban", ActorKind::ArmedGroup),
        ("~mona-hojat-ansari", ActorKind::Person),
        ("~aldermere-school", ActorKind::Organisation),
        ("~newly-made", ActorKind::Organisation),
        ("~hojat-ansari-mona", ActorKind::Person),
        ("~aldermereschool", ActorKind::Organisation),
        ("tehran", ActorKind::Place),
    ];
    actors.into_iter().map(actor).collect()
}

/// Anything that people may decide, or take back.
fn entry() -> impl Strategy<Value = Entry> {
    let actor = || select(actors());
    let name = || select(&NAMES[..9]);
    let decision = prop_oneof![
        4 => (actor(), actor()).prop_map(|(from, into)| Decision::Merge { from, into }),
        3 => (name(), actor()).prop_map(|((name, _), actor)| Decision::Name { name: name.into(), actor, taken_for: None }),
        1 => name().prop_map(|(name, kind)| Decision::Never { name: name.into(), kind }),
        1 => actor().prop_map(|actor| Decision::Hide { actor }),
        1 => actor().prop_map(|actor| Decision::Rename { actor: actor.id, label: "Renamed".into() }),
        2 => (article_id(), actor()).prop_map(|(article, actor)| Decision::NotHere { article, actor }),
        1 => (select(&AUTHORS[..]), select(&AUTHORS[..])).prop_map(|(from, into)| {
            Decision::Spelling { facet: Facet::Author, from: from.into(), into: into.into() }
        }),
        1 => (select(&SOURCES[..]), select(&SOURCES[..])).prop_map(|(from, into)| {
            Decision::Spelling { facet: Facet::Source, from: from.into(), into: into.into() }
        }),
    ];
    prop_oneof![4 => decision.prop_map(Entry::Decision), 1 => (1..6_u64).prop_map(|undo| Entry::Undo { undo })]
}

fn article_id() -> impl Strategy<Value = ArticleId> {
    select(ids().collect::<Vec<_>>())
}

/// Every id that there is.
pub(super) fn ids() -> impl Iterator<Item = ArticleId> {
    (0..24_u8).map(|number| ArticleId::new(format!("a{number}")).expect("an id"))
}

pub(super) fn mentions(names: &[(&str, ActorKind)]) -> Vec<Mention> {
    let mention = |(name, kind): &(&str, ActorKind)| Mention {
        field: Field::Title,
        start: 0,
        end: 1,
        text: "A".into(),
        name: (*name).into(),
        kind: *kind,
        found_by: "registry".into(),
        resolved_by: "alias".into(),
    };
    names.iter().map(mention).collect()
}

/// Names anywhere: in the headline, the lead, further down.
fn named() -> impl Strategy<Value = Vec<Mention>> {
    let named = (select(&NAMES[..]), select(&Field::ALL[..]), 0..40_usize);
    let mention = named.prop_map(|(name, field, start)| {
        mentions(&[name]).into_iter().map(move |mention| Mention { field, start, end: start + 1, ..mention })
    });
    vec(mention, 0..6).prop_map(|mentions| mentions.into_iter().flatten().collect())
}

/// A text as one paragraph, or as one a word.
fn blocks(text: &str, each_word: bool) -> Vec<Block> {
    let whole = Block { kind: BlockKind::Paragraph, start: 0, end: text.len() };
    if !each_word {
        return vec![whole];
    }
    let starts = std::iter::once(0).chain(text.match_indices(' ').map(|(space, _)| space + 1));
    let end = |start: usize| text[start..].find(' ').map_or(text.len(), |length| start + length);
    starts.map(|start| Block { start, end: end(start), ..whole }).collect()
}

fn words(count: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    vec(select(&WORDS[..]), count).prop_map(|words| words.join(" "))
}

/// A few words; now and then a long text after them, so that some articles are nearly one text.
fn text() -> impl Strategy<Value = String> {
    let long = (40..64_u8).prop_map(|count| {
        let letter = |number: u8| char::from(b'a' + number);
        let numbered = (0..count).map(|number| format!("w{}{}", letter(number / 8), letter(number % 8)));
        numbered.collect::<Vec<_>>().join(" ")
    });
    (words(0..7), option::weighted(0.2, long))
        .prop_map(|(few, long)| long.map_or(few.clone(), |long| format!("{few} {long}").trim().to_owned()))
}

fn doubts() -> impl Strategy<Value = Vec<Doubt>> {
    let kind = select(&[DoubtKind::DatesDisagree, DoubtKind::TitlesDisagree, DoubtKind::PageMended][..]);
    let field = select(&["published", "title"][..]);
    let doubt = (kind, field).prop_map(|(kind, field)| {
        let reason = format!("{}, said {field}", kind.label());
        Doubt { kind, field: field.into(), reason }
    });
    vec(doubt, 0..4)
}

/// Which doubts are asked for.
pub(super) fn doubts_request() -> impl Strategy<Value = DoubtsRequest> {
    let kind =
        option::of(select(&[DoubtKind::DatesDisagree, DoubtKind::TitlesDisagree, DoubtKind::TextShort][..]));
    let field = select(&["", "", "published", "elsewhere"][..]).prop_map(str::to_owned);
    (kind, field, 1..9_usize, 0..3_usize).prop_map(|(kind, field, limit, offset)| DoubtsRequest {
        kind,
        field,
        limit,
        offset,
    })
}

fn published() -> impl Strategy<Value = Option<Published>> {
    let date = (select(&DATES[..]), select(&PLACES[..]));
    let published = date.prop_map(|(date, found)| {
        let date = PartialDate::parse(date).expect("a date");
        Published { date, found: found.into() }
    });
    option::weighted(0.8, published)
}

/// An article of any id.
pub(crate) fn article() -> impl Strategy<Value = Article> {
    let words = (words(0..3), option::of(words(0..3)), text());
    let names = (named(), any::<bool>());
    let facts = (
        vec(select(&AUTHORS[..]), 0..3),
        option::weighted(0.8, select(&SOURCES[..])),
        option::weighted(0.7, select(&SECTIONS[..])),
        option::weighted(0.8, select(&LANGUAGES[..])),
        published(),
    );
    (article_id(), words, names, facts, doubts()).prop_map(
        |(id, (title, standfirst, text), names, facts, doubts)| {
            let (authors, source, section, language, published) = facts;
            let (mentions, each_word) = names;
            Article {
                title,
                standfirst,
                bylines: authors.into_iter().map(|author| Byline(author.into())).collect(),
                source: source.map(|name| Source { name: name.into(), domain: Some("a.example".into()) }),
                section: section.map(Into::into),
                tags: section.map(|section| format!("tag {section}")).into_iter().collect(),
                language: language.and_then(Language::from_code),
                published: published.clone(),
                updated: published,
                blocks: blocks(&text, each_word),
                text,
                mentions,
                doubts,
                found: section.map(|_| ("section".to_owned(), "meta".to_owned())).into_iter().collect(),
                extra: serde_json::Map::from_iter([("rank".into(), 1.into())]),
                ..Article::empty(id)
            }
        },
    )
}

/// What a person may type for some field: for one it is a value, for another it is refused.
pub(crate) fn edit_text() -> impl Strategy<Value = String> {
    let texts = [&AUTHORS[..], &SOURCES, &SECTIONS, &LANGUAGES, &DATES, &["Iran talks", "A; B"]].concat();
    prop_oneof![1 => Just(String::new()), 4 => select(texts).prop_map(str::to_owned)]
}

/// A correction of some field, or its undoing.
fn change() -> impl Strategy<Value = edit::Change> {
    let today = jiff::civil::date(2024, 1, 17);
    let value = (select(&edit::Field::ALL[..]), edit_text()).prop_filter_map("a value that is refused", {
        move |(field, text)| Some((field, Some(edit::check(field, edit::Value::Text(text), today).ok()?)))
    });
    prop_oneof![3 => value, 2 => select(&edit::Field::ALL[..]).prop_map(|field| (field, None))]
}

/// What happens to an archive: puts, replacements, deletes, several batches.
pub(super) fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        8 => article().prop_map(|article| Step::Put(Box::new(article))),
        2 => article_id().prop_map(Step::Delete),
        2 => Just(Step::Publish),
        3 => (article_id(), vec(change(), 1..4)).prop_map(|(id, changes)| Step::Edit(id, changes)),
        2 => entry().prop_map(Step::Decide),
    ];
    vec(step, 6..60).prop_map(|mut steps| {
        steps.push(Step::Publish);
        steps
    })
}

pub(super) fn apply(step: &Step, archive: &Archive) {
    if let Step::Edit(id, changes) = step {
        let edit = |(field, value): edit::Change| Edit {
            article: id.clone(),
            field,
            value,
            who: "Ada Byron".into(),
            at: "2024-01-17T08:30:00.000Z".into(),
        };
        let edits: Vec<_> = changes.iter().cloned().map(edit).collect();
        archive.backend().edit(&edits).expect("edit");
        return;
    }
    if let Step::Decide(entry) = step {
        let (who, at) = ("Ada Byron".into(), "2024-01-17T08:30:00.000Z".into());
        archive.backend().decide(&[NewEntry { entry: entry.clone(), who, at }]).expect("decide");
        return;
    }
    let mut writer = archive.backend().writer().expect("nobody else writes");
    match step {
        Step::Put(article) => writer.put((**article).clone()).expect("put"),
        Step::Delete(id) => drop(writer.delete(id).expect("delete")),
        Step::Publish => writer.publish().expect("publish"),
        Step::Edit(..) | Step::Decide(_) => {}
    }
    writer.commit().expect("commit");
}

/// What people type, over the same words.
fn typed() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        6 => select(&WORDS[..]).prop_map(str::to_owned),
        2 => (select(&WORDS[..]), select(&WORDS[..])).prop_map(|(a, b)| format!("\"{a} {b}\"")),
        1 => select(&WORDS[..]).prop_map(|word| format!("\"{word}\"")),
        2 => select(&["att*", "a*", "str*", "i*", "گف*"][..]).prop_map(str::to_owned),
        2 => (select(&["title", "standfirst", "text"][..]), select(&WORDS[..])).prop_map(|(f, w)| format!("{f}:{w}")),
    ];
    let tree = leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            3 => vec(inner.clone(), 1..3).prop_map(|parts| format!("({})", parts.join(" "))),
            3 => vec(inner.clone(), 2..4).prop_map(|parts| format!("({})", parts.join(" OR "))),
            2 => inner.prop_map(|part| format!("-{part}")),
        ]
    });
    prop_oneof![2 => Just(String::new()), 8 => tree]
}

fn values(facet: Facet) -> Vec<&'static str> {
    let values: &[&str] = match facet {
        Facet::Actor => &[
            "iran",
            "taliban",
            "~mona-hojat-ansari",
            "~aldermere-school",
            "~newly-made",
            "~hojat-ansari-mona",
            "~aldermereschool",
            "nobody",
        ],
        Facet::Place => &["kerman", "~oster-fjord", "tehran", "~aldermere-school", "iran"],
        Facet::Author => &AUTHORS,
        Facet::Source => &SOURCES,
        Facet::Section => &SECTIONS,
        Facet::Language => &LANGUAGES,
        Facet::Year => &["2014", "2015", "1945", "not a year"],
        Facet::DateFound => &["json-ld", "meta", "url", "person"],
    };
    values.iter().copied().chain([NONE, "elsewhere"]).collect()
}

fn choice(facet: Facet) -> impl Strategy<Value = (Facet, Choice)> {
    let value = || select(values(facet)).prop_map(str::to_owned);
    let mode = option::of(select(&[Mode::Any, Mode::All][..]));
    let chosen = prop_oneof![4 => vec(value(), 1..3).prop_map(|v| (v, Vec::new())), 2 => vec(value(), 1..3).prop_map(|v| (Vec::new(), v)), 1 => (vec(value(), 0..3), vec(value(), 0..2))];
    (chosen, mode).prop_map(move |((include, exclude), mode)| (facet, Choice { include, exclude, mode }))
}

/// A question, with choices in some facets.
pub(super) fn request() -> impl Strategy<Value = SearchRequest> {
    let choices = vec(select(&Facet::ALL[..]).prop_flat_map(choice), 0..3);
    let day = || option::weighted(0.15, select(&["2014", "2014-06", "2014-06-10", "2015-02-28"][..]));
    let sort = option::of(select(&Sort::ALL[..]));
    let shown = (
        prop_oneof![3 => Just(Role::Any), 1 => Just(Role::Main)],
        option::weighted(0.3, select(&ActorKind::ALL[..])),
        sort,
        1..9_usize,
    );
    (typed(), choices, day(), day(), shown).prop_map(
        |(q, choices, from, to, (about, actor_kind, sort, limit))| SearchRequest {
            q,
            about,
            actor_kind,
            choices: choices.into_iter().collect::<BTreeMap<_, _>>(),
            from: from.and_then(PartialDate::parse),
            to: to.and_then(PartialDate::parse),
            sort,
            limit,
            cursor: None,
            facet_limit: 1_000,
        },
    )
}
