//! What every backend owes to whoever changes the list that an archive is pinned to.

use std::sync::Arc;

use super::decisions::{actor, found, named, row, values};
use super::{id, publish, random};
use crate::actor::{ActorId, ActorKind};
use crate::archive::Archive;
use crate::authority::Decision;
use crate::registry::Registry;
use crate::search::Facet;

const LIST: &str = "[state]\n\
    persia | Persia | Iran\n\
    republic | Islamic Republic | Islamic Republic of Iran\n\
    [organisation]\n\
    school | School at Aldermere | Aldermere School\n";

fn list() -> Arc<Registry> {
    let (list, faults) = Registry::read(LIST.to_owned());
    assert_eq!(faults, []);
    Arc::new(list)
}

pub(super) fn another_list_holds_at_once_and_its_preview_is_true(archive: &Archive) {
    let school = ("Aldermere School", ActorKind::Organisation);
    let articles = [
        named("a", &[random::TWO_NAMES[0], school]),
        named("b", &[random::TWO_NAMES[1]]),
        named("c", &[school]),
    ];
    publish(archive, articles);
    let rename = Decision::Rename { actor: ActorId("iran".into()), label: "Elam".into() };
    let absent = Decision::NotHere {
        article: id("c"),
        actor: actor("~aldermere-school", "Aldermere School", ActorKind::Organisation),
    };
    archive.decide(&[rename, absent], "Ada").expect("decide");
    let before = values(archive, Facet::Actor);
    let preview = archive.preview_upgrade(&list()).expect("preview");
    let mut rows: Vec<_> =
        preview.rows.iter().map(|row| (row.actor.id.0.as_str(), row.before, row.after)).collect();
    rows.sort_unstable();
    let expected =
        [("iran", 2, 0), ("persia", 0, 1), ("republic", 0, 1), ("school", 0, 1), ("~aldermere-school", 1, 0)];
    assert_eq!(rows, expected);
    let orphans: Vec<_> = preview.decisions.iter().map(|logged| logged.number).collect();
    assert_eq!(orphans, [1], "who is gone, and only that");
    assert_eq!(values(archive, Facet::Actor), before, "a preview changes nothing");

    assert!(archive.upgrade(&list(), "Ada").expect("upgrade").pinned);
    assert!(!archive.upgrade(&list(), "Ada").expect("again").pinned, "twice is once");
    for (id, _, after) in rows.into_iter().filter(|(.., after)| *after > 0) {
        assert_eq!(found(archive, Facet::Actor, id), after, "{id}");
    }
    for (former, now) in [("iran", "persia"), ("~aldermere-school", "school")] {
        let (old, new) = (found(archive, Facet::Actor, former), found(archive, Facet::Actor, now));
        assert_eq!(old, new, "the address of {former} leads on");
    }
    let names = archive.names_of(&ActorId("persia".into())).expect("names");
    assert_eq!(names.iter().map(|name| name.articles).collect::<Vec<_>>(), [1]);
    archive.upgrade(&Arc::new(Registry::builtin()), "Ada").expect("back");
    assert_eq!(values(archive, Facet::Actor), before, "decisions were kept all the while");
    assert!(before.contains(&row("iran", "Elam", 2)), "{before:?}");
}

pub(super) fn what_articles_name_is_told_whole(archive: &Archive) {
    publish(archive, [named("a", &random::TWO_NAMES), named("b", &[random::TWO_NAMES[0]]), named("c", &[])]);
    publish(archive, [named("b", &[random::TWO_NAMES[0], ("Kerman", ActorKind::Place)])]);
    let told = archive.backend().named().expect("names");
    let mut names: Vec<_> = told
        .names
        .iter()
        .zip(&told.articles)
        .map(|((name, _), articles)| (name.as_str(), articles.len()))
        .collect();
    names.sort_unstable();
    assert_eq!(names, [("Iran", 2), ("Islamic Republic of Iran", 1)], "no place, nothing twice");
    let counts = told.count(&archive.authority().expect("authority"));
    assert_eq!(counts[&ActorId("iran".into())].articles.len(), 2);
}
