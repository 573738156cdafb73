//! Where a field was found: the words that articles keep, and what people read for them.

/// The word for what a person said.
pub const PERSON: &str = "person";

/// The word for any place that is not listed.
const ELSEWHERE: &str = "elsewhere";

/// Words and labels. A word's place in this list is its number in the index: new ones go to the end.
const PLACES: [(&str, &str); 16] = [
    (ELSEWHERE, "elsewhere"),
    ("json-ld", "in the page’s JSON-LD"),
    ("meta", "in the page’s meta tags"),
    ("microdata", "in the page’s microdata"),
    ("time", "in a time that the page marks as such"),
    ("byline", "beside the headline"),
    ("heading", "in the page’s heading"),
    ("title", "in the title of the page’s window"),
    ("url", "in the page’s address"),
    ("text", "in the text"),
    ("search", "found by a search through the whole page"),
    ("feed", "in the feed"),
    ("record", "in the record"),
    (PERSON, "corrected by a person"),
    ("label", "given when it was added"),
    ("script", "in the page’s scripts"),
];

/// The listed words.
#[must_use]
pub fn words() -> Vec<&'static str> {
    PLACES.iter().map(|(word, _)| *word).collect()
}

/// What people read for such a word; one that is not listed is shown as it is.
#[must_use]
pub fn label(word: &str) -> &str {
    PLACES.iter().find(|(known, _)| *known == word).map_or(word, |(_, label)| label)
}

/// The word as facets know it: those that are not listed are one, `elsewhere`; an empty one is none.
#[must_use]
pub fn listed(word: &str) -> Option<&'static str> {
    let known = PLACES.iter().find(|(known, _)| *known == word).map(|(known, _)| *known);
    known.or((!word.is_empty()).then_some(ELSEWHERE))
}

/// The number of a listed word, from 1 on.
#[must_use]
pub fn number(word: &str) -> Option<u32> {
    let place = PLACES.iter().position(|(known, _)| *known == word)?;
    u32::try_from(place + 1).ok()
}

/// The listed word of a number.
#[must_use]
pub fn of_number(number: u32) -> Option<&'static str> {
    let place = usize::try_from(number.checked_sub(1)?).ok()?;
    PLACES.get(place).map(|(word, _)| *word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_one_number_and_what_is_not_listed_is_elsewhere() {
        for (word, _) in PLACES {
            assert_eq!(number(word).and_then(of_number), Some(word));
        }
        assert_eq!((of_number(0), of_number(99), number("ouija")), (None, None, None));
        assert_eq!((listed("ouija"), listed(""), listed("meta")), (Some("elsewhere"), None, Some("meta")));
    }
}
