//! Which record is which article.

use super::*;
use crate::article::{Doubt, DoubtKind, Origin};
use crate::record::{Content, FileState, Identity, Intake, Outcome, Record};

/// An archive beside a folder of files, as a run finds them.
struct Desk {
    folder: tempfile::TempDir,
    archive: Embedded,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let archive = create(&folder.path().join("archive"));
        Self { folder, archive }
    }

    /// Makes the file, so that it "still exists".
    fn file(&self, path: &str) -> String {
        let path = self.folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, "x").unwrap();
        path.to_string_lossy().into_owned()
    }

    fn remove(&self, path: &str) {
        std::fs::remove_file(self.folder.path().join(path)).unwrap();
    }

    /// One run over these records.
    fn run(&self, records: Vec<Record>) -> Vec<Outcome> {
        let mut intake = self.archive.intake("ingest").unwrap();
        let outcomes = records.into_iter().map(|record| Intake::put(&mut intake, record).unwrap()).collect();
        Intake::commit(&mut intake).unwrap();
        Intake::publish(&mut intake).unwrap();
        outcomes
    }

    fn ids(&self) -> Vec<String> {
        let request = SearchRequest { limit: 100, ..SearchRequest::default() };
        let response = self.archive.search(&Query::All, &request).unwrap();
        response.hits.iter().map(|hit| hit.id.to_string()).collect()
    }

    fn stored(&self, id: &str) -> StoredArticle {
        self.archive.article(&ArticleId::new(id).unwrap()).unwrap().unwrap()
    }
}

/// A record: path and place, identity, title, text.
fn record(file: String, place: &str, identity: Identity, title: &str, text: &str) -> Record {
    let hash = crate::identity::digest(format!("{title}{text}").as_bytes());
    let article = Article { title: title.into(), ..super::article("x", text) };
    Record {
        origin: Origin { file, place: place.into(), hash, modified: 1_000, ..Origin::default() },
        identity,
        content: Content::Article(Box::new(article)),
    }
}

fn url(url: &str) -> Identity {
    Identity::Url(format!("https://a.example/{url}"))
}

const LONG: &str = "one two three four five six seven eight nine ten eleven twelve";

#[test]
fn a_second_run_changes_nothing_and_a_changed_file_keeps_its_article() {
    let desk = Desk::new();
    let made = |title: &str, identity| record(desk.file("news/a.html"), "news/a.html", identity, title, LONG);
    assert_eq!(desk.run(vec![made("First", url("1"))]), [Outcome::Added]);
    let before = desk.ids();
    assert_eq!(desk.run(vec![made("First", url("1"))]), [Outcome::Unchanged]);
    assert_eq!(desk.run(vec![made("Changed", url("2"))]), [Outcome::Updated]);
    assert_eq!(desk.ids(), before);
    assert_eq!(desk.stored(&before[0]).article.title, "Changed");
}

#[test]
fn a_label_can_be_changed_and_changed_back() {
    let desk = Desk::new();
    let labelled = |label: &str| {
        let mut record = record(desk.file("a.html"), "a.html", Identity::Place, "First", LONG);
        if let Content::Article(article) = &mut record.content {
            article.collection = Some(label.into());
        }
        record
    };
    desk.run(vec![labelled("talks")]);
    assert_eq!(desk.run(vec![labelled("truce")]), [Outcome::Updated]);
    assert_eq!(desk.run(vec![labelled("talks")]), [Outcome::Updated]);
    assert_eq!(desk.stored(&desk.ids()[0]).article.collection.as_deref(), Some("talks"));
}

#[test]
fn a_folder_that_was_moved_keeps_its_articles() {
    let desk = Desk::new();
    let at = |path: &str| record(desk.file(path), "news/a.txt", Identity::Place, "First", LONG);
    assert_eq!(desk.run(vec![at("old/news/a.txt")]), [Outcome::Added]);
    let before = desk.ids();
    desk.remove("old/news/a.txt");
    assert_eq!(desk.run(vec![at("new/news/a.txt")]), [Outcome::Unchanged]);
    assert_eq!(desk.ids(), before);
    assert_eq!(desk.stored(&before[0]).origins.len(), 2);
}

