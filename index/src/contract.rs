//! What every backend owes its callers; a new backend is done when it passes.
//!
//! [`promises`] checks them one by one; [`agreement`] puts random archives and random questions to a
//! backend and to the memory oracle and demands the same totals, counts and hits.

mod decisions;
mod edits;
mod facets;
mod lists;
pub(crate) mod random;

use std::any::Any;
use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use crate::actor::Field;
use crate::archive::Archive;
use crate::article::{Article, ArticleId, Byline, Doubt, DoubtKind, Source};
use crate::authority::spelling_key;
use crate::backend::memory::Memory;
use crate::backend::{Backend, Error};
use crate::doubts::DoubtsRequest;
use crate::likeness::Likeness;
use crate::registry::Registry;
use crate::search::{Facet, Mode, NONE, SearchRequest, SearchResponse, Sort};

/// A backend under test, and whatever must live as long as it.
pub struct Subject {
    /// The backend, empty.
    pub backend: Arc<dyn Backend>,
    /// A temporary folder, a server.
    pub keep: Box<dyn Any>,
}

impl std::fmt::Debug for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Subject")
    }
}

/// Makes an empty backend with this registry.
pub type Make<'m> = &'m dyn Fn(Arc<Registry>) -> Subject;

/// Checks every promise; panics with the one that is broken.
pub fn promises(make: Make<'_>) {
    let registry = Arc::new(Registry::builtin());
    let fresh = || {
        let subject = make(Arc::clone(&registry));
        (Archive::new(Arc::clone(&subject.backend)), subject)
    };
    for promise in [
        nothing_is_visible_before_publish,
        putting_twice_replaces,
        what_is_deleted_is_gone,
        an_unknown_id_is_none,
        a_second_writer_is_told_so,
        what_was_put_is_read_back,
        paging_reaches_every_hit_once,
        equal_scores_keep_one_order,
        a_made_up_cursor_is_refused,
        highlights_sit_on_character_boundaries,
        a_text_saved_twice_is_seen_until_one_is_gone,
        doubts_are_counted_in_current_revisions_alone,
        an_article_that_uses_two_names_of_one_actor_counts_once,
        a_number_beside_a_value_is_what_its_click_gives,
        facets::one_kind_of_actors_is_listed_and_no_hit_changes,
        facets::places_are_a_facet_of_their_own,
        facets::what_an_article_is_mainly_about_is_told_from_what_it_mentions,
        facets::a_hidden_actor_in_an_address_is_called_by_its_name,
        decisions::a_merge_shows_at_once_and_is_taken_back,
        decisions::a_name_split_off_is_an_actor_of_its_own,
        decisions::who_is_hidden_or_not_in_an_article_is_not_counted,
        decisions::spellings_of_one_name_are_one_row,
        decisions::decisions_are_taken_in_elsewhere_once,
        decisions::mentions_are_found_anew_where_a_name_was_added,
        decisions::names_that_are_safely_one_are_one_until_somebody_splits_them,
        lists::another_list_holds_at_once_and_its_preview_is_true,
        lists::what_articles_name_is_told_whole,
        edits::what_a_person_says_holds_at_once_and_through_another_put,
        edits::what_is_undone_is_what_extraction_says_now,
        edits::the_log_keeps_who_said_what_and_is_taken_in_elsewhere,
        edits::an_edit_of_nobodys_article_is_refused_with_what_may_be_meant,
    ] {
        let (archive, subject) = fresh();
        promise(&archive);
        drop((archive, subject));
    }
}

fn id(text: &str) -> ArticleId {
    ArticleId::new(text).expect("a test's id has the shape of one")
}

fn article(name: &str, text: &str) -> Article {
    Article {
        title: format!("About {name}"),
        bylines: vec![Byline("Ingrid Solberg".into())],
        source: Some(Source { name: "The Meridian Post".into(), domain: None }),
        text: text.into(),
        ..Article::empty(id(name))
    }
}

