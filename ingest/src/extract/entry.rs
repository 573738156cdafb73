//! An entry of a feed becomes an article.

use dateline_index::article::{Byline, DoubtKind, Source};
use dateline_index::published::{PartialDate, Published};

use super::blocks::{self, Piece};
use super::body::{shown, words};
use super::candidate::{Candidate, Found, evidence};
use super::lists::FEED_CLOSINGS;
use super::text::{bare, fold, plain, squeeze, word_count};
use super::written::Order;
use super::{Draft, Outcome, Rules, address, byline, date, edges, furniture};
use crate::raw::Entry;

/// A summary has fewer words; what is longer is the article, wherever the feed keeps it.
const SUMMARY: usize = 120;

/// Extracts an entry.
pub(super) fn extract(entry: Entry, rules: &Rules) -> Outcome {
    let title = plain(&entry.title);
    let mut draft = Draft::default();
    let text = Text::of(&entry, &title);
    if text.pieces.is_empty() && title.is_empty() {
        return Outcome::NotArticle("the entry has neither title nor text".into(), Box::default());
    }
    if let Some(reason) = text.doubt() {
        draft.doubt(DoubtKind::TextShort, "text", reason);
    }
    date_it(&mut draft, &entry, rules);
    draft.bylines = authors(&entry, &mut draft);
    place_it(&mut draft, &entry, title);
    take_text(&mut draft, text);
    draft.language_by(entry.language.as_deref(), Found::Feed);
    Outcome::Draft(Box::new(draft))
}

/// Sets title, topics, address and outlet.
fn place_it(draft: &mut Draft, entry: &Entry, title: String) {
    const WHY: &str = "the feed says so";
    let titles = offers(Some(title).filter(|title| !title.is_empty()), "title");
    draft.title = draft.settle("title", &titles, (chosen(&titles), WHY), String::clone).unwrap_or_default();
    let lists = offers(Some(tags(entry)).filter(|tags| !tags.is_empty()), "category");
    let tags = draft.settle("tags", &lists, (chosen(&lists), WHY), |tags| tags.join("; "));
    draft.tags = tags.unwrap_or_default();
    let urls = offers(entry.url.as_deref().and_then(address::clean), "link");
    let url = draft.settle("url", &urls, (chosen(&urls), WHY), ToString::to_string);
    let domain = url.as_ref().and_then(address::domain);
    let feed = entry.feed.as_deref().map(plain).filter(|name| !name.is_empty());
    let site = domain.clone().map(|domain| Candidate::new(domain, Found::Url, "host of its link"));
    let names: Vec<_> = offers(feed, "title of the feed").into_iter().chain(site).collect();
    let choice = (chosen(&names), "the feed's title, else the site");
    draft.source = draft.settle("source", &names, choice, String::clone).map(|name| Source { name, domain });
    draft.identity = address::identity(url.as_ref());
    draft.url = url.map(|url| url.to_string());
}

/// Sets text and standfirst.
fn take_text(draft: &mut Draft, text: Text) {
    let standfirsts = offers(text.standfirst, "summary");
    let choice = (chosen(&standfirsts), "a summary beside the text");
    draft.standfirst = draft.settle("standfirst", &standfirsts, choice, String::clone);
    let texts = offers(Some(shown(&text.pieces)), if text.is_content { "content" } else { "summary" });
    let choice = ((!text.pieces.is_empty()).then_some(0), "the longer of the entry's texts");
    draft.settle("text", &texts, choice, String::clone);
    (draft.text, draft.blocks) = blocks::join(&text.pieces);
}

fn offers<T>(value: Option<T>, place: &'static str) -> Vec<Candidate<T>> {
    value.map(|value| offer(value, place)).into_iter().collect()
}

fn offer<T>(value: T, place: &'static str) -> Candidate<T> {
    Candidate::new(value, Found::Feed, place)
}

fn chosen<T>(candidates: &[Candidate<T>]) -> Option<usize> {
    (!candidates.is_empty()).then_some(0)
}

/// The topics, each once: exports give categories and tags of one name.
fn tags(entry: &Entry) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in entry.tags.iter().map(|tag| plain(tag)).filter(|tag| !tag.is_empty()) {
        if !tags.iter().any(|known| fold(known) == fold(&tag)) {
            tags.push(tag);
        }
    }
    tags
}