#[test]
fn a_renamed_file_or_folder_keeps_its_article_by_its_bytes() {
    let desk = Desk::new();
    let at = |path: &str| record(desk.file(path), path, Identity::Place, "First", LONG);
    desk.run(vec![at("news/a.txt")]);
    let before = desk.ids();
    desk.remove("news/a.txt");
    assert_eq!(desk.run(vec![at("renamed/b.txt")]), [Outcome::Unchanged]);
    assert_eq!(desk.ids(), before);
}

#[test]
fn another_folder_of_the_same_shape_takes_nothing_from_one_that_is_unplugged() {
    let desk = Desk::new();
    let other = "alpha beta gamma delta epsilon zeta eta theta";
    desk.run(vec![record(desk.file("usb1/news/a.txt"), "news/a.txt", Identity::Place, "First", LONG)]);
    desk.remove("usb1/news/a.txt");
    let second = record(desk.file("usb2/news/a.txt"), "news/a.txt", Identity::Place, "Second", other);
    assert_eq!(desk.run(vec![second]), [Outcome::Added]);
    assert_eq!(desk.ids().len(), 2);
}

#[test]
fn lines_without_a_name_keep_their_articles_when_others_come_and_go() {
    let desk = Desk::new();
    let line = |number: usize, title: &str| {
        let text = format!("{title} and nothing but {title} for {title} in {title} with {title} by {title}");
        let mut record = record(desk.file("a.jsonl"), "a.jsonl", Identity::Place, title, &text);
        record.origin.record = format!("line {number}");
        record.origin.offset = Some(number as u64 * 100);
        record
    };
    desk.run(vec![line(1, "Alpha"), line(2, "Beta"), line(3, "Gamma")]);
    let titles = |desk: &Desk| {
        let mut titles: Vec<_> =
            desk.ids().iter().map(|id| (id.clone(), desk.stored(id).article.title)).collect();
        titles.sort();
        titles
    };
    let before = titles(&desk);
    assert_eq!(desk.run(vec![line(1, "Beta"), line(2, "Gamma")]), [Outcome::Unchanged; 2]);
    assert_eq!(titles(&desk), before, "taken out at the top");
    assert_eq!(desk.run(vec![line(1, "Delta"), line(2, "Beta"), line(3, "Gamma")])[0], Outcome::Added);
    let after = titles(&desk);
    assert!(
        after.len() == 4 && before.iter().all(|kept| after.contains(kept)),
        "put in at the top: {after:?}"
    );
}

#[test]
fn an_id_that_every_record_has_costs_no_more_than_the_records() {
    let desk = Desk::new();
    let records: Vec<_> = (0..40)
        .map(|n| {
            let path = format!("f{n}.html");
            let text = format!("w{n} x{n} y{n} z{n} v{n} u{n} t{n}");
            record(desk.file(&path), &path, url("home"), &format!("Story {n}"), &text)
        })
        .collect();
    assert_eq!(desk.run(records.clone()), [Outcome::Added; 40]);
    assert_eq!(desk.run(records), [Outcome::Unchanged; 40], "their doubts are the same on the next run");
}

#[test]
fn two_folders_with_a_file_of_one_name_never_collide() {
    let desk = Desk::new();
    let at = |path: &str| record(desk.file(path), "news/a.txt", Identity::Place, "First", LONG);
    assert_eq!(desk.run(vec![at("x/news/a.txt"), at("y/news/a.txt")]), [Outcome::Added, Outcome::Added]);
    assert_eq!(desk.ids().len(), 2);
    assert_eq!(
        desk.run(vec![at("y/news/a.txt"), at("x/news/a.txt")]),
        [Outcome::Unchanged, Outcome::Unchanged]
    );
    // Equal bytes in two places are two articles that know of each other.
    let ids = desk.ids();
    let copies: Vec<_> =
        ids.iter().flat_map(|id| desk.stored(id).copies).map(|copy| copy.id.to_string()).collect();
    assert_eq!(copies, [ids[1].clone(), ids[0].clone()]);
}

#[test]
fn one_address_in_two_files_is_one_article_if_they_tell_the_same_story() {
    let desk = Desk::new();
    let at = |path: &str, title: &str, text: &str| record(desk.file(path), path, url("story"), title, text);
    desk.run(vec![at("a.html", "Talks end", LONG)]);
    let longer = format!("{LONG} thirteen fourteen");
    assert_eq!(desk.run(vec![at("b.html", "Talks end at last", &longer)]), [Outcome::Updated]);
    assert_eq!(desk.ids().len(), 1);
    let stored = desk.stored(&desk.ids()[0]);
    assert_eq!((stored.article.text.as_str(), stored.origins.len()), (longer.as_str(), 2));
}

