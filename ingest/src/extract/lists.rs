//! What pages call things, as data: `ingest/data/lists` holds a file a list, a section a language.
//!
//! A file's lines are entries as people write them; they are folded (lower case, no accents; see
//! `text::fold`) when they are read, and compared folded. `#` opens a remark, `[de]` the entries of a
//! language, `[*]` those of no language.

use std::ops::Deref;
use std::sync::LazyLock;

use scraper::node::Element;

use super::page::attribute;

use super::text::fold;

/// Types of schema.org that describe an article.
pub(super) const ARTICLE_TYPES: &[&str] = &[
    "AdvertiserContentArticle",
    "AnalysisNewsArticle",
    "Article",
    "AskPublicNewsArticle",
    "BackgroundNewsArticle",
    "BlogPosting",
    "LiveBlogPosting",
    "NewsArticle",
    "OpinionNewsArticle",
    "Report",
    "ReportageNewsArticle",
    "ReviewNewsArticle",
    "SatiricalArticle",
    "ScholarlyArticle",
    "SocialMediaPosting",
    "TechArticle",
];

/// Parts of a page that speak of something else than its article: comments, other stories, the
/// site itself. No field is read from them.
pub(super) const APART: &str = include_str!("../../data/lists/apart.css");

/// What programs that ask for consent to cookies put into a page.
pub(super) const CONSENT: &str = include_str!("../../data/lists/consent.css");

/// Furniture that is cut out of a page before its text is looked for.
pub(super) const CUT: &str = include_str!("../../data/lists/cut.css");

/// A list of words or phrases: folded, sorted, each once.
#[derive(Debug)]
pub(super) struct List(Vec<&'static str>);

impl List {
    fn read(file: &str) -> Self {
        let mut entries: Vec<&'static str> = lines(file).map(|(_, line)| &*fold(line).leak()).collect();
        entries.sort_unstable();
        entries.dedup();
        Self(entries)
    }
}

impl Deref for List {
    type Target = [&'static str];

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

/// The entries of a file, each with the language of its section.
pub(crate) fn lines(file: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut language = "*";
    file.lines().map(str::trim).filter_map(move |line| {
        if let Some(section) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            language = section;
            return None;
        }
        (!line.is_empty() && !line.starts_with('#')).then_some((language, line))
    })
}

/// A list of `ingest/data/lists`, read when it is first asked for.
macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident = $file:literal;)*) => {
        $(
            $(#[$doc])*
            pub(super) static $name: LazyLock<List> =
                LazyLock::new(|| List::read(include_str!(concat!("../../data/lists/", $file, ".txt"))));
        )*

        /// Each list with its name.
        #[cfg(test)]
        const ALL: &[(&str, &str)] =
            &[$(($file, include_str!(concat!("../../data/lists/", $file, ".txt"))),)*];
    };
}

