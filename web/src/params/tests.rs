//! The way there and back, for whatever may be typed.

use dateline_index::actor::ActorKind;
use dateline_index::published::PartialDate;
use dateline_index::search::{Choice, Facet, Mode, Role, SearchRequest, Sort};
use proptest::prelude::*;

use super::{Links, read, write};

#[test]
fn a_whole_query_string_is_read() {
    let reading = read(
        "q=%22a+b%22+c&actor=taliban&actor=iran&not.actor=syria&mode.actor=any&author=_none&from=2021&to=2024-02\
         &sort=oldest&limit=50&cursor=abc&facet.limit=100",
    );
    let request = reading.request;
    assert_eq!(reading.bad, []);
    assert_eq!(request.q, "\"a b\" c");
    let actor = &request.choices[&Facet::Actor];
    assert_eq!(
        (actor.include.as_slice(), actor.exclude.as_slice()),
        (&["taliban".into(), "iran".into()][..], &["syria".into()][..])
    );
    assert_eq!(actor.mode, Some(Mode::Any));
    assert_eq!(request.choices[&Facet::Author].include, ["_none"]);
    assert_eq!(request.days().1.map(|day| day.to_string()).as_deref(), Some("2024-02-29"));
    assert_eq!((request.sort, request.limit, request.facet_limit), (Some(Sort::Oldest), 50, 100));
    assert_eq!(request.cursor.as_deref(), Some("abc"));
}

#[test]
fn empty_and_unknown_parameters_change_nothing() {
    let reading = read(
        "q=&actor=&not.source=&mode.year=&from=&limit=&utm_source=x&not.colour=red&a.b.c=1&&=&=x&%FF=%FF",
    );
    assert_eq!(reading.request, SearchRequest::default());
    assert_eq!(reading.bad, []);
    assert_eq!(reading.unknown, ["not.colour", "a.b.c", "\u{fffd}"], "but a mistyped one is named");
}

#[test]
fn a_value_that_cannot_be_read_is_left_out_and_named() {
    let query = "limit=abc&from=yesterday&to=2024-01-17T10:00&sort=best&mode.actor=some&facet.limit=-1&q=x";
    let reading = read(query);
    let names: Vec<_> = reading.bad.iter().map(|bad| bad.name.as_str()).collect();
    assert_eq!(names, ["limit", "from", "to", "sort", "mode.actor", "facet.limit"]);
    assert_eq!(reading.request.q, "x");
    assert_eq!(reading.request.limit, SearchRequest::LIMIT);
    assert!(reading.bad[1].message().contains("2024-01-17"), "{}", reading.bad[1].message());
}

#[test]
fn the_part_that_actors_play_and_their_kind_are_read_as_people_write_them() {
    let reading = read("about=main&kind.actor=armed-group");
    assert_eq!(
        (reading.request.about, reading.request.actor_kind),
        (Role::Main, Some(ActorKind::ArmedGroup))
    );
    let reading = read("about=mostly&kind.actor=place&kind.place=person");
    assert_eq!(reading.bad.len(), 2, "a place is no kind of actor");
    assert_eq!(reading.unknown, ["kind.place"]);
    let request = read("q=x&about=main&kind.actor=person&actor=iran").request;
    let links = Links { base: "", request: &request };
    assert_eq!(links.without_filters(), "/search?q=x");
    assert_eq!(links.kind(None), "/search?q=x&about=main&actor=iran");
    assert_eq!(links.about(Role::Any), "/search?q=x&kind.actor=person&actor=iran");
}

#[test]
fn sizes_are_capped_even_where_no_machine_can_hold_the_number() {
    let request = read("limit=99999999999999999999999999&facet.limit=5000").request;
    assert_eq!((request.limit, request.facet_limit), (1000, 1000));
}

