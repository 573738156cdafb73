//! What every backend owes to whoever narrows by actors and places.

use super::decisions::{actor, found, named, row, values};
use super::{article, id, publish, random, search};
use crate::actor::{ActorKind, Field, Mention};
use crate::archive::Archive;
use crate::article::Article;
use crate::authority::Decision;
use crate::search::{Choice, Facet, KindCount, NONE, Role, SearchRequest, SearchResponse};

const ANSARI: (&str, ActorKind) = ("Mona Hojat Ansari", ActorKind::Person);
const TALIBAN: (&str, ActorKind) = ("Taliban", ActorKind::ArmedGroup);
const KERMAN: (&str, ActorKind) = ("Oster Fjord", ActorKind::Place);

fn ask(archive: &Archive, request: SearchRequest) -> SearchResponse {
    archive.search(&request).expect("search")
}

fn shown(answer: &SearchResponse, facet: Facet) -> Vec<(&str, u64)> {
    answer.facets[&facet].iter().map(|count| (count.value.as_str(), count.count)).collect()
}

pub(super) fn one_kind_of_actors_is_listed_and_no_hit_changes(archive: &Archive) {
    let arce = ("Tomas Arce Vidal", ActorKind::Person);
    let iran = random::TWO_NAMES[0];
    publish(
        archive,
        [
            named("a", &[ANSARI, TALIBAN, iran, KERMAN]),
            named("b", &[arce, TALIBAN, iran]),
            named("c", &[arce, TALIBAN]),
            named("d", &[]),
        ],
    );
    let all = ask(archive, SearchRequest::default());
    let count = |kind, values| KindCount { kind, values };
    let kinds = [count(ActorKind::Person, 2), count(ActorKind::State, 1), count(ActorKind::ArmedGroup, 1)];
    assert_eq!(all.actor_kinds, kinds, "a place is no actor");
    let people = SearchRequest { actor_kind: Some(ActorKind::Person), facet_limit: 1, ..Default::default() };
    let answer = ask(archive, people.clone());
    assert_eq!(shown(&answer, Facet::Actor), [("~tomas-arce-vidal", 2)], "the first of the people");
    assert_eq!((answer.total, &answer.hits, answer.actor_kinds), (all.total, &all.hits, kinds.to_vec()));
    let choices =
        [(Facet::Actor, Choice { include: vec!["taliban".into()], exclude: vec![NONE.into()], mode: None })];
    let chosen = ask(archive, SearchRequest { choices: choices.into(), facet_limit: 9, ..people });
    assert_eq!(
        shown(&chosen, Facet::Actor),
        [("taliban", 3), ("~tomas-arce-vidal", 2), ("~mona-hojat-ansari", 1), (NONE, 0)],
        "what is chosen is listed, whatever its kind"
    );
}

pub(super) fn places_are_a_facet_of_their_own(archive: &Archive) {
    let (town, school) = (("Tehran", ActorKind::Place), ("Oster Fjord", ActorKind::Organisation));
    publish(
        archive,
        [
            named("a", &[KERMAN, town]),
            named("b", &[school, town]),
            named("c", &[("oster fjord", ActorKind::Place)]),
        ],
    );
    let place = |value: &str| found(archive, Facet::Place, value);
    assert_eq!((place("~oster-fjord"), place("tehran"), place("iran"), place(NONE)), (2, 2, 0, 0));
    assert_eq!(found(archive, Facet::Actor, "~oster-fjord"), 1, "the organisation of that name");
    let counts = values(archive, Facet::Place);
    assert_eq!(counts, [row("~oster-fjord", "Oster Fjord", 2), row("tehran", "Tehran", 2)]);
    let choice = Choice { include: vec!["~oster-fjord".into(), "tehran".into()], ..Choice::default() };
    let both = SearchRequest { choices: [(Facet::Place, choice)].into(), ..SearchRequest::default() };
    assert_eq!(ask(archive, both).total, 1, "two places mean both");
    let gone = Decision::NotHere { article: id("a"), actor: actor("tehran", "Tehran", ActorKind::Place) };
    archive.decide(&[gone], "Ada").expect("decide");
    assert_eq!(
        (place("tehran"), place("~oster-fjord")),
        (1, 2),
        "a place that the list knows can be taken out"
    );
    let hide = Decision::Hide { actor: actor("~oster-fjord", "Oster Fjord", ActorKind::Organisation) };
    let never = Decision::Never { name: "Tehran".into(), kind: ActorKind::Place };
    archive.decide(&[hide, never], "Ada").expect("decide");
    assert_eq!(
        values(archive, Facet::Place),
        [row("~oster-fjord", "Oster Fjord", 2), row(NONE, "unknown", 1)]
    );
}