fn publish(archive: &Archive, articles: impl IntoIterator<Item = Article>) {
    let mut writer = archive.backend().writer().expect("nobody else writes");
    for article in articles {
        writer.put(article).expect("put");
    }
    writer.commit().expect("commit");
    writer.publish().expect("publish");
}

fn search(archive: &Archive, q: &str) -> SearchResponse {
    archive.search(&SearchRequest::words(q)).expect("search")
}

fn ids(response: &SearchResponse) -> Vec<String> {
    response.hits.iter().map(|hit| hit.id.to_string()).collect()
}

fn nothing_is_visible_before_publish(archive: &Archive) {
    let mut writer = archive.backend().writer().expect("writer");
    writer.put(article("a", "peace talks")).expect("put");
    assert_eq!(search(archive, "").total, 0, "visible before commit");
    writer.commit().expect("commit");
    assert_eq!(search(archive, "").total, 0, "visible before publish");
    assert_eq!(archive.article(&id("a")).expect("article"), None, "readable before publish");
    writer.publish().expect("publish");
    assert_eq!(ids(&search(archive, "peace")), ["a"]);
}

fn putting_twice_replaces(archive: &Archive) {
    publish(archive, [article("a", "peace"), article("b", "war")]);
    publish(archive, [article("a", "armistice")]);
    assert_eq!(search(archive, "").total, 2);
    assert_eq!(search(archive, "peace").total, 0);
    assert_eq!(ids(&search(archive, "armistice")), ["a"]);
    publish(archive, [article("c", "treaty"), article("c", "accord")]);
    assert_eq!(
        (search(archive, "treaty").total, search(archive, "accord").total),
        (0, 1),
        "twice in one batch"
    );
}

fn what_is_deleted_is_gone(archive: &Archive) {
    publish(archive, [article("a", "peace"), article("b", "war")]);
    let mut writer = archive.backend().writer().expect("writer");
    assert!(writer.delete(&id("a")).expect("delete"));
    assert!(!writer.delete(&id("a")).expect("delete again"));
    assert!(!writer.delete(&id("never")).expect("delete what never was"));
    writer.commit().expect("commit");
    writer.publish().expect("publish");
    drop(writer);
    assert_eq!(ids(&search(archive, "")), ["b"]);
    assert_eq!(archive.article(&id("a")).expect("article"), None);
    publish(archive, [article("a", "peace again")]);
    assert_eq!(search(archive, "peace").total, 1, "it can come back");
}

fn an_unknown_id_is_none(archive: &Archive) {
    assert_eq!(archive.article(&id("nobody")).expect("article"), None);
}

fn a_second_writer_is_told_so(archive: &Archive) {
    let first = archive.backend().writer().expect("writer");
    assert!(matches!(archive.backend().writer(), Err(Error::Locked { .. })));
    drop(first);
    assert!(archive.backend().writer().is_ok());
}

fn what_was_put_is_read_back(archive: &Archive) {
    let mut runner = TestRunner::deterministic();
    for number in 0..30 {
        let drawn = random::article().new_tree(&mut runner).expect("an article").current();
        let put = Article { id: id(&format!("n{number}")), ..drawn };
        publish(archive, [put.clone()]);
        let stored = archive.article(&put.id).expect("article").expect("it is there");
        assert_eq!(stored.article, put);
    }
}

fn paging_reaches_every_hit_once(archive: &Archive) {
    let texts = (0..23).map(|number| article(&format!("n{number}"), &"peace ".repeat(1 + number % 3)));
    publish(archive, texts);
    for sort in Sort::ALL {
        let mut request = SearchRequest { sort: Some(sort), limit: 50, ..SearchRequest::words("peace") };
        let whole = ids(&archive.search(&request).expect("search"));
        assert_eq!(whole.len(), 23);
        request.limit = 5;
        let paged = all_pages(archive, &request).0;
        assert_eq!(paged, whole, "{sort:?}");
    }
}

