//! What people corrected, and what may come over it: the same files again, other files, an ingest under
//! way, another index.

use std::sync::atomic::{AtomicBool, Ordering};

use super::*;
use crate::article::Origin;
use crate::edit::{Field, Value};
use crate::record::{Content, Identity, Intake, Outcome, Record};
use crate::search::Facet;

const LONG: &str = "one two three four five six seven eight nine ten eleven twelve";

/// Articles of one commit of an ingest that does not pause.
const BATCH: u64 = 20;

/// A record of a file that stands in `folder`.
fn record(folder: &Path, name: &str, url: &str, title: &str, text: &str) -> Record {
    let file = folder.join(name);
    std::fs::write(&file, "x").unwrap();
    let hash = crate::identity::digest(format!("{title}{text}").as_bytes());
    let article = Article { title: title.into(), url: Some(url.into()), ..article("x", text) };
    Record {
        origin: Origin {
            file: file.to_string_lossy().into_owned(),
            place: name.into(),
            hash,
            modified: 1_000,
            ..Origin::default()
        },
        identity: Identity::Url(url.into()),
        content: Content::Article(Box::new(article)),
    }
}

fn ingest(archive: &Archive, embedded: &Embedded, records: Vec<Record>) -> Vec<Outcome> {
    let mut intake = embedded.intake("ingest").unwrap();
    let outcomes = records.into_iter().map(|record| Intake::put(&mut intake, record).unwrap()).collect();
    Intake::commit(&mut intake).unwrap();
    Intake::publish(&mut intake).unwrap();
    assert!(archive.about().is_ok());
    outcomes
}

/// An archive by both its names.
fn desk(folder: &Path) -> (Archive, Arc<Embedded>) {
    let embedded = Arc::new(create(&folder.join("archive")));
    (Archive::new(Arc::clone(&embedded) as Arc<dyn Backend>), embedded)
}

fn title(text: &str) -> [(Field, Option<Value>); 1] {
    [(Field::Title, Some(Value::Text(text.into())))]
}

fn only(archive: &Archive) -> StoredArticle {
    let response = archive.search(&SearchRequest::words("")).unwrap();
    assert_eq!(response.total, 1);
    archive.article(&response.hits[0].id).unwrap().unwrap()
}

#[test]
fn an_unchanged_file_stays_unchanged_and_a_changed_one_keeps_what_a_person_said() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, embedded) = desk(folder.path());
    let made = |title: &str| record(folder.path(), "a.html", "https://a.example/1", title, LONG);
    ingest(&archive, &embedded, vec![made("First")]);
    let id = only(&archive).article.id;
    archive.edit(&id, &title("Mine"), "Ada").unwrap();
    let revision = only(&archive).revision;
    assert_eq!(ingest(&archive, &embedded, vec![made("First")]), [Outcome::Unchanged]);
    assert_eq!(only(&archive).revision, revision);
    assert_eq!(ingest(&archive, &embedded, vec![made("Second")]), [Outcome::Updated]);
    assert_eq!(ingest(&archive, &embedded, vec![made("Second")]), [Outcome::Unchanged]);
    let stored = only(&archive);
    assert_eq!(stored.article.title, "Mine");
    assert_eq!(stored.edits[0].extracted, Value::Text("Second".into()), "the newest extraction");
    archive.undo(&id, "Ada").unwrap();
    assert_eq!((only(&archive).article.title, only(&archive).edits), ("Second".into(), vec![]));
    assert_eq!(ingest(&archive, &embedded, vec![made("Second")]), [Outcome::Unchanged]);
    well(&embedded);
}

#[test]
fn another_address_makes_no_other_article() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, embedded) = desk(folder.path());
    let made = |name: &str, text: &str| record(folder.path(), name, "https://a.example/1", "Talks end", text);
    ingest(&archive, &embedded, vec![made("a.html", "Short.")]);
    let id = only(&archive).article.id;
    let mut changes = title("Another headline").to_vec();
    changes.push((Field::Url, Some(Value::Text("https://a.example/2".into()))));
    archive.edit(&id, &changes, "Ada").unwrap();
    // The same article from another file is known by its own address and its own headline.
    assert_eq!(ingest(&archive, &embedded, vec![made("b.html", "Rewritten.")]), [Outcome::Updated]);
    let stored = only(&archive);
    assert_eq!((stored.article.id, stored.origins.len()), (id, 2));
    assert_eq!(stored.article.url.as_deref(), Some("https://a.example/2"));
}