#[test]
fn an_older_copy_of_an_article_does_not_replace_the_newer() {
    let desk = Desk::new();
    let at = |path: &str, text: &str, modified| {
        let mut record = record(desk.file(path), path, url("story"), "Talks end", text);
        record.origin.modified = modified;
        record
    };
    desk.run(vec![at("new.html", "The corrected text.", 2_000)]);
    assert_eq!(desk.run(vec![at("old.html", "The first text.", 1_000)]), [Outcome::Unchanged]);
    let stored = desk.stored(&desk.ids()[0]);
    assert_eq!((stored.article.text.as_str(), stored.origins.len()), ("The corrected text.", 2));
    assert_eq!(
        desk.run(vec![at("old.html", "The first text.", 1_000)]),
        [Outcome::Unchanged],
        "nor on the next run"
    );
    assert_eq!(desk.stored(&desk.ids()[0]).article.text, "The corrected text.");
}

#[test]
fn the_summary_of_a_feed_does_not_replace_the_page_but_the_page_replaces_it() {
    let desk = Desk::new();
    let summary = |file: &str, modified| {
        let mut record = record(desk.file(file), file, url("1"), "Talks end", "one two three");
        let Content::Article(article) = &mut record.content else { unreachable!() };
        let (kind, field) = (DoubtKind::TextShort, "text".to_owned());
        article.doubts.push(Doubt { kind, field, reason: "The feed holds a summary only.".into() });
        record.origin.modified = modified;
        record
    };
    let page = || record(desk.file("news/a.html"), "news/a.html", url("1"), "Talks end", LONG);
    assert_eq!(desk.run(vec![summary("news/early.xml", 500), page()]), [Outcome::Added, Outcome::Updated]);
    let id = desk.ids().remove(0);
    assert_eq!(desk.run(vec![summary("news/later.xml", 2_000)]), [Outcome::Unchanged]);
    assert_eq!(desk.stored(&id).article.text, LONG);
    assert_eq!(desk.stored(&id).origins.len(), 3);
    // What a page itself says anew is taken, however short it is.
    desk.remove("news/early.xml");
    desk.remove("news/later.xml");
    assert_eq!(
        desk.run(vec![record(desk.file("news/a.html"), "news/a.html", url("1"), "Talks end", "less")]),
        [Outcome::Updated]
    );
}

#[test]
fn one_address_with_two_stories_is_two_articles_with_a_doubt() {
    let desk = Desk::new();
    let at = |path: &str, title: &str, text: &str| record(desk.file(path), path, url("home"), title, text);
    let other = "alpha beta gamma delta epsilon zeta eta theta";
    assert_eq!(
        desk.run(vec![at("a.html", "First", LONG), at("b.html", "Second", other)]),
        [Outcome::Added; 2]
    );
    let ids = desk.ids();
    let doubts: Vec<_> = ids.iter().flat_map(|id| desk.stored(id).article.doubts).collect();
    assert!(ids.len() == 2 && doubts.len() == 1 && doubts[0].reason.contains("address"), "{doubts:?}");
    assert_eq!(
        desk.run(vec![at("a.html", "First", LONG), at("b.html", "Second", other)]),
        [Outcome::Unchanged; 2]
    );
}

#[test]
fn a_given_id_stands_and_the_same_id_elsewhere_is_told_apart() {
    let desk = Desk::new();
    let given = |file: &str, title: &str, text: &str| {
        record(desk.file(file), file, Identity::Given("1".into()), title, text)
    };
    let other = "alpha beta gamma delta epsilon zeta eta theta";
    desk.run(vec![given("a.jsonl", "First", LONG), given("b.jsonl", "Second", other)]);
    let ids = desk.ids();
    assert!(ids.len() == 2 && ids.contains(&"1".to_owned()), "{ids:?}");
}