fn equal_scores_keep_one_order(archive: &Archive) {
    for batch in 0..4 {
        publish(archive, (0..5).map(|number| article(&format!("n{}", batch * 5 + number), "the same text")));
    }
    let expected: Vec<_> = (0..20).map(|number| format!("n{number}")).collect();
    for sort in Sort::ALL {
        let request = SearchRequest { sort: Some(sort), ..SearchRequest::words("same") };
        assert_eq!(ids(&archive.search(&request).expect("search")), expected, "{sort:?}");
    }
}

fn a_made_up_cursor_is_refused(archive: &Archive) {
    for cursor in ["", "x", "1", "a_b_c", "💥", "__"] {
        let request = SearchRequest { cursor: Some(cursor.into()), ..SearchRequest::default() };
        assert!(matches!(archive.search(&request), Err(Error::Cursor(_))), "{cursor:?}");
    }
}

fn highlights_sit_on_character_boundaries(archive: &Archive) {
    let text = "Führung — “Qāsem Soleīmānī” sprach. ".repeat(40);
    publish(archive, [article("a", &text)]);
    for q in ["soleimani", "\"qasem soleimani\"", "fuhr*", "führung -x"] {
        let response = search(archive, q);
        let passages = &response.hits.first().expect("a hit").passages;
        let marked: usize = passages.iter().filter(|p| p.field == Field::Text).map(|p| p.ranges.len()).sum();
        assert!(marked > 0, "{q}");
        for passage in passages {
            for (start, end) in &passage.ranges {
                assert!(passage.text.get(*start..*end).is_some_and(|found| !found.is_empty()), "{q}");
            }
        }
    }
}

fn a_text_saved_twice_is_seen_until_one_is_gone(archive: &Archive) {
    let text: String = (0..60).map(|n| format!("{} ", "talk".repeat(1 + n))).collect();
    publish(archive, [article("page", &text), article("other", &"war ".repeat(60))]);
    publish(archive, [article("copy", &text.to_uppercase())]);
    let copies = |of: &str| {
        let stored = archive.article(&id(of)).expect("article").expect("it is there");
        stored.copies.into_iter().map(|copy| (copy.id.to_string(), copy.why)).collect::<Vec<_>>()
    };
    assert_eq!(copies("page"), [("copy".to_owned(), Likeness::Text)]);
    assert_eq!(copies("copy"), [("page".to_owned(), Likeness::Text)]);
    assert_eq!(copies("other"), []);
    publish(archive, [article("copy", &"peace ".repeat(60))]);
    assert_eq!((copies("page"), copies("copy")), (Vec::new(), Vec::new()), "it has another text now");
    publish(archive, [article("copy", &format!("{text} {}", "caption ".repeat(4)))]);
    assert_eq!(copies("page"), [("copy".to_owned(), Likeness::Near)]);
    let mut writer = archive.backend().writer().expect("writer");
    writer.delete(&id("copy")).expect("delete");
    writer.commit().expect("commit");
    writer.publish().expect("publish");
    drop(writer);
    assert_eq!(copies("page"), [], "it is gone");
}

fn doubts_are_counted_in_current_revisions_alone(archive: &Archive) {
    let doubtful = |name: &str, kinds: &[DoubtKind]| {
        let doubt =
            |kind: &DoubtKind| Doubt { kind: *kind, field: "text".into(), reason: "it is odd".into() };
        Article { doubts: kinds.iter().map(doubt).collect(), ..article(name, "text") }
    };
    use DoubtKind::{PageMended, TextShort};
    publish(
        archive,
        [doubtful("a", &[PageMended]), doubtful("b", &[TextShort, TextShort]), doubtful("c", &[TextShort])],
    );
    publish(archive, [doubtful("c", &[]), doubtful("d", &[PageMended, TextShort])]);
    let listed = |request: &DoubtsRequest| {
        let doubts = archive.doubts(request).expect("doubts");
        let ids = doubts.articles.iter().map(|article| article.id.to_string()).collect::<Vec<_>>();
        let kinds = doubts.kinds.iter().map(|kind| (kind.kind, kind.count)).collect::<Vec<_>>();
        (doubts.total, ids, kinds, doubts.next)
    };
    let counts = vec![(TextShort, 2), (PageMended, 2)];
    let all = ["b", "d", "a"].map(str::to_owned).to_vec();
    assert_eq!(listed(&DoubtsRequest::default()), (3, all, counts.clone(), None));
    let first = DoubtsRequest { kind: Some(PageMended), limit: 1, ..DoubtsRequest::default() };
    assert_eq!(listed(&first), (2, vec!["d".to_owned()], counts.clone(), Some(1)));
    let second = DoubtsRequest { offset: 1, ..first };
    assert_eq!(listed(&second), (2, vec!["a".to_owned()], counts, None));
    let elsewhere = DoubtsRequest { field: "title".into(), ..DoubtsRequest::default() };
    assert_eq!(listed(&elsewhere), (0, Vec::new(), Vec::new(), None));
}