/// An article that names somebody in these places.
fn naming(name: &str, places: &[(&str, Field, usize)]) -> Article {
    let text = ["One.", "Two.", "Three.", "Four.", "Five."].join("\n\n");
    let at = |(name, field, start): &(&str, Field, usize)| {
        let mentions = random::mentions(&[(*name, ActorKind::State)]).into_iter();
        mentions.map(|mention| Mention { field: *field, start: *start, ..mention }).collect::<Vec<_>>()
    };
    Article { mentions: places.iter().flat_map(at).collect(), ..article(name, &text) }
}

pub(super) fn what_an_article_is_mainly_about_is_told_from_what_it_mentions(archive: &Archive) {
    let [(one, _), (other, _)] = random::TWO_NAMES;
    let (text, below) = (Field::Text, 25);
    publish(
        archive,
        [
            naming("headline", &[(one, Field::Title, 0)]),
            naming("lead", &[(one, text, 6), (one, text, 20), (one, text, 28)]),
            naming("both-names", &[(one, text, 6), (other, text, 20), (other, text, 28)]),
            naming("once", &[(one, Field::Standfirst, 0)]),
            naming("below", &[(one, text, below), (one, text, below), (one, text, below)]),
        ],
    );
    let about = |about, choice: Choice| {
        ask(archive, SearchRequest { about, choices: [(Facet::Actor, choice)].into(), ..Default::default() })
    };
    let with = || Choice { include: vec!["iran".into()], ..Choice::default() };
    assert_eq!(about(Role::Any, with()).total, 5);
    assert_eq!(about(Role::Main, with()).total, 3, "all names of one together");
    let answer = about(Role::Main, Choice::default());
    assert_eq!(shown(&answer, Facet::Actor), [("iran", 3), (NONE, 2)]);
    assert_eq!(answer.total, 5, "nothing is chosen yet");
    let without = about(Role::Main, Choice { exclude: vec!["iran".into()], ..Choice::default() });
    assert_eq!((without.total, shown(&without, Facet::Actor)), (2, vec![("iran", 3), (NONE, 2)]));
}

pub(super) fn a_hidden_actor_in_an_address_is_called_by_its_name(archive: &Archive) {
    publish(archive, [named("a", &[ANSARI, TALIBAN])]);
    let hidden = [("~mona-hojat-ansari", ANSARI), ("taliban", TALIBAN)];
    let hide = hidden.map(|(id, (label, kind))| Decision::Hide { actor: actor(id, label, kind) });
    archive.decide(&hide, "Ada").expect("decide");
    let include = hidden.map(|(id, _)| id.to_owned()).to_vec();
    let choices = [(Facet::Actor, Choice { include, ..Choice::default() })].into();
    let answer = ask(archive, SearchRequest { choices, ..SearchRequest::default() });
    let told: Vec<_> =
        answer.facets[&Facet::Actor].iter().map(|count| (count.label.as_str(), count.kind)).collect();
    assert_eq!(told, [(ANSARI.0, Some(ANSARI.1)), (TALIBAN.0, Some(TALIBAN.1))]);
    assert_eq!(search(archive, "").facets[&Facet::Actor].len(), 1, "nobody is left but “unknown”");
    let view = archive.article_view(&id("a")).expect("article").expect("it is there");
    assert_eq!(view.mentions, []);
}