#[test]
fn one_id_twice_in_a_file_is_one_article_and_stays_so() {
    let desk = Desk::new();
    let line = |offset, text: &str| {
        let mut record =
            record(desk.file("a.jsonl"), "a.jsonl", Identity::Given("twice".into()), "One title", text);
        record.origin.record = "twice".into();
        record.origin.offset = Some(offset);
        record
    };
    let both = || vec![line(0, "The first text."), line(100, "The second text.")];
    assert_eq!(desk.run(both()), [Outcome::Added, Outcome::Updated]);
    assert_eq!(desk.ids(), ["twice"]);
    assert_eq!(desk.stored("twice").origins.len(), 2);
    desk.run(both());
    assert_eq!(desk.ids(), ["twice"]);
    assert_eq!(desk.stored("twice").article.text, "The second text.");
}

#[test]
fn a_record_that_breaks_later_keeps_its_article_and_the_failure_is_known() {
    let desk = Desk::new();
    let good = record(desk.file("a.html"), "a.html", Identity::Place, "First", LONG);
    let broken = Record { content: Content::Failed("cut short".into()), ..good.clone() };
    desk.run(vec![good]);
    assert_eq!(desk.run(vec![broken]), [Outcome::Failed]);
    assert_eq!(desk.ids().len(), 1);
    let status = desk.archive.status().unwrap();
    assert_eq!(status.failures, [("cut short".to_owned(), 1)]);
}

#[test]
fn a_file_is_known_only_when_all_of_it_was_put_and_nothing_has_changed() {
    let desk = Desk::new();
    let record = record(desk.file("a.html"), "a.html", Identity::Place, "First", LONG);
    let file = FileState {
        path: record.origin.file.clone(),
        size: 1,
        modified: 5,
        reading: "v1".into(),
        ..FileState::default()
    };
    {
        let mut intake = desk.archive.intake("ingest").unwrap();
        Intake::put(&mut intake, record).unwrap();
        Intake::commit(&mut intake).unwrap();
        assert_eq!(intake.known(&file).unwrap(), None, "not read to its end");
        intake.finish_file(&file).unwrap();
        Intake::commit(&mut intake).unwrap();
    }
    let mut intake = desk.archive.intake("ingest").unwrap();
    assert_eq!(intake.known(&file).unwrap().unwrap().bins.article, 1);
    for changed in [
        FileState { size: 2, ..file.clone() },
        FileState { modified: 6, ..file.clone() },
        FileState { reading: "v2".into(), ..file.clone() },
        FileState { path: "/elsewhere".into(), ..file.clone() },
    ] {
        assert_eq!(intake.known(&changed).unwrap(), None, "{changed:?}");
    }
}

#[test]
fn what_was_not_committed_is_gone_with_its_process_and_numbers_are_never_reused() {
    let desk = Desk::new();
    desk.run(vec![record(desk.file("a.html"), "a.html", Identity::Place, "First", LONG)]);
    {
        let mut intake = desk.archive.intake("ingest").unwrap();
        Intake::put(&mut intake, record(desk.file("b.html"), "b.html", Identity::Place, "Second", LONG))
            .unwrap();
    }
    assert_eq!(desk.ids().len(), 1);
    desk.run(vec![record(desk.file("c.html"), "c.html", Identity::Place, "Third", LONG)]);
    assert_eq!(desk.ids().len(), 2);
    well(&desk.archive);
}

const WHOLE: &str = "The guns along the river fell silent on Thursday and both armies said so in the evening, \
    after a week in which the ferries had not run and the markets of the three towns on the northern bank \
    had stayed closed while their people waited in the cellars for the end of it";
const TEASER: &str = "The guns along the river fell silent on Thursday and both armies said so in the evening, \
    subscribe to read";
const OTHER: &str = "Nobody on the quay had seen such a winter, and the ice held the boats for nine weeks while \
    children walked to school across the bay and the baker sold his bread from a sledge";

/// A page of one address that was saved at a moment, in seconds.
fn saved(desk: &Desk, file: &str, text: &str, modified: i64) -> Record {
    let mut record = record(desk.file(file), file, url("story"), "Guns fall silent", text);
    record.origin.modified = modified;
    record
}

/// The file and the text that an article shows, and how many doubts there are about poorer copies.
fn shown(desk: &Desk) -> (String, String, usize) {
    let ids = desk.ids();
    assert_eq!(ids.len(), 1, "{ids:?}");
    let stored = desk.stored(&ids[0]);
    let poorer = stored.article.doubts.iter().filter(|doubt| doubt.kind == DoubtKind::CopyPoorer);
    (stored.origins[0].place.clone(), stored.article.text, poorer.count())
}

