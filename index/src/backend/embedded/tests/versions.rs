//! Archives of other versions: brought up to date, or refused with what to do.

use super::*;

/// A step to a version that does not exist yet.
const NEXT: &[store::Step] = &[store::STEPS[0], store::STEPS[1], store::STEPS[2], |transaction| {
    transaction
        .execute_batch("ALTER TABLE articles ADD COLUMN note TEXT; UPDATE articles SET note = 'stepped';")
}];

#[test]
fn an_older_archive_is_copied_aside_and_stepped_forward_in_one_go() {
    let folder = tempfile::tempdir().unwrap();
    let archive = create(folder.path());
    publish(&archive, numbered(4));
    drop(archive);
    let read = Embedded::at(folder.path(), registry(), NEXT, writer::on_disk).database.open();
    assert!(matches!(read, Err(Error::Older { found: 4, known: 5, .. })), "to read, it says what to type");
    let (archive, told) = Embedded::create_with(folder.path(), registry(), NEXT, writer::on_disk).unwrap();
    assert!(told.unwrap().contains("archive.db.before-5"));
    assert_eq!(total(&archive, "peace"), 4);
    let copy = Connection::open(folder.path().join("archive.db.before-5")).unwrap();
    assert_eq!(store::count_articles(&copy).unwrap(), 4);
    assert!(copy.prepare("SELECT note FROM articles").is_err(), "the copy is as it was");
    let again = Embedded::create_with(folder.path(), registry(), NEXT, writer::on_disk).unwrap().1;
    assert_eq!(again, None);
}

#[test]
fn a_step_that_fails_leaves_the_archive_as_it_was() {
    const BAD: &[store::Step] = &[store::STEPS[0], store::STEPS[1], store::STEPS[2], |transaction| {
        transaction.execute_batch(
            "DELETE FROM changes WHERE 0; ALTER TABLE articles ADD COLUMN note TEXT; SELECT nonsense;",
        )
    }];
    let folder = tempfile::tempdir().unwrap();
    publish(&create(folder.path()), numbered(4));
    assert!(Embedded::create_with(folder.path(), registry(), BAD, writer::on_disk).is_err());
    let archive = Embedded::open(folder.path(), registry()).unwrap();
    assert_eq!(total(&archive, "peace"), 4);
}

#[test]
fn a_newer_archive_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    drop(create(folder.path()));
    let path = folder.path().join("archive.db");
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    for refused in
        [Embedded::open(folder.path(), registry()).err(), Embedded::create(folder.path(), registry()).err()]
    {
        let said = refused.unwrap().to_string();
        assert!(
            said.contains("newer version") && said.contains("archive.db") && said.contains("update dateline"),
            "{said}"
        );
    }
}

#[test]
fn what_is_no_archive_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let said = Embedded::open(folder.path(), registry()).unwrap_err().to_string();
    assert!(said.contains("dateline ingest"), "{said}");
    let file = folder.path().join("a-file");
    std::fs::write(&file, "x").unwrap();
    for refused in [Embedded::open(&file, registry()).err(), Embedded::create(&file, registry()).err()] {
        let said = refused.unwrap().to_string();
        assert!(said.contains("a-file") && said.contains("is a file"), "{said}");
    }
    Connection::open(folder.path().join("archive.db")).unwrap().execute_batch("CREATE TABLE x (y)").unwrap();
    let said = Embedded::create(folder.path(), registry()).unwrap_err().to_string();
    assert!(said.contains("not an archive of dateline"), "{said}");
    std::fs::write(folder.path().join("archive.db"), "this is no database, it is a letter to somebody")
        .unwrap();
    let said = Embedded::create(folder.path(), registry()).unwrap_err().to_string();
    assert!(said.contains("archive.db"), "{said}");
}