fn an_article_that_uses_two_names_of_one_actor_counts_once(archive: &Archive) {
    let registry = Registry::builtin();
    let mut both = article("a", "text");
    both.mentions = random::mentions(&random::TWO_NAMES);
    let actors: BTreeSet<_> = both.mentions.iter().map(|m| registry.actor_of(&m.name, m.kind).id).collect();
    assert_eq!(actors.len(), 1, "the registry knows {:?} as one", random::TWO_NAMES);
    publish(archive, [both]);
    let response = search(archive, "");
    let listed = &response.facets[&Facet::Actor];
    assert_eq!(listed.iter().map(|count| count.count).collect::<Vec<_>>(), [1]);
}

/// Every value of every facet, on random archives: its number is the total that its click gives.
fn a_number_beside_a_value_is_what_its_click_gives(archive: &Archive) {
    let mut runner = TestRunner::deterministic();
    let articles = (0..40).map(|number| {
        let drawn = random::article().new_tree(&mut runner).expect("an article").current();
        Article { id: id(&format!("n{number}")), ..drawn }
    });
    publish(archive, articles.collect::<Vec<_>>());
    for _ in 0..10 {
        let request = random::request().new_tree(&mut runner).expect("a request").current();
        let request = SearchRequest { cursor: None, ..request };
        let response = archive.search(&request).expect("search");
        for (facet, counts) in &response.facets {
            for count in counts {
                let clicked = click(&request, *facet, count.included, count.excluded, &count.value);
                let total = archive.search(&clicked).expect("search").total;
                let expected = if count.excluded { response.total + count.count } else { count.count };
                assert_eq!(total, expected, "{facet} {count:?} in {request:?}");
            }
        }
    }
}

/// The request that a click on a value leads to, as its number promises.
fn click(
    request: &SearchRequest,
    facet: Facet,
    included: bool,
    excluded: bool,
    value: &str,
) -> SearchRequest {
    let mut clicked = request.clone();
    let mode = request.mode(facet);
    let choice = clicked.choice(facet);
    if excluded {
        // The request may have another spelling of the value that is shown.
        let spelled = matches!(facet, Facet::Author | Facet::Source);
        let is_it =
            |other: &String| *other == value || (spelled && spelling_key(other) == spelling_key(value));
        choice.exclude.retain(|other| !is_it(other));
        return clicked;
    }
    if mode == Mode::Any {
        choice.include.clear();
    }
    if mode == Mode::Any || !included {
        choice.include.push(value.to_owned());
    }
    clicked
}

/// All hits, page by page, and the answer to the first page.
fn all_pages(archive: &Archive, request: &SearchRequest) -> (Vec<String>, SearchResponse) {
    let first = archive.search(request).expect("search");
    let mut found = ids(&first);
    let mut next = first.next.clone();
    while let Some(cursor) = next {
        let page = archive.search(&SearchRequest { cursor: Some(cursor), ..request.clone() }).expect("page");
        assert_eq!(page.total, first.total, "a page has another total");
        found.extend(ids(&page));
        assert!(found.len() <= 10_000, "paging does not end");
        next = page.next;
    }
    (found, first)
}