#[test]
fn a_poorer_copy_stands_behind_the_fuller_one_whichever_was_met_or_saved_first() {
    for teaser_first in [false, true] {
        for (whole_saved, teaser_saved) in [(1_000, 2_000), (2_000, 1_000)] {
            let desk = Desk::new();
            let whole = || saved(&desk, "whole.html", WHOLE, whole_saved);
            let teaser = || saved(&desk, "teaser.html", TEASER, teaser_saved);
            let both = || if teaser_first { vec![teaser(), whole()] } else { vec![whole(), teaser()] };
            desk.run(both());
            let (file, text, doubts) = shown(&desk);
            assert_eq!((file.as_str(), text.as_str()), ("whole.html", WHOLE));
            // A fuller copy that was saved later is the usual course of things.
            assert_eq!(doubts, usize::from(!(teaser_first && whole_saved > teaser_saved)));
            assert_eq!(desk.run(both()), [Outcome::Unchanged; 2]);
            assert_eq!(desk.stored(&desk.ids()[0]).origins.len(), 2, "it is a saved copy all the same");
            well(&desk.archive);
        }
    }
}

#[test]
fn a_file_that_is_written_over_with_less_of_itself_loses_nothing_and_its_mending_is_seen() {
    let desk = Desk::new();
    let at = |text: &str| saved(&desk, "a.html", text, 1_000);
    desk.run(vec![at(WHOLE)]);
    assert_eq!(desk.run(vec![at(TEASER)]), [Outcome::Unchanged]);
    assert_eq!(shown(&desk).1, WHOLE);
    assert_eq!(shown(&desk).2, 1);
    let longer = format!("{WHOLE} and on Friday the ferries ran");
    assert_eq!(desk.run(vec![at(&longer)]), [Outcome::Updated]);
    assert_eq!((shown(&desk).1, shown(&desk).2), (longer.clone(), 0), "the doubt is settled");
    let mut error = at("Sorry, this page is not here");
    let Content::Article(article) = &mut error.content else { unreachable!() };
    let (kind, field, reason) = (DoubtKind::NotAnArticle, "text".to_owned(), "kept on demand".to_owned());
    article.doubts.push(Doubt { kind, field, reason });
    assert_eq!(desk.run(vec![error]), [Outcome::Unchanged]);
    assert_eq!(shown(&desk).1, longer, "nor does a page that is kept though it is no article");
    assert_eq!(desk.run(vec![at(&longer)]), [Outcome::Unchanged]);
    assert_eq!(shown(&desk).2, 0, "the file is again what is shown");
}

#[test]
fn a_copy_that_is_whole_again_is_doubted_no_more_though_it_is_older() {
    let desk = Desk::new();
    let shown_copy = || saved(&desk, "new.html", WHOLE, 2_000);
    desk.run(vec![shown_copy(), saved(&desk, "old.html", TEASER, 1_000)]);
    assert_eq!(shown(&desk).2, 1);
    let mended = WHOLE.replace("three towns", "four towns");
    assert_eq!(
        desk.run(vec![shown_copy(), saved(&desk, "old.html", &mended, 1_000)]),
        [Outcome::Unchanged; 2]
    );
    assert_eq!(shown(&desk), ("new.html".into(), WHOLE.into(), 0));
}

#[test]
fn what_is_doubted_of_a_record_says_nothing_of_the_others_in_its_file() {
    let desk = Desk::new();
    let line = |name: &str, text: &str, modified| {
        let mut record = saved(&desk, "all.jsonl", text, modified);
        record.origin.record = name.into();
        record
    };
    let kept = || line("a", TEASER, 1_000);
    desk.run(vec![saved(&desk, "whole.html", WHOLE, 2_000), kept(), line("b", TEASER, 1_000)]);
    assert_eq!(shown(&desk).2, 2, "one for each");
    let mended = WHOLE.replace("three towns", "four towns");
    desk.run(vec![kept(), line("b", &mended, 1_000)]);
    assert_eq!(shown(&desk).2, 1, "one is mended");
    let doubts = desk.stored(&desk.ids()[0]).article.doubts;
    assert!(doubts[0].reason.contains("all.jsonl, a "), "{}", doubts[0].reason);
}

#[test]
fn a_shorter_report_in_the_same_file_is_an_update() {
    let desk = Desk::new();
    let at = |text: &str| saved(&desk, "a.html", text, 1_000);
    desk.run(vec![at(WHOLE)]);
    assert_eq!(
        desk.run(vec![at("By night the guns were heard again, said both armies")]),
        [Outcome::Updated]
    );
}