/// Sets the dates. Feeds that know only when an entry was last changed give that.
fn date_it(draft: &mut Draft, entry: &Entry, rules: &Rules) {
    let read = |text: &Option<String>, place: &'static str| {
        let date = date::read(text.as_deref()?, Order::DayFirst)?;
        Some(offer(date, place))
    };
    let published: Vec<_> = read(&entry.published, "published").into_iter().collect();
    let updated: Vec<_> = read(&entry.updated, "updated").into_iter().collect();
    let choose = |dates: &[Candidate<PartialDate>]| date::choose(dates, rules.latest);
    draft.published = choose(&published);
    let changed = choose(&updated);
    match (&draft.published, changed) {
        (None, Some(changed)) => {
            let reason = "The feed states only when the entry was last changed.";
            draft.doubt(DoubtKind::DateWeak, "published", reason);
            draft.published = Some(changed);
        }
        (Some(published), Some(changed)) if is_later(&changed, published) => draft.updated = Some(changed),
        _ => {}
    }
    if draft.published.is_none()
        && let Some(stated) = entry.published.as_ref().or(entry.updated.as_ref())
    {
        let reason = format!("{stated:?} cannot be a date of publication");
        draft.doubt(DoubtKind::DateImpossible, "published", reason);
    }
    if !updated.is_empty() {
        let chosen = draft.updated.is_some().then_some(0);
        let why = "the feed says that it was changed then";
        draft.evidence.push(evidence("updated", &updated, chosen, why, ToString::to_string));
    }
    let dates = [published, updated].concat();
    let place = dates
        .iter()
        .position(|date| draft.published.as_ref().is_some_and(|published| published.date == date.value));
    let why = "the feed's date of publication, else of the last change";
    draft.evidence.push(evidence("published", &dates, place, why, ToString::to_string));
}

fn is_later(changed: &Published, published: &Published) -> bool {
    changed.date.sort_key() > published.date.sort_key()
}

/// The names of who signed an entry. Feeds put their own name where nobody signed.
fn authors(entry: &Entry, draft: &mut Draft) -> Vec<Byline> {
    let feed = entry.feed.as_deref().map(bare).unwrap_or_default();
    let mut names: Vec<String> = Vec::new();
    for name in entry.authors.iter().flat_map(|text| byline::names_in(&in_brackets(text), false)) {
        let is_feed =
            !feed.is_empty() && (bare(&name) == feed || feed.starts_with(&format!("{} ", bare(&name))));
        if !is_feed && !names.contains(&name) {
            names.push(name);
        }
    }
    let offers = offers(Some(names).filter(|names| !names.is_empty()), "author");
    let choice = (chosen(&offers), "the feed says so; its own name is no author");
    let names = draft.settle("authors", &offers, choice, |names| names.join("; "));
    names.unwrap_or_default().into_iter().map(Byline).collect()
}

/// "desk@paper.example (Jane Doe)" is how RSS writes a name: an address with the name in brackets.
fn in_brackets(text: &str) -> String {
    let inside = text.split_once('(').and_then(|(before, rest)| {
        let is_address = before.contains('@') && !before.trim().contains(' ');
        is_address.then(|| rest.trim_end().trim_end_matches(')'))
    });
    inside.unwrap_or(text).to_owned()
}

/// The text of an entry and how much of it the feed holds.
struct Text {
    pieces: Vec<Piece>,
    standfirst: Option<String>,
    /// Whether it is the entry's content, and not its summary.
    is_content: bool,
    is_summary: bool,
    is_cut: bool,
}

impl Text {
    fn of(entry: &Entry, title: &str) -> Self {
        let read = |markup: &Option<String>| {
            markup.as_deref().map(|markup| pieces_of(markup, title)).unwrap_or_default()
        };
        let (content, summary) = (read(&entry.content), read(&entry.summary));
        let has_content = words(&content) > words(&summary);
        let standfirst = summary_line(&summary).filter(|line| has_content && !begins_with(&content, line));
        let mut pieces = if has_content { content } else { summary };
        let is_cut = pieces.last().is_some_and(|last| is_cut_off(&last.text));
        edges::mark_headings(&mut pieces);
        let is_summary = !has_content && words(&pieces) < SUMMARY;
        Self { is_summary, is_content: has_content, pieces, standfirst, is_cut }
    }

    fn doubt(&self) -> Option<&'static str> {
        match (self.pieces.is_empty(), self.is_summary, self.is_cut) {
            (true, _, _) => Some("The feed holds a headline only."),
            (_, true, _) => Some("The feed holds a summary only."),
            (_, _, true) => Some("The feed holds the beginning of the text only."),
            _ => None,
        }
    }
}

fn pieces_of(markup: &str, title: &str) -> Vec<Piece> {
    let mut pieces = furniture::strip(blocks::pieces(markup));
    while pieces.last().is_some_and(|last| is_closing(&last.text)) {
        pieces.pop();
    }
    edges::trim(pieces, title)
}

/// "The post … appeared first on …": what a site's software adds.
fn is_closing(text: &str) -> bool {
    const LONGEST: usize = 60;
    let folded = fold(&squeeze(text));
    let closes = |phrase: &&str| match phrase.split_once('…') {
        Some((opening, middle)) => {
            folded.strip_prefix(opening.trim()).is_some_and(|rest| rest.contains(middle.trim()))
        }
        None => folded.contains(*phrase),
    };
    word_count(&folded) <= LONGEST && FEED_CLOSINGS.iter().any(closes)
}