lists! {
    /// Words of an address that only say where a reader came from.
    TRACKING = "tracking";
    /// What stands before the name in a byline, longest first within a language.
    BYLINE_LABELS = "byline-labels";
    /// Labels of the list above that may stand alone before a name in a line of text: the others
    /// ("de", "van", "af") open ordinary names or sentences.
    BYLINE_OPENERS = "byline-openers";
    /// Words between two names.
    AND = "and";
    /// What is not somebody's name, though pages give it as an author.
    NOBODY = "nobody";
    /// Agencies that are named with one word.
    AGENCIES = "agencies";
    /// What opens a line about somebody who did other work on an article.
    OTHER_WORK = "other-work";
    /// What a person is called before a name; it goes.
    HONORIFICS = "honorifics";
    /// Words that open what follows a name but is none: his work, his place. Folded and.
    ROLES = "roles";
    /// Words before somebody's work that say how high or of what sort it is.
    ROLE_RANKS = "role-ranks";
    /// Words after a full name that begin what is no name.
    NAME_ENDS = "name-ends";
    /// Desks that sign without a name: an author only where readers see it as a byline.
    DESKS = "desks";
    /// Words in the name of an organisation.
    ORGANISATIONS = "organisations";
    /// Lines that are the page's and not the article's, without end punctuation.
    FURNITURE_LINES = "furniture-lines";
    /// What stands over the titles of other stories.
    RELATED_HEADINGS = "related-headings";
    /// What a short line says that asks readers to pay or to log in.
    PAYWALL_PHRASES = "paywall-phrases";
    /// How lines begin that are the page's and not the article's. Such a line is
    /// furniture while it is short.
    FURNITURE_OPENERS = "furniture-openers";
    /// What a page says that asks for consent in place of its text.
    CONSENT_PHRASES = "consent-phrases";
    /// What opens the credit at the end of a caption.
    CREDIT_OPENERS = "credit-openers";
    /// What stands in the brackets at the end of a caption beside the words for a picture.
    CREDIT_WORDS = "credit-words";
    /// Words for a picture, and agencies that deal in nothing else.
    PICTURE_WORDS = "picture-words";
    /// What opens the source of a picture or a figure at the end of its caption.
    SOURCE_OPENERS = "source-openers";
    /// How pages say how long a text takes to read; 5 stands for any number.
    READING_TIMES = "reading-times";
    /// What a line above a text says where it gives the time of reading without saying so.
    MINUTES = "minutes";
    /// What a notice of rights says.
    RIGHTS = "rights";
    /// Small words inside names.
    NAME_PARTICLES = "name-particles";
    /// What people who write for newspapers are or do.
    OCCUPATIONS = "occupations";
    /// The word after the name in an author's note.
    NOTE_VERBS = "note-verbs";
    /// How a line begins that says where to follow an author.
    FOLLOW_OPENERS = "follow-openers";
    /// What a mail program writes above a mail that is sent on, and before its subject.
    FORWARD_MARKERS = "forward-markers";
    /// Words in the names of sections.
    SECTION_WORDS = "section-words";
    /// Words in the names of newspapers.
    OUTLET_WORDS = "outlet-words";
    /// Titles that say that a page is an error; they stand at the start of the title.
    ERROR_TITLES = "error-titles";
    /// Labels before a date that say that it is not the first one.
    UPDATE_LABELS = "update-labels";
    /// What a site's software adds at the end of a feed's entry: opening, …, what follows.
    FEED_CLOSINGS = "feed-closings";
    /// Words in a date line beside the date: they may stand there and say nothing more.
    DATE_LABELS = "date-labels";
    /// What links to a front page say that is no name.
    HOME_LABELS = "home-labels";
    /// What pages give as a section or a tag that tells nothing about the article.
    NO_SECTIONS = "no-sections";
    /// What stands before a topic in tags that are pairs.
    TAG_KEYS = "tag-keys";
    /// Words of an address that lists what was written on a topic.
    TAG_PATHS = "tag-paths";
    /// Parts of class names of the lines under a headline.
    STANDFIRST_MARKS = "standfirst-marks";
    /// What a company's name ends with.
    COMPANY_FORMS = "company-forms";
    /// Parts of class names of what stands over or under a headline inside its element.
    KICKER_MARKS = "kicker-marks";
    /// Labels before a date that say that it is the one of publication.
    PUBLICATION_LABELS = "publication-labels";
    /// Words between the parts of a written date, and endings of numbers.
    DATE_JOINERS = "date-joiners";
    /// Words between a day and the time of day.
    TIME_JOINERS = "time-joiners";
    /// Names of parts that show other stories, where they stand apart from the headline.
    OTHER_PARTS = "other-parts";
    /// Names of parts in which readers write, or that show other stories even beside the headline.
    NEVER_PARTS = "never-parts";
    /// Names of parts beside an article.
    BESIDE_PARTS = "beside-parts";
    /// Names of parts whose bylines are those of readers or of other stories.
    OTHER_BYLINES = "other-bylines";
    /// Names of parts that hold a picture and what stands under it.
    PICTURE_PARTS = "picture-parts";
    /// What stands in place of something from another site until a reader agrees to load it.
    EMBED_PHRASES = "embed-phrases";
    /// Words in the names of what stands under a picture.
    CAPTION_PARTS = "caption-parts";
    /// Names of parts that hold dates.
    DATED_PARTS = "dated-parts";
    /// Ends of hosts that tell no country where the day is written first.
    MONTH_FIRST_DOMAINS = "month-first-domains";
}

/// Names of zones that mean one distance from UTC only, in minutes, sorted.
pub(super) static ZONES: LazyLock<Vec<(&str, i16)>> = LazyLock::new(|| {
    let file = include_str!("../../data/lists/zones.txt");
    let zone = |(_, line): (&str, &str)| -> Option<(&'static str, i16)> {
        let (name, minutes) = line.split_once(' ')?;
        Some((&*fold(name).leak(), minutes.parse().ok()?))
    };
    let mut zones: Vec<(&str, i16)> = lines(file).filter_map(zone).collect();
    zones.sort_unstable();
    zones
});

/// Whether a folded word or line is in a list.
pub(super) fn listed(list: &List, folded: &str) -> bool {
    list.binary_search(&folded).is_ok()
}

/// Whether the names of an element, its class and id and the like, hold one of these words.
pub(super) fn is_named(element: &Element, words: &[&str]) -> bool {
    let attributes = ["class", "id", "itemprop", "role"].iter().filter_map(|name| attribute(element, name));
    std::iter::once(element.name()).chain(attributes).any(|name| {
        let name = name.to_ascii_lowercase();
        words.iter().any(|word| name.contains(word))
    })
}

/// Whether a folded line begins with an entry of a list that ends there or goes on with no letter.
pub(super) fn opens_with(list: &List, folded: &str) -> Option<&'static str> {
    let opens = |entry: &&&str| {
        folded.strip_prefix(**entry).is_some_and(|rest| {
            let ends_word = entry.ends_with(|c: char| !c.is_alphanumeric());
            ends_word || !rest.starts_with(char::is_alphanumeric)
        })
    };
    // What a line begins with is sorted before it, and shares its first letter.
    let first = folded.as_bytes().first()?;
    let start = list.partition_point(|entry| entry.as_bytes().first() < Some(first));
    let end = list.partition_point(|entry| *entry <= folded);
    list.get(start..end)?.iter().filter(opens).max_by_key(|entry| entry.len()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_hold_each_entry_once_and_know_their_languages() {
        for (name, file) in ALL {
            let mut seen: Vec<(&str, String)> = Vec::new();
            for (language, line) in lines(file) {
                let known =
                    language == "*" || dateline_index::language::Language::from_code(language).is_some();
                assert!(known, "{name}: [{language}] is no language");
                let entry = (language, fold(line));
                assert!(!seen.contains(&entry), "{name}: {line:?} stands twice in [{language}]");
                seen.push(entry);
            }
            assert!(!seen.is_empty(), "{name}");
        }
        assert_eq!(ZONES.len(), lines(include_str!("../../data/lists/zones.txt")).count());
    }
}