#[test]
fn what_is_doubted_of_a_copy_outlives_a_new_reading_of_the_page() {
    let desk = Desk::new();
    desk.run(vec![saved(&desk, "whole.html", WHOLE, 1_000), saved(&desk, "teaser.html", TEASER, 2_000)]);
    let mut again = saved(&desk, "whole.html", WHOLE, 1_000);
    let Content::Article(article) = &mut again.content else { unreachable!() };
    article.section = Some("World".into());
    assert_eq!(desk.run(vec![again]), [Outcome::Updated], "an older copy is the one that is shown");
    assert_eq!(shown(&desk), ("whole.html".into(), WHOLE.into(), 1));
}

/// A record that was published on a day.
fn dated(mut record: Record, day: &str) -> Record {
    let Content::Article(article) = &mut record.content else { unreachable!() };
    let date = crate::published::PartialDate::parse(day).unwrap();
    article.published = Some(crate::published::Published { date, found: "meta".into() });
    record
}

/// Corrects the section of an article.
fn file_under(desk: &Desk, id: &str, section: &str) {
    let edit = crate::edit::Edit {
        article: ArticleId::new(id).unwrap(),
        field: crate::edit::Field::Section,
        value: Some(crate::edit::Value::Text(section.into())),
        who: "Ada".into(),
        at: "2024-01-17T08:30:00.000Z".into(),
    };
    desk.archive.edit(&[edit]).unwrap();
}

#[test]
fn a_page_that_is_saved_again_with_a_later_date_and_other_numbers_keeps_its_article() {
    let desk = Desk::new();
    let page = |day: &str, dead: u32| {
        dated(saved(&desk, "a.html", &format!("{WHOLE}. {dead} people died."), 1_000), day)
    };
    desk.run(vec![page("1990-05-01", 12)]);
    let id = desk.ids().remove(0);
    file_under(&desk, &id, "War");
    assert_eq!(desk.run(vec![page("1990-05-04", 15)]), [Outcome::Updated]);
    assert_eq!(desk.ids(), std::slice::from_ref(&id));
    let stored = desk.stored(&id).article;
    assert_eq!((stored.section.as_deref(), stored.doubts.len()), (Some("War"), 0));
    assert!(stored.text.ends_with("15 people died."), "{}", stored.text);
}

/// The same address in one file after the other, or in one file over and over: a column.
#[test]
fn what_a_person_said_of_an_article_never_moves_to_another() {
    for files in [["a.html", "a.html"], ["a.html", "b.html"]] {
        for gone in [false, true] {
            let desk = Desk::new();
            let dated = |file: &str, title: &str, day: &str, text: &str| {
                dated(record(desk.file(file), file, url("column"), title, text), day)
            };
            desk.run(vec![dated(files[0], "Letter from the river", "1990-05-03", WHOLE)]);
            let first = desk.ids().remove(0);
            file_under(&desk, &first, "Letters");
            if gone && files[0] != files[1] {
                desk.remove(files[0]);
            }
            let next = || dated(files[1], "Letter from the ice", "1990-05-10", OTHER);
            assert_eq!(desk.run(vec![next()]), [Outcome::Added], "{files:?}");
            assert_eq!(desk.run(vec![next()]), [Outcome::Unchanged]);
            let stored: Vec<_> = desk.ids().iter().map(|id| desk.stored(id)).collect();
            let section = |text: &str| {
                let found = stored.iter().find(|stored| stored.article.text == text).unwrap();
                (found.article.section.clone(), found.article.doubts.len())
            };
            assert_eq!(section(WHOLE), (Some("Letters".into()), 0), "nothing is lost");
            assert_eq!(section(OTHER), (None, 1), "the address is shared, which is told");
        }
    }
}

#[test]
fn a_path_that_was_mistyped_once_is_forgotten() {
    let desk = Desk::new();
    let missing = desk.folder.path().join("nowhere").to_string_lossy().into_owned();
    let mut record = record(missing, "nowhere", Identity::Place, "", "");
    record.content = Content::Failed("no such file or folder".into());
    desk.run(vec![record]);
    assert_eq!(desk.archive.status().unwrap().records.failed, 1);
    desk.run(vec![]);
    assert_eq!(desk.archive.status().unwrap().records.failed, 0);
}