/// The schema that this version makes is the one that the newest fixture has: a change of the schema
/// is a step and a new fixture, never an edit.
#[test]
fn the_newest_fixture_has_the_schema_that_is_made() {
    let schema = |path: &Path| -> Vec<String> {
        let connection = Connection::open(path).unwrap();
        let mut statement = connection
            .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name")
            .unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let folder = tempfile::tempdir().unwrap();
    drop(create(folder.path()));
    let newest = format!("tests/fixtures/archive-{}.db", store::STEPS.len() + 1);
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join(newest);
    assert_eq!(schema(&folder.path().join("archive.db")), schema(&fixture));
}

/// A small archive of each released schema lies in `tests/fixtures`. Those files are never changed.
#[test]
fn every_released_schema_is_read() {
    for version in 1..=store::STEPS.len() + 1 {
        let folder = tempfile::tempdir().unwrap();
        let fixture =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/archive-{version}.db"));
        std::fs::copy(&fixture, folder.path().join("archive.db")).unwrap();
        let (archive, _) = Embedded::create(folder.path(), registry()).unwrap();
        assert_eq!(total(&archive, ""), 3, "{version}");
        let archive = asks(archive);
        let response = archive.search(&SearchRequest::words("armistice")).unwrap();
        assert_eq!(response.hits[0].id.as_str(), "hw-1953-07-27");
        let stored = archive.article(&response.hits[0].id).unwrap().unwrap();
        assert_eq!(stored.article.bylines[0].0, "Kenji Morita");
        assert_eq!(stored.article.published.unwrap().date.to_string(), "1953-07-27");
        assert!(!stored.origins.is_empty() && !stored.article.mentions.is_empty());
    }
}

#[test]
fn an_archive_keeps_its_list_whatever_the_program_brings() {
    let folder = tempfile::tempdir().unwrap();
    let list = |text: &str| Arc::new(Registry::read(text.to_owned()).0);
    let name = |archive: &Embedded| {
        archive
            .authority()
            .unwrap()
            .actor_of("Harbour Wire", crate::actor::ActorKind::Organisation)
            .unwrap()
            .id
            .0
    };
    let (old, new) =
        (list("[organisation]\nwire | Harbour Wire\n"), list("[organisation]\nhw | Harbour Wire\n"));
    drop(Embedded::create(folder.path(), Arc::clone(&old)).unwrap());
    let reader = Embedded::open(folder.path(), Arc::clone(&new)).unwrap();
    let (writer, told) = Embedded::create(folder.path(), Arc::clone(&new)).unwrap();
    assert_eq!((name(&reader), name(&writer), told), ("wire".into(), "wire".into(), None));
    assert_eq!(reader.status().unwrap().other_list.unwrap().digest, old.version());
    let running = writer.intake("ingest").unwrap();
    assert!(matches!(reader.pin(&new, "Ada", "2024-01-17T08:30:00.000Z"), Err(Error::Locked { .. })));
    drop(running);
    assert!(reader.pin(&new, "Ada", "2024-01-17T08:30:00.000Z").unwrap());
    assert_eq!(name(&writer), "hw", "another process knows it with its next answer");
    assert_eq!(reader.status().unwrap().other_list, None);
    assert!(!reader.pin(&new, "Ada", "2024-01-17T08:30:00.000Z").unwrap(), "it is so already");
}

#[test]
fn an_archive_of_before_lists_were_pinned_gets_this_versions_and_is_told_so() {
    let fixture = |version: u32| {
        let folder = tempfile::tempdir().unwrap();
        let from = format!("{}/tests/fixtures/archive-{version}.db", env!("CARGO_MANIFEST_DIR"));
        std::fs::copy(from, folder.path().join("archive.db")).unwrap();
        let (archive, told) = Embedded::create(folder.path(), registry()).unwrap();
        let actor = archive.authority().unwrap().actor_of("North Korea", crate::actor::ActorKind::State);
        (actor.unwrap().label, told.unwrap_or_default())
    };
    let (label, told) = fixture(3);
    assert!(label == "North Korea" && told.contains("list of actors"), "{told}");
    assert_eq!(fixture(4), ("Northern Korea".into(), String::new()), "this one has a list of its own");
}
