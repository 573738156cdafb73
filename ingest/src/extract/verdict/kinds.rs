//! What pages are that are no article, by their titles and by the words of their addresses.

use std::collections::HashMap;
use std::sync::LazyLock;

use url::{Url, form_urlencoded};

use super::super::lists::lines;
use super::super::text::{fold, word_count};

/// What a page may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Login,
    Search,
    Topic,
    Shop,
    Service,
    Front,
    Index,
}

impl Kind {
    /// The kind of a word of the lists.
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "login" => Self::Login,
            "search" => Self::Search,
            "topic" => Self::Topic,
            "shop" => Self::Shop,
            "service" => Self::Service,
            "front" => Self::Front,
            "index" => Self::Index,
            _ => return None,
        })
    }

    /// The kind as people call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Login => "a page to log in or register on",
            Self::Search => "results of a search",
            Self::Topic => "a list of articles on a topic or by an author",
            Self::Shop => "a page of a shop",
            Self::Service => "a page about the site itself",
            Self::Front => "a front page",
            Self::Index => "a folder of files",
        }
    }
}

type Words = HashMap<String, Kind>;

static TITLES: LazyLock<Words> = LazyLock::new(|| read(include_str!("../../../data/lists/page-titles.txt")));
static PATHS: LazyLock<Words> = LazyLock::new(|| read(include_str!("../../../data/lists/page-paths.txt")));

fn read(file: &str) -> Words {
    let kinds = lines(file)
        .filter_map(|(_, line)| line.split_once(' '))
        .filter_map(|(kind, words)| Some((Kind::of(kind)?, words)));
    kinds.flat_map(|(kind, words)| words.split('|').map(move |word| (fold(word.trim()), kind))).collect()
}

/// What a title says that its page is: as a whole, or as a short title that goes on after it.
pub(super) fn by_title(title: &str) -> Option<Kind> {
    const LONGEST: usize = 6;
    let folded = fold(title);
    // Trimmed when it is folded: a mark that only directs letters may hide a space at the edge.
    let folded = folded.trim();
    if let Some(kind) = TITLES.get(folded.trim_matches(|c: char| !c.is_alphanumeric() && c != '/')) {
        return Some(*kind);
    }
    if word_count(title) > LONGEST {
        return None;
    }
    let ends: Vec<usize> =
        folded.match_indices([' ', ':', '"', '\'', '«', '“']).map(|(end, _)| end).collect();
    ends.into_iter().rev().find_map(|end| {
        let (opening, rest) = folded.split_at(end);
        let (opening, rest) = (opening.trim(), rest.trim_start());
        // A single word may open any headline; a colon after it, or a quotation mark, and it is a label.
        let is_label = opening.contains(' ') || rest.starts_with([':', '"', '«', '“', '|']);
        TITLES.get(opening).copied().filter(|_| is_label)
    })
}

/// What an address says that its page is.
pub(super) fn by_path(url: &Url) -> Option<Kind> {
    if names_an_article(url) {
        return None;
    }
    let parts: Vec<&str> = url.path().split('/').filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        return url.query().is_none().then_some(Kind::Front);
    }
    if parts.iter().all(|part| part.parse::<u16>().is_ok()) {
        return Some(Kind::Topic);
    }
    let kind = parts.iter().find_map(|part| PATHS.get(fold(&decoded(part)).as_str()).copied());
    // "index.php?id=7" is any page.
    kind.filter(|kind| *kind != Kind::Front || url.query().is_none())
}

/// Whether an address looks like that of an article: a headline in it, or a number or a day.
pub(super) fn names_an_article(url: &Url) -> bool {
    const JOINED_WORDS: usize = 3;
    const FIGURES: usize = 5;
    let parts: Vec<String> = url.path().split('/').filter(|part| !part.is_empty()).map(decoded).collect();
    let is_calendar = !parts.is_empty() && parts.iter().all(|part| part.parse::<u16>().is_ok());
    let joints = parts.last().map_or(0, |last| last.matches(['-', '_']).count());
    let figures: usize = parts.iter().map(|part| part.bytes().filter(u8::is_ascii_digit).count()).sum();
    !is_calendar && (joints >= JOINED_WORDS || figures >= FIGURES)
}

/// A part of a path as people read it.
fn decoded(part: &str) -> String {
    form_urlencoded::parse(part.as_bytes()).map(|(name, _)| name.into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_lists_names_a_kind() {
        for file in [
            include_str!("../../../data/lists/page-titles.txt"),
            include_str!("../../../data/lists/page-paths.txt"),
        ] {
            for (language, line) in lines(file) {
                let kind = line.split_once(' ').and_then(|(kind, _)| Kind::of(kind));
                assert!(kind.is_some(), "[{language}] {line}");
            }
        }
    }

    #[test]
    fn a_headline_that_opens_with_the_word_of_a_list_is_none_of_it() {
        for (title, kind) in [
            ("Search results for \"harbour\"", Some(Kind::Search)),
            ("Anmelden", Some(Kind::Login)),
            ("Tag: harbour", Some(Kind::Topic)),
            ("Контакты", Some(Kind::Service)),
            ("Index of /news/2019", Some(Kind::Index)),
            ("\u{200f} محمد رضا: گفتگو", None),
            ("\u{200f} Tag: harbour", Some(Kind::Topic)),
            ("Contact lost with trawler", None),
            ("Home Office loses a case", None),
            ("Search for survivors goes on after the ferry sank off the coast", None),
        ] {
            assert_eq!(by_title(title), kind, "{title}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_title_of_any_letters_is_judged(title in "[\u{200f}\u{301} :\"«“éم|aTag]{0,24}|\\PC{0,24}") {
            by_title(&title);
        }
    }

    #[test]
    fn an_address_says_what_its_page_is_unless_it_names_an_article() {
        for (address, kind) in [
            ("https://paper.example/", Some(Kind::Front)),
            ("https://paper.example/tag/harbour", Some(Kind::Topic)),
            ("https://paper.example/2019/05/", Some(Kind::Topic)),
            ("https://paper.example/author/mina-halvorsen/", Some(Kind::Topic)),
            ("https://paper.example/%D9%88%D8%B3%D9%85/x", Some(Kind::Topic)),
            ("https://paper.example/search/harbour-closed-for-a-day", None),
            ("https://paper.example/archives/123456", None),
            ("https://paper.example/world", None),
        ] {
            assert_eq!(by_path(&Url::parse(address).unwrap()), kind, "{address}");
        }
    }
}
