//! Text that is printed in capitals throughout, as wires, headlines and old teleprinters have it: which of
//! its words are ordinary ones, and how it would be written otherwise ("truecasing": Lita and others,
//! "tRuEcasIng", 2003; here by words alone).

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use super::words::{Case, Word, fold_word, words};

/// Words that English texts write small (`ingest/data/tagger/make-words`), each with how it is in names.
static SMALL: LazyLock<HashMap<&str, Small>> = LazyLock::new(|| {
    let entries = include_str!("../../data/tagger/words.txt").lines();
    entries
        .map(|line| line.strip_suffix(" *").map_or((line, Small::Always), |word| (word, Small::Alone)))
        .collect()
});

/// When a word is written small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Small {
    Always,
    /// Not beside another word of a name: "the party", "the Liberal Party".
    Alone,
}

/// Fewer words in capitals than these may be a list of acronyms.
const FEWEST: usize = 4;

/// An acronym has at most so many letters, where nothing else tells one.
const ACRONYM: usize = 4;

/// Whether a folded word is an ordinary one.
pub(super) fn is_small(word: &str) -> bool {
    SMALL.get(word) == Some(&Small::Always)
}

/// The text with its paragraphs in capitals written as others are, each byte in its place. Short words that
/// are no ordinary ones stay as they are, for they may be acronyms.
pub(super) fn truecased(text: &str) -> Cow<'_, str> {
    let mut written: Option<String> = None;
    let mut start = 0;
    for paragraph in text.split_inclusive("\n\n") {
        if is_in_capitals(paragraph) {
            let text = written.get_or_insert_with(|| text.to_owned());
            let small = small(paragraph);
            debug_assert_eq!(small.len(), paragraph.len());
            text.replace_range(start..start + paragraph.len(), &small);
        }
        start += paragraph.len();
    }
    written.map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Whether nearly all words of a paragraph are in capitals.
fn is_in_capitals(paragraph: &str) -> bool {
    if paragraph.bytes().filter(u8::is_ascii_lowercase).count() * 10 > paragraph.len() {
        return false;
    }
    let words = words(paragraph);
    let lettered = |word: &&Word| paragraph[word.start..word.end].contains(char::is_alphabetic);
    let capitals =
        words.iter().filter(|word| word.case == Case::Capitals && word.end - word.start > 1).count();
    let others = words.iter().filter(lettered).filter(|word| word.case != Case::Capitals).count();
    capitals >= FEWEST && others * 10 <= capitals
}

fn small(paragraph: &str) -> String {
    let words = words(paragraph);
    let smalls: Vec<_> =
        words.iter().map(|word| SMALL.get(fold_word(slice(paragraph, *word)).as_str())).collect();
    let is_of_name = |place: usize| smalls.get(place).is_some_and(|small| *small != Some(&Small::Always));
    let mut written = String::with_capacity(paragraph.len());
    for (place, word) in words.iter().enumerate() {
        let between = &paragraph[written.len()..word.start];
        written.push_str(between);
        let beside = place > 0 && between == " " && is_of_name(place - 1)
            || words.get(place + 1).is_some_and(|next| &paragraph[word.end..next.start] == " ")
                && is_of_name(place + 1);
        let opens = place == 0 || ends_sentence(paragraph, words[place - 1], between);
        let printed = slice(paragraph, *word);
        match smalls[place] {
            _ if word.case != Case::Capitals => written.push_str(printed),
            Some(Small::Always) if !opens => written.extend(printed.chars().map(lowered)),
            Some(Small::Alone) if !opens && !beside => written.extend(printed.chars().map(lowered)),
            None if printed.chars().count() <= ACRONYM => written.push_str(printed),
            _ => {
                let mut letters = printed.chars();
                written.extend(letters.next());
                written.extend(letters.map(lowered));
            }
        }
    }
    written.push_str(&paragraph[written.len()..]);
    written
}

fn slice(paragraph: &str, word: Word) -> &str {
    &paragraph[word.start..word.end]
}

/// Whether a sentence ends between a word and the next: an initial's dot ends none.
fn ends_sentence(paragraph: &str, before: Word, between: &str) -> bool {
    let stops = between.trim_start_matches([')', ']', '"', '”']).starts_with(['.', '!', '?']);
    stops && between.contains(char::is_whitespace) && slice(paragraph, before).chars().nth(1).is_some()
        || between.contains(['"', '“'])
}

/// The small letter, if it is as long.
fn lowered(letter: char) -> char {
    let mut small = letter.to_lowercase();
    match (small.next(), small.next()) {
        (Some(small), None) if small.len_utf8() == letter.len_utf8() => small,
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_words_become_small_and_names_keep_a_capital() {
        assert_eq!(
            truecased("THE REBELS OF THE FPL KILLED ADELAIDA LIND IN SOYAPANGO. NOBODY WAS HELD."),
            "The rebels of the FPL killed Adelaida LIND in Soyapango. Nobody was held."
        );
        assert_eq!(truecased("ÉLODIE MÜLLER SAID ŞİŞLİ İS THERE"), "Élodie Müller said Şİşlİ İs there");
    }

    #[test]
    fn other_text_stays_as_it_is() {
        for text in ["The UN, the WHO and the IAEA met.", "NATO", "UN, WHO, IMF", "", "Mixed.\n\nBBC\n\nÉ"] {
            assert!(matches!(truecased(text), Cow::Borrowed(_)), "{text}");
        }
        let mixed = truecased("He spoke.\n\nREBELS ATTACK THE TOWN\n\nNATO is silent.");
        assert_eq!(mixed, "He spoke.\n\nRebels attack the town\n\nNATO is silent.");
    }
}