fn is_cut_off(text: &str) -> bool {
    ["…", "...", "[…]", "[...]", "[ … ]"].iter().any(|end| text.trim_end().ends_with(end))
}

/// A summary that can stand under a headline.
fn summary_line(pieces: &[Piece]) -> Option<String> {
    let [only] = pieces else { return None };
    (word_count(&only.text) < SUMMARY && !is_cut_off(&only.text)).then(|| squeeze(&only.text))
}

fn begins_with(pieces: &[Piece], line: &str) -> bool {
    let line = bare(line);
    pieces.iter().take(2).any(|piece| bare(&piece.text).starts_with(&line))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(entry: Entry) -> Draft {
        match extract(entry, &Rules::default()) {
            Outcome::Draft(draft) => *draft,
            Outcome::NotArticle(reason, _) | Outcome::Skipped(reason) | Outcome::Failed(reason) => {
                panic!("{reason}")
            }
        }
    }

    fn entry() -> Entry {
        let paragraph = "The two sides met for the third time this month and agreed on little but the date of the next talks. ";
        Entry {
            id: "tag:paper.test,2024:7".into(),
            url: Some("https://paper.test/world/talks?utm_source=rss".into()),
            title: "Talks end &amp; nobody is <i>pleased</i>".into(),
            authors: vec!["desk@paper.test (Mina Halvorsen)".into(), "Harbour Wire".into()],
            published: Some("Wed, 17 Jan 2024 22:30:00 -0500".into()),
            tags: vec!["Geneva".into(), " ".into()],
            language: Some("en-gb".into()),
            feed: Some("Harbour Wire".into()),
            content: Some(format!(
                "<p>{}</p><h2>What comes then</h2><p>They are to be held in Oslo in June.</p><p>The post Talks end appeared first on Harbour Wire.</p>",
                paragraph.repeat(7)
            )),
            ..Entry::default()
        }
    }

    #[test]
    fn an_entry_with_its_text_is_an_article_of_its_own_day_and_zone() {
        let draft = draft(entry());
        assert_eq!(draft.title, "Talks end & nobody is pleased");
        assert_eq!(draft.published.as_ref().unwrap().date.to_string(), "2024-01-17T22:30:00-05:00");
        assert_eq!(draft.published.as_ref().unwrap().found, "feed");
        assert_eq!(draft.bylines, [Byline("Mina Halvorsen".into())]);
        assert_eq!(draft.source.as_ref().unwrap().name, "Harbour Wire");
        assert_eq!(draft.source.as_ref().unwrap().domain.as_deref(), Some("paper.test"));
        assert_eq!(draft.url.as_deref(), Some("https://paper.test/world/talks"));
        assert_eq!(draft.tags, ["Geneva"]);
        assert!(
            draft.text.ends_with("in Oslo in June.") && draft.text.contains("\n\nWhat comes then\n\n"),
            "{}",
            draft.text
        );
        assert!(draft.doubts.is_empty(), "{:?}", draft.doubts);
    }

    #[test]
    fn a_summary_is_taken_and_said_to_be_one() {
        let summary = Some("<p>Two sides met in Geneva.</p>".to_owned());
        let summed = draft(Entry { content: None, summary: summary.clone(), ..entry() });
        assert_eq!(summed.text, "Two sides met in Geneva.");
        assert_eq!((summed.doubts[0].kind, summed.standfirst.as_deref()), (DoubtKind::TextShort, None));
        let same = draft(Entry { content: summary.clone(), summary: summary.clone(), ..entry() });
        assert_eq!(same.doubts[0].reason, "The feed holds a summary only.");
        let both = draft(Entry { summary, ..entry() });
        assert_eq!(both.standfirst.as_deref(), Some("Two sides met in Geneva."));
        let none = draft(Entry { content: None, ..entry() });
        assert_eq!(none.doubts[0].reason, "The feed holds a headline only.");
    }

    #[test]
    fn a_date_that_cannot_be_is_none_and_one_of_change_is_said_to_be_that() {
        for stated in ["0000-01-01T00:00:00Z", "9999-12-31T00:00:00Z", "soon", "2023-02-30T00:00:00Z"] {
            let draft = draft(Entry { published: Some(stated.into()), ..entry() });
            assert_eq!(draft.published, None, "{stated}");
            assert_eq!(draft.doubts[0].kind, DoubtKind::DateImpossible);
        }
        let changed =
            draft(Entry { published: None, updated: Some("2024-01-18T08:00:00+01:00".into()), ..entry() });
        assert_eq!(changed.published.unwrap().date.to_string(), "2024-01-18T08:00:00+01:00");
        assert_eq!((changed.updated, changed.doubts[0].field.as_str()), (None, "published"));
        let both = draft(Entry { updated: Some("2024-01-19".into()), ..entry() });
        assert_eq!(both.updated.unwrap().date.to_string(), "2024-01-19");
    }
}