#[test]
fn a_click_that_narrows_starts_from_the_first_page() {
    let request = read("q=x&cursor=c2&actor=iran&not.actor=syria").request;
    let links = Links { base: "/news", request: &request };
    assert_eq!(links.with(Facet::Actor, "syria"), "/news/search?q=x&actor=iran&actor=syria");
    assert_eq!(links.without(Facet::Actor, "iran"), "/news/search?q=x&not.actor=syria&not.actor=iran");
    assert_eq!(links.off(Facet::Actor, "syria"), "/news/search?q=x&actor=iran");
    assert_eq!(links.without_filters(), "/news/search?q=x");
    assert!(links.here().contains("cursor=c2"));
}

#[test]
fn taking_everything_off_leads_home() {
    let request = read("source=A%26B").request;
    let links = Links { base: "", request: &request };
    assert_eq!(links.off(Facet::Source, "A&B"), "/");
    assert_eq!(links.with(Facet::Source, "ü=?"), "/search?source=A%26B&source=%C3%BC%3D%3F");
}

#[test]
fn the_default_order_is_not_written_into_the_address() {
    let words = SearchRequest::words("x");
    let links = Links { base: "", request: &words };
    assert_eq!(links.sorted(Sort::Relevance), "/search?q=x");
    assert_eq!(links.sorted(Sort::Newest), "/search?q=x&sort=newest");
}

fn value() -> impl Strategy<Value = String> {
    // Whatever a name may hold, but not blank: blank parameters are ignored by contract.
    any::<String>().prop_filter("blank", |text| !text.trim().is_empty())
}

fn choice() -> impl Strategy<Value = Choice> {
    let values =
        || prop::collection::hash_set(value(), 0..3).prop_map(|set| set.into_iter().collect::<Vec<_>>());
    let mode = prop_oneof![Just(None), Just(Some(Mode::Any)), Just(Some(Mode::All))];
    (values(), values(), mode).prop_map(|(include, exclude, mode)| Choice { include, exclude, mode })
}

fn date() -> impl Strategy<Value = Option<PartialDate>> {
    (0i16..=3000, 1i8..=12, 1i8..=28, 0..4).prop_map(|(year, month, day, precision)| match precision {
        0 => None,
        1 => PartialDate::year(year),
        2 => PartialDate::month(year, month),
        _ => PartialDate::day(year, month, day),
    })
}

prop_compose! {
    fn request()(
        q in prop_oneof![Just(String::new()), value()],
        choices in prop::collection::btree_map(prop::sample::select(&Facet::ALL[..]), choice(), 0..4),
        from in date(), to in date(),
        sort in prop::option::of(prop::sample::select(&Sort::ALL[..])),
        limit in 0usize..=1000, facet_limit in 0usize..=1000,
        cursor in prop::option::of(value()),
        about in prop::sample::select(&Role::ALL[..]),
        actor_kind in prop::option::of(prop::sample::select(&ActorKind::ALL[..5])),
    ) -> SearchRequest {
        SearchRequest { q, about, actor_kind, choices, from, to, sort, limit, cursor, facet_limit }
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(request in request()) {
        let reading = read(&write(&request));
        prop_assert_eq!(reading.bad, []);
        let mut expected = request;
        // A facet in which nothing at all was said leaves no trace in an address.
        expected.choices.retain(|_, choice| *choice != Choice::default());
        prop_assert_eq!(reading.request, expected);
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in ".{0,200}") {
        let reading = read(&bytes);
        prop_assert_eq!(read(&write(&reading.request)).request, reading.request);
    }

    #[test]
    fn a_value_put_on_and_taken_off_leaves_the_search_as_it_was(request in request(), value in value()) {
        let mut request = SearchRequest { cursor: None, ..request };
        request.choices.retain(|_, choice| !choice.is_empty());
        let links = Links { base: "", request: &request };
        let known = request.choices.get(&Facet::Source).is_some_and(|c| c.include.contains(&value) || c.exclude.contains(&value));
        prop_assume!(!known);
        let narrowed = links.with(Facet::Source, &value);
        let narrowed = read(narrowed.split_once('?').map_or("", |(_, query)| query)).request;
        let back = Links { base: "", request: &narrowed }.off(Facet::Source, &value);
        prop_assert_eq!(back, links.here());
    }
}
