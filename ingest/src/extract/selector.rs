//! A selector, with what an element must have at the least to match it: how an index finds candidates.

use std::ops::Deref;

use regex::Regex;

/// A selector that is compiled once.
macro_rules! selector {
    ($css:expr) => {{
        static SELECTOR: std::sync::LazyLock<$crate::extract::selector::Selector> =
            std::sync::LazyLock::new(|| $crate::extract::selector::Selector::new($css));
        &*SELECTOR
    }};
}
pub(super) use selector;

/// Attributes whose values an index holds: all that selectors ask for.
pub(super) const ATTRIBUTES: [&str; 14] = [
    "aria-label",
    "class",
    "content",
    "href",
    "id",
    "itemprop",
    "itemtype",
    "lang",
    "property",
    "rel",
    "role",
    "type",
    "typeof",
    "value",
];

/// The place of an attribute among [`ATTRIBUTES`].
pub(super) fn place_of(attribute: &str) -> Option<usize> {
    // Nearly all names are told apart by their length.
    ATTRIBUTES.iter().position(|known| known.len() == attribute.len() && *known == attribute)
}

/// A compiled selector.
#[derive(Debug)]
pub(super) struct Selector {
    matcher: scraper::Selector,
    keys: Keys,
}

/// What elements that match have: each of them one of these.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// Nothing that could be looked up: any element may match.
    pub(super) any: bool,
    /// A name.
    pub(super) names: Vec<String>,
    /// An attribute, by its place in [`ATTRIBUTES`], whatever its value.
    pub(super) attributes: Vec<usize>,
    /// An attribute whose value in lower case has a piece that the pattern finds.
    pub(super) values: Vec<(usize, Regex)>,
}

impl Selector {
    /// Compiles a selector of this program, which is well formed.
    pub(super) fn new(css: &str) -> Self {
        let matcher = scraper::Selector::parse(css).expect("the selector is well formed");
        Self { matcher, keys: Keys::of(css) }
    }

    pub(super) fn keys(&self) -> &Keys {
        &self.keys
    }
}

impl Deref for Selector {
    type Target = scraper::Selector;

    fn deref(&self) -> &Self::Target {
        &self.matcher
    }
}

/// The one thing by which the candidates of a selector without commas are looked up, the rarest last.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Any,
    Attribute(usize),
    Name(String),
    /// A piece of an attribute's value in lower case.
    Value(usize, String),
}

impl Keys {
    fn of(css: &str) -> Self {
        let mut keys = Self::default();
        let mut pieces: Vec<(usize, String)> = Vec::new();
        for alternative in split(css, |c| c == ',') {
            // What stands last is the element itself; what stands before it, its surroundings.
            let own = split(alternative.trim(), |c| c.is_whitespace() || ">+~".contains(c)).pop();
            match own.into_iter().flat_map(simple_keys).max().unwrap_or(Key::Any) {
                Key::Any => keys.any = true,
                Key::Attribute(place) => keys.attributes.push(place),
                Key::Name(name) => keys.names.push(name),
                Key::Value(place, piece) => pieces.push((place, regex::escape(&piece))),
            }
        }
        pieces.sort_unstable();
        for of_one in pieces.chunk_by(|one, other| one.0 == other.0) {
            let either: Vec<&str> = of_one.iter().map(|(_, piece)| piece.as_str()).collect();
            let pattern = Regex::new(&either.join("|")).expect("the pieces are escaped");
            keys.values.push((of_one[0].0, pattern));
        }
        keys
    }
}

/// Cuts CSS where a sign stands outside brackets and quotes.
fn split(css: &str, is_sign: impl Fn(char) -> bool) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut depth, mut quote) = (0, 0_usize, None);
    for (place, c) in css.char_indices() {
        match c {
            '\'' | '"' if quote.is_none() => quote = Some(c),
            _ if quote.is_some() => quote = quote.filter(|open| *open != c),
            '[' | '(' => depth += 1,
            ']' | ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 && is_sign(c) => {
                parts.push(&css[start..place]);
                start = place + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&css[start..]);
    parts
}

/// What the simple selectors of one element ask for: "a.author[href]" for three things.
fn simple_keys(compound: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut rest = compound;
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '[' => rest.find(']').map_or(rest.len(), |end| end + 1),
            // What pseudo-classes ask for is left to the matcher.
            ':' => rest.find(')').map_or(rest.len(), |end| end + 1),
            _ => rest[1..].find(['.', '#', '[', ':']).map_or(rest.len(), |end| end + 1),
        };
        let (simple, after) = rest.split_at(end);
        rest = after;
        keys.extend(match first {
            '.' => key_of("class", &simple[1..]),
            '#' => key_of("id", &simple[1..]),
            '[' => attribute_key(simple.trim_matches(['[', ']'])),
            ':' | '*' => None,
            _ => Some(Key::Name(simple.to_owned())),
        });
    }
    keys
}

/// "itemprop~='author' i": the name, and the value if there is one.
fn attribute_key(inside: &str) -> Option<Key> {
    let (name, value) = inside.split_once('=').unwrap_or((inside, ""));
    let value = value.trim();
    let quoted = value.chars().next().filter(|c| "'\"".contains(*c));
    let value = match quoted {
        Some(quote) => value[1..].split(quote).next(),
        None => value.split_whitespace().next(),
    };
    key_of(name.trim_end_matches(['~', '|', '^', '$', '*']).trim(), value.unwrap_or_default())
}

fn key_of(attribute: &str, piece: &str) -> Option<Key> {
    let place = place_of(attribute)?;
    Some(match piece {
        "" => Key::Attribute(place),
        piece => Key::Value(place, piece.to_ascii_lowercase()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(css: &str) -> Vec<Key> {
        split(css, |c| c == ',').into_iter().flat_map(|one| simple_keys(one.trim())).collect()
    }

    fn value(attribute: &str, piece: &str) -> Key {
        key_of(attribute, piece).expect("the attribute is indexed")
    }

    #[test]
    fn each_part_of_a_selector_tells_what_it_asks_for() {
        assert_eq!(keys("a"), [Key::Name("a".to_owned())]);
        assert_eq!(keys("p.Lead#x"), [Key::Name("p".to_owned()), value("class", "lead"), value("id", "x")]);
        assert_eq!(keys("[class*='By, Line' i]"), [value("class", "by, line")]);
        assert_eq!(keys("[property=\"og:title\"]"), [value("property", "og:title")]);
        assert_eq!(keys("[rel~=home]"), [value("rel", "home")]);
        assert_eq!(keys("a[href]"), [Key::Name("a".to_owned()), value("href", "")]);
        assert_eq!(keys("script:not([src])"), [Key::Name("script".to_owned())]);
        assert_eq!(keys("*"), []);
    }

    #[test]
    fn the_last_element_of_a_chain_is_looked_up_by_its_rarest_part() {
        let keys = Keys::of(
            "nav > a[href*='/by/'], [class*='byline' i] [class*='Name' i], article [itemprop~='url']",
        );
        assert!(!keys.any && keys.names.is_empty() && keys.attributes.is_empty());
        let shown: Vec<_> =
            keys.values.iter().map(|(place, pattern)| (ATTRIBUTES[*place], pattern.as_str())).collect();
        assert_eq!(shown, [("class", "name"), ("href", "/by/"), ("itemprop", "url")]);
        assert!(Keys::of("a, [data-x]").any, "an attribute that no index holds tells nothing");
        assert!(Keys::of("a, *").any);
    }
}
