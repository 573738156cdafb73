//! What every backend owes to whoever corrects an article.

use super::{article, id, ids, publish, search};
use crate::archive::Archive;
use crate::article::Article;
use crate::backend::Error;
use crate::edit::{self, Edit, EditOutcome, Value};
use crate::search::{Facet, NONE};

fn text(text: &str) -> Option<Value> {
    Some(Value::Text(text.to_owned()))
}

pub(super) fn what_a_person_says_holds_at_once_and_through_another_put(archive: &Archive) {
    publish(archive, [article("a", "peace"), article("b", "war")]);
    let changes = [
        (edit::Field::Title, text("Armistice at last")),
        (edit::Field::Source, text("Harbour Wire")),
        (edit::Field::Authors, Some(Value::List(vec![]))),
        (edit::Field::Published, text("1953-07-27")),
    ];
    archive.edit(&id("a"), &changes, "Ada Byron").expect("edit");
    for text in ["peace", "peace once more"] {
        assert_eq!(ids(&search(archive, "title:armistice")), ["a"]);
        assert_eq!(search(archive, "title:about").total, 1, "the old headline is still found");
        let response = search(archive, "");
        let values = |facet: Facet| -> Vec<(&str, u64)> {
            response.facets[&facet].iter().map(|count| (count.value.as_str(), count.count)).collect()
        };
        assert_eq!(values(Facet::Source), [("Harbour Wire", 1), ("The Meridian Post", 1)]);
        assert_eq!(values(Facet::Author), [("Ingrid Solberg", 1), (NONE, 1)]);
        assert_eq!(values(Facet::DateFound), [("person", 1), (NONE, 1)]);
        let stored = archive.article(&id("a")).expect("article").expect("it is there");
        assert_eq!((stored.article.text.as_str(), stored.edits.len()), (text, 4));
        assert_eq!(stored.article.found["title"], "person");
        publish(archive, [article("a", "peace once more")]);
    }
    let mut writer = archive.backend().writer().expect("writer");
    assert!(writer.delete(&id("a")).expect("delete"));
    writer.commit().expect("commit");
    drop(writer);
    publish(archive, [article("a", "peace")]);
    assert_eq!(search(archive, "title:armistice").total, 1, "it comes back as it was corrected");
}

pub(super) fn what_is_undone_is_what_extraction_says_now(archive: &Archive) {
    publish(archive, [article("a", "peace")]);
    let before = archive.article(&id("a")).expect("article").expect("it is there").article;
    let changes = [(edit::Field::Title, text("Armistice")), (edit::Field::Section, text("World"))];
    archive.edit(&id("a"), &changes, "Ada").expect("edit");
    let stored = archive.article(&id("a")).expect("article").expect("it is there");
    assert_eq!(stored.edits[0].extracted, Value::Text("About a".into()));
    let again = archive.edit(&id("a"), &changes, "Ada").expect("edit");
    assert_eq!(again.outcomes, [EditOutcome::Unchanged; 2], "said twice");
    archive.undo(&id("a"), "Ada").expect("undo");
    let stored = archive.article(&id("a")).expect("article").expect("it is there");
    assert_eq!((stored.article, stored.edits), (before, vec![]));

    archive.edit(&id("a"), &changes, "Ada").expect("edit");
    publish(archive, [Article { title: "Another headline".into(), ..article("a", "peace") }]);
    archive.edit(&id("a"), &[(edit::Field::Title, None)], "Ada").expect("undo");
    let stored = archive.article(&id("a")).expect("article").expect("it is there");
    assert_eq!(stored.article.title, "Another headline");
    assert_eq!(stored.article.section.as_deref(), Some("World"), "the other edit stands");
}

pub(super) fn the_log_keeps_who_said_what_and_is_taken_in_elsewhere(archive: &Archive) {
    publish(archive, [article("a", "peace"), article("b", "war")]);
    archive.edit(&id("a"), &[(edit::Field::Title, text("First"))], "Ada").expect("edit");
    archive.edit(&id("b"), &[(edit::Field::Title, text("Second"))], "Bo").expect("edit");
    archive.edit(&id("a"), &[(edit::Field::Title, None)], "Bo").expect("undo");
    let log = archive.edits(None).expect("edits");
    let said: Vec<_> = log.iter().map(|edit| (edit.article.as_str(), edit.who.as_str())).collect();
    assert_eq!(said, [("a", "Ada"), ("b", "Bo"), ("a", "Bo")]);
    assert_eq!(archive.edits(Some(&id("b"))).expect("edits"), log[1..2]);
    assert_eq!(archive.edits(Some(&id("nobody"))).expect("edits"), []);

    let later = |value: &str, at: &str| Edit {
        article: id("b"),
        field: edit::Field::Title,
        value: text(value),
        who: "Cy".into(),
        at: at.into(),
    };
    let lost = Edit { article: id("lost"), ..later("Lost", "2999") };
    let others =
        [later("Older", "1999-01-01T00:00:00.000Z"), lost, later("Newer", "2999-01-01T00:00:00.000Z")];
    for last in [EditOutcome::Written, EditOutcome::Unchanged] {
        let outcomes = archive.import_edits(&others).expect("import").outcomes;
        assert_eq!(outcomes, [EditOutcome::Unchanged, EditOutcome::NoArticle, last]);
        assert_eq!(search(archive, "title:newer").total, 1);
    }
    assert_eq!(archive.edits(Some(&id("b"))).expect("edits")[1], others[2]);
}

pub(super) fn an_edit_of_nobodys_article_is_refused_with_what_may_be_meant(archive: &Archive) {
    publish(archive, [article("hw-1953-07-27", "peace")]);
    let title = [(edit::Field::Title, text("A"))];
    let refused = archive.edit(&id("hw-1953-07-72"), &title, "Ada").expect_err("no article").to_string();
    assert!(refused.contains("hw-1953-07-27 (“About hw-1953-07-27”)"), "{refused}");
    let bad = [(edit::Field::Title, text("A")), (edit::Field::Published, text("2024-02-30"))];
    let refused = archive.edit(&id("hw-1953-07-27"), &bad, "Ada");
    assert!(matches!(refused, Err(Error::Refused(_))));
    assert_eq!(archive.edits(None).expect("edits"), [], "all of them or none");
}