/// How an agreement went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Agreed {
    /// Questions that were asked.
    pub questions: u32,
    /// Questions that some articles answered and others did not.
    pub selective: u32,
    /// Copies that articles were said to have.
    pub copies: u32,
}

/// Puts random archives and random questions to a backend and to the memory oracle. Returns the first
/// disagreement, as a sentence.
pub fn agreement(make: Make<'_>, archives: u32) -> Result<Agreed, String> {
    let mut runner = TestRunner::deterministic();
    let mut agreed = Agreed::default();
    let registry = Arc::new(Registry::builtin());
    for _ in 0..archives {
        let steps = random::steps().new_tree(&mut runner).map_err(|reason| reason.to_string())?.current();
        let subject = make(Arc::clone(&registry));
        let tested = Archive::new(Arc::clone(&subject.backend));
        let oracle = Archive::new(Arc::new(Memory::new(Arc::clone(&registry))));
        for step in &steps {
            random::apply(step, &tested);
            random::apply(step, &oracle);
        }
        same_articles(&tested, &oracle).map_err(|difference| format!("{difference}\nafter: {steps:#?}"))?;
        agreed.copies += compare_copies(&tested, &oracle)
            .map_err(|difference| format!("{difference}\nafter: {steps:#?}"))?;
        for _ in 0..12 {
            let request =
                random::request().new_tree(&mut runner).map_err(|reason| reason.to_string())?.current();
            let total = compare(&tested, &oracle, &request)
                .map_err(|difference| format!("{difference}\nasked: {request:?}\nafter: {steps:#?}"))?;
            let asked = random::doubts_request()
                .new_tree(&mut runner)
                .map_err(|reason| reason.to_string())?
                .current();
            compare_doubts(&tested, &oracle, &asked)
                .map_err(|difference| format!("{difference}\nasked: {asked:?}\nafter: {steps:#?}"))?;
            let articles = search(&oracle, "").total;
            agreed.questions += 1;
            agreed.selective += u32::from(total > 0 && total < articles);
        }
    }
    Ok(agreed)
}

/// Every article reads the same, with what was corrected in it.
fn same_articles(tested: &Archive, oracle: &Archive) -> Result<(), String> {
    for id in random::ids() {
        let read = |archive: &Archive| {
            let stored = archive.article(&id).map_err(|error| error.to_string())?;
            Ok::<_, String>(stored.map(|stored| (stored.article, stored.edits)))
        };
        let (found, expected) = (read(tested)?, read(oracle)?);
        if found != expected {
            return Err(format!("article {found:#?} instead of {expected:#?}"));
        }
    }
    let (log, expected) = (tested.edits(None), oracle.edits(None));
    if log.ok() != expected.ok() {
        return Err("another log of edits".to_owned());
    }
    for actor in random::actors() {
        let names = |archive: &Archive| archive.names_of(&actor.id).map_err(|error| error.to_string());
        let (found, expected) = (names(tested)?, names(oracle)?);
        if found != expected {
            return Err(format!("names of {} {found:?} instead of {expected:?}", actor.id));
        }
    }
    Ok(())
}

/// Every article has the same copies, in hits and by itself.
fn compare_copies(tested: &Archive, oracle: &Archive) -> Result<u32, String> {
    let all = SearchRequest { limit: 1_000, ..SearchRequest::default() };
    let copies = |archive: &Archive| {
        let hits = archive.search(&all).expect("search").hits;
        let copies = hits.into_iter().map(|hit| {
            let stored = archive.article(&hit.id).expect("article").expect("a hit can be read");
            assert_eq!(hit.copies, stored.copies, "a hit and its article have the same copies");
            (hit.id.to_string(), stored.copies)
        });
        copies.collect::<Vec<_>>()
    };
    let (found, expected) = (copies(tested), copies(oracle));
    if found != expected {
        return Err(format!("copies {found:#?} instead of {expected:#?}"));
    }
    Ok(u32::try_from(found.iter().map(|(_, copies)| copies.len()).sum::<usize>()).unwrap_or(u32::MAX))
}

