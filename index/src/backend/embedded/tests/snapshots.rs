//! One answer is drawn from one state, whatever happens beside it.

use std::sync::atomic::{AtomicBool, Ordering};

use super::*;
use crate::search::{Facet, Sort};

#[test]
fn another_process_sees_each_published_batch_without_being_told() {
    let folder = tempfile::tempdir().unwrap();
    let writer = create(folder.path());
    publish(&writer, numbered(1));
    let server = Embedded::open(folder.path(), registry()).unwrap();
    for count in 2..6 {
        assert_eq!(total(&server, "peace"), count - 1);
        let mut intake = writer.writer().unwrap();
        intake.put(article(&format!("later{count}"), "peace")).unwrap();
        intake.commit().unwrap();
        assert_eq!(total(&server, "peace"), count - 1, "a run that is under way publishes its own batches");
        intake.publish().unwrap();
        assert_eq!(total(&server, "peace"), count);
    }
}

#[test]
fn searches_during_a_rebuild_are_wholly_of_the_old_or_the_new() {
    let folder = tempfile::tempdir().unwrap();
    let archive = create(folder.path());
    publish(&archive, numbered(300));
    let server = asks(Embedded::open(folder.path(), registry()).unwrap());
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let searching: Vec<_> = (0..2)
            .map(|_| {
                scope.spawn(|| {
                    let mut asked = 0;
                    while !done.load(Ordering::Relaxed) || asked < 100 {
                        let response = server.search(&SearchRequest::words("peace")).unwrap();
                        assert_eq!(response.total, 300);
                        assert_eq!(response.facets[&Facet::Year][0].count, 300);
                        assert_eq!(response.hits.len(), 20);
                        asked += 1;
                    }
                    asked
                })
            })
            .collect();
        for _ in 0..4 {
            archive.reindex().unwrap();
        }
        done.store(true, Ordering::Relaxed);
        let asked: u32 = searching.into_iter().map(|thread| thread.join().unwrap()).sum();
        assert!(asked >= 200);
    });
    let generations = std::fs::read_dir(folder.path().join("index")).unwrap();
    let left = generations.filter(|entry| entry.as_ref().unwrap().path().is_dir()).count();
    assert!(left <= 6, "{left} generations left");
}

#[test]
fn a_cursor_goes_on_in_the_state_that_it_came_from() {
    let folder = tempfile::tempdir().unwrap();
    let archive = asks(create(folder.path()));
    let writer = Embedded::open(folder.path(), registry()).unwrap();
    publish(&writer, numbered(30));
    let mut request = SearchRequest { sort: Some(Sort::Newest), limit: 7, ..SearchRequest::words("peace") };
    let mut found = Vec::new();
    loop {
        let page = archive.search(&request).unwrap();
        assert_eq!(page.total, 30, "the count of the first page stands");
        assert!(page.problems.is_empty());
        found.extend(page.hits.into_iter().map(|hit| hit.id.to_string()));
        // Between two pages, articles come and go.
        let round = found.len();
        publish(&writer, (0..5).map(|n| article(&format!("new{round}-{n}"), "peace")));
        let mut deleting = writer.writer().unwrap();
        deleting.delete(&ArticleId::new(format!("n{}", 29 - round / 7)).unwrap()).unwrap();
        deleting.publish().unwrap();
        drop(deleting);
        let Some(next) = page.next else { break };
        request.cursor = Some(next);
    }
    let mut expected: Vec<_> = (0..30).map(|n| format!("n{n}")).collect();
    assert_eq!(found, expected);
    expected.dedup();
    assert_eq!(expected.len(), 30);
}

#[test]
fn a_cursor_whose_state_is_gone_goes_on_by_its_key_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let archive = asks(create(folder.path()));
    let writer = Embedded::open(folder.path(), registry()).unwrap();
    publish(&writer, numbered(9));
    let request = SearchRequest { sort: Some(Sort::Oldest), limit: 4, ..SearchRequest::words("peace") };
    let first = archive.search(&request).unwrap();
    let restarted = asks(Embedded::open(folder.path(), registry()).unwrap());
    publish(&writer, [article("later", "peace")]);
    let page = restarted.search(&SearchRequest { cursor: first.next, ..request }).unwrap();
    let ids: Vec<_> = page.hits.iter().map(|hit| hit.id.to_string()).collect();
    assert_eq!(ids, ["n4", "n5", "n6", "n7"]);
    assert_eq!(page.problems.len(), 1);
}

#[test]
fn a_search_shows_the_text_that_it_matched_and_no_later_one() {
    let folder = tempfile::tempdir().unwrap();
    let server = asks(create(folder.path()));
    let writer = Embedded::open(folder.path(), registry()).unwrap();
    publish(&writer, [article("a", "The treaty was signed.")]);
    assert_eq!(server.search(&SearchRequest::words("treaty")).unwrap().total, 1);
    let mut intake = writer.writer().unwrap();
    intake.put(article("a", "Corrected: nothing was signed.")).unwrap();
    intake.commit().unwrap();
    let response = server.search(&SearchRequest::words("treaty")).unwrap();
    assert_eq!(response.hits[0].passages[0].text, "The treaty was signed.");
    let shown = server.article(&ArticleId::new("a").unwrap()).unwrap().unwrap();
    assert_eq!(shown.article.text, "The treaty was signed.");
    intake.publish().unwrap();
    assert_eq!(server.search(&SearchRequest::words("treaty")).unwrap().total, 0);
}