#[test]
fn edits_survive_another_index_and_the_next_process() {
    let folder = tempfile::tempdir().unwrap();
    let archive = create(folder.path());
    publish(&archive, numbered(3));
    let archive = asks(archive);
    archive.edit(&ArticleId::new("n1").unwrap(), &title("Mine"), "Ada").unwrap();
    drop(archive);
    std::fs::remove_dir_all(folder.path().join("index")).unwrap();
    let archive = Embedded::open(folder.path(), registry()).unwrap();
    assert_eq!(total(&archive, "title:mine"), 1);
    archive.reindex().unwrap();
    assert_eq!((total(&archive, "title:mine"), total(&archive, "title:about")), (1, 2));
    assert_eq!(archive.edits(None).unwrap()[0].who, "Ada");
    well(&archive);
}

/// An ingest writes without a pause and commits again and again; an edit gets its turn between two of its
/// transactions, and shows before the ingest has published anything.
#[test]
fn an_edit_gets_its_turn_while_an_ingest_is_running() {
    let folder = tempfile::tempdir().unwrap();
    let archive = create(folder.path());
    publish(&archive, numbered(3));
    let (started, done) = (AtomicBool::new(false), AtomicBool::new(false));
    let edit = |value: &str| crate::edit::Edit {
        article: ArticleId::new("n1").unwrap(),
        field: Field::Title,
        value: Some(Value::Text(value.into())),
        who: "Ada".into(),
        at: crate::edit::now(),
    };
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut writer = archive.writer().unwrap();
            // An end even where this test fails.
            for n in 0..1_000 {
                for part in 0..BATCH {
                    writer.put(article(&format!("busy{n}-{part}"), "war")).unwrap();
                }
                started.store(true, Ordering::SeqCst);
                writer.commit().unwrap();
                if done.load(Ordering::SeqCst) {
                    break;
                }
            }
        });
        while !started.load(Ordering::SeqCst) {
            std::thread::yield_now();
        }
        for value in ["First", "Second", "Third"] {
            let before = archive.with_connection(|connection| Ok(store::last_change(connection))).unwrap();
            let edited = archive.edit(&[edit(value)]).unwrap();
            assert_eq!(edited.problem, None);
            let n1 = archive.article(&ArticleId::new("n1").unwrap()).unwrap().unwrap();
            // The transaction that was under way, and one that had just passed.
            let waited = n1.revision - before.unwrap();
            assert!(waited <= 2 * BATCH + 1, "{waited} changes came first");
            assert_eq!(total(&archive, &format!("title:{value}")), 1, "at once");
        }
        done.store(true, Ordering::SeqCst);
    });
    assert_eq!(total(&archive, "title:third"), 1);
    well(&archive);
}

#[test]
fn an_index_of_the_former_schema_is_built_anew() {
    let folder = tempfile::tempdir().unwrap();
    let archive = create(folder.path());
    publish(&archive, numbered(3));
    let index = folder.path().join("index");
    drop(archive);
    // As the former version leaves it: its own names, and no field for where dates are found.
    let name = std::fs::read_to_string(index.join("current")).unwrap();
    std::fs::rename(index.join(&name), index.join("generation-v1-1")).unwrap();
    std::fs::write(index.join("current"), "generation-v1-1").unwrap();
    let archive = Embedded::open(folder.path(), registry()).unwrap();
    let request = SearchRequest::words("peace");
    let response = archive.search(&crate::query::parse::parse("peace").0, &request).unwrap();
    assert_eq!(response.facets[&Facet::DateFound][0].count, 3);
    publish(&archive, numbered(4));
    assert!(!index.join("generation-v1-1").exists(), "it is cleared away");
    well(&archive);
}

#[test]
fn what_was_typed_for_an_id_may_be_an_address_or_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, embedded) = desk(folder.path());
    let made = record(folder.path(), "storm_1.html", "https://a.example/1", "Talks end", LONG);
    ingest(&archive, &embedded, vec![made]);
    let id = only(&archive).article.id;
    let file = folder.path().join("storm_1.html");
    for typed in ["https://a.example/1", "storm_1.html", file.to_str().unwrap(), &id.as_str()[..6]] {
        let like = embedded.ids_like(typed).unwrap();
        assert_eq!(like, [(id.clone(), "Talks end".to_owned())], "{typed}");
    }
    for typed in ["1.html", "%", "", "stormX1.html"] {
        assert!(embedded.ids_like(typed).unwrap().is_empty(), "{typed}");
    }
}