fn compare_doubts(tested: &Archive, oracle: &Archive, request: &DoubtsRequest) -> Result<(), String> {
    let (found, expected) =
        (tested.doubts(request).expect("doubts"), oracle.doubts(request).expect("doubts"));
    if found != expected {
        return Err(format!("doubts {found:#?} instead of {expected:#?}"));
    }
    Ok(())
}

fn compare(tested: &Archive, oracle: &Archive, request: &SearchRequest) -> Result<u64, String> {
    let (mut found, answer) = all_pages(tested, request);
    let (mut expected, truth) = all_pages(oracle, request);
    if answer.total != truth.total {
        return Err(format!("total {} instead of {}", answer.total, truth.total));
    }
    if answer.sort == Sort::Relevance {
        // Only one of the two ranks by the statistics of an index.
        found.sort();
        expected.sort();
    }
    if found != expected {
        return Err(format!("hits {found:?} instead of {expected:?}"));
    }
    for facet in Facet::ALL {
        let counted = |answer: &SearchResponse| {
            let mut counts: Vec<_> = answer.facets[&facet]
                .iter()
                .map(|count| {
                    let spelled = matches!(facet, Facet::Author | Facet::Source) && count.value != NONE;
                    // Of several spellings of one name each backend may show another.
                    let value = if spelled { spelling_key(&count.value) } else { count.value.clone() };
                    (value, count.count, count.included, count.excluded)
                })
                .collect();
            counts.sort();
            counts
        };
        if counted(&answer) != counted(&truth) {
            return Err(format!("{facet} {:?} instead of {:?}", counted(&answer), counted(&truth)));
        }
    }
    if answer.actor_kinds != truth.actor_kinds {
        return Err(format!("kinds {:?} instead of {:?}", answer.actor_kinds, truth.actor_kinds));
    }
    Ok(truth.total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actor::ActorId;
    use crate::authority::{Authority, Decided, Decision, Entry, Logged};
    use crate::backend::{About, NameCount, Named, NewEntry, Result, StoredArticle, Writer};
    use crate::doubts::Doubts;
    use crate::edit::{Edit, Edited};
    use crate::language::Language;
    use crate::query::Query;

    fn memory(registry: Arc<Registry>) -> Subject {
        Subject { backend: Arc::new(Memory::new(registry)), keep: Box::new(()) }
    }

    #[test]
    fn the_memory_backend_keeps_every_promise() {
        promises(&memory);
    }

    #[test]
    fn at_least_half_of_the_questions_tell_articles_apart() {
        let agreed = agreement(&memory, 40).unwrap();
        assert!(agreed.selective * 2 >= agreed.questions, "{agreed:?}");
        assert!(agreed.copies > 25, "{agreed:?}");
    }

    #[derive(Clone, Copy, Debug)]
    enum Fault {
        DropsAPosting,
        CountsAnArticleTwice,
        IgnoresNot,
        ForgetsAnUndo,
        ForgetsAMerge,
    }

    /// A memory backend with a fault planted in it.
    struct Faulty {
        memory: Memory,
        fault: Fault,
    }

    fn without_not(query: &Query) -> Query {
        match query {
            Query::Not(_) => Query::All,
            Query::And(parts) => Query::And(parts.iter().map(without_not).collect()),
            Query::Or(parts) => Query::Or(parts.iter().map(without_not).collect()),
            other => other.clone(),
        }
    }

    impl Backend for Faulty {
        fn search(&self, query: &Query, request: &SearchRequest) -> Result<SearchResponse> {
            match self.fault {
                Fault::IgnoresNot => self.memory.search(&without_not(query), request),
                Fault::DropsAPosting | Fault::ForgetsAnUndo | Fault::ForgetsAMerge => {
                    self.memory.search(query, request)
                }
                Fault::CountsAnArticleTwice => {
                    let mut response = self.memory.search(query, request)?;
                    let years = response.facets.entry(Facet::Year).or_default();
                    if let Some(count) = years.iter_mut().find(|count| count.count > 1) {
                        count.count += 1;
                    }
                    Ok(response)
                }
            }
        }

        fn article(&self, id: &ArticleId) -> Result<Option<StoredArticle>> {
            self.memory.article(id)
        }

        fn languages(&self) -> Result<Vec<Language>> {
            self.memory.languages()
        }

        fn writer(&self) -> Result<Box<dyn Writer + '_>> {
            Ok(Box::new(FaultyWriter { writer: self.memory.writer()?, fault: self.fault }))
        }

        fn edit(&self, edits: &[Edit]) -> Result<Edited> {
            let forgetful = matches!(self.fault, Fault::ForgetsAnUndo);
            let kept: Vec<_> = edits.iter().filter(|edit| !forgetful || edit.value.is_some()).collect();
            self.memory.edit(&kept.into_iter().cloned().collect::<Vec<_>>())
        }

        fn edits(&self, of: Option<&ArticleId>) -> Result<Vec<Edit>> {
            self.memory.edits(of)
        }

        fn decide(&self, entries: &[NewEntry]) -> Result<Decided> {
            let forgetful = matches!(self.fault, Fault::ForgetsAMerge);
            let merges = |entry: &&NewEntry| matches!(entry.entry, Entry::Decision(Decision::Merge { .. }));
            let kept = entries.iter().filter(|entry| !forgetful || !merges(entry));
            self.memory.decide(&kept.cloned().collect::<Vec<_>>())
        }

        fn decisions(&self) -> Result<Vec<Logged>> {
            self.memory.decisions()
        }

        fn authority(&self) -> Result<Arc<Authority>> {
            self.memory.authority()
        }

        fn pin(&self, list: &Arc<Registry>, who: &str, at: &str) -> Result<bool> {
            self.memory.pin(list, who, at)
        }
        fn named(&self) -> Result<Named> {
            self.memory.named()
        }
        fn names_of(&self, actor: &ActorId) -> Result<Vec<NameCount>> {
            self.memory.names_of(actor)
        }

        fn reread(&self, articles: &[ArticleId], recognise: &mut dyn FnMut(&mut Article)) -> Result<u64> {
            self.memory.reread(articles, recognise)
        }

        fn ids_like(&self, typed: &str) -> Result<Vec<(ArticleId, String)>> {
            self.memory.ids_like(typed)
        }

        fn doubts(&self, request: &DoubtsRequest) -> Result<Doubts> {
            self.memory.doubts(request)
        }

        fn about(&self) -> Result<About> {
            self.memory.about()
        }

        fn set_title(&self, title: &str) -> Result<()> {
            self.memory.set_title(title)
        }
    }

    struct FaultyWriter<'f> {
        writer: Box<dyn Writer + 'f>,
        fault: Fault,
    }

    impl Writer for FaultyWriter<'_> {
        fn put(&mut self, mut article: Article) -> Result<()> {
            // The last word of one article in eight is not indexed.
            if matches!(self.fault, Fault::DropsAPosting) && article.text.len().is_multiple_of(8) {
                let last = article.text.trim_end().rfind(' ').unwrap_or(0);
                article.text.truncate(last);
            }
            self.writer.put(article)
        }

        fn delete(&mut self, id: &ArticleId) -> Result<bool> {
            self.writer.delete(id)
        }

        fn commit(&mut self) -> Result<u64> {
            self.writer.commit()
        }

        fn publish(&mut self) -> Result<()> {
            self.writer.publish()
        }
    }

    #[test]
    fn each_planted_fault_is_found() {
        for fault in [
            Fault::DropsAPosting,
            Fault::CountsAnArticleTwice,
            Fault::IgnoresNot,
            Fault::ForgetsAnUndo,
            Fault::ForgetsAMerge,
        ] {
            let faulty = |registry| Subject {
                backend: Arc::new(Faulty { memory: Memory::new(registry), fault }),
                keep: Box::new(()),
            };
            assert!(agreement(&faulty, 80).is_err(), "{fault:?} is not found");
        }
    }
}
