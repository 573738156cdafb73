//! A field cut into words: what every recogniser looks at.

use dateline_index::actor::Field;
use dateline_index::language::Language;
use dateline_index::registry::fold;

/// A field of an article and its words.
#[derive(Debug)]
pub struct FieldText<'a> {
    /// Which field.
    pub field: Field,
    /// Its text.
    pub text: &'a str,
    /// The article's language, where it is known.
    pub language: Option<Language>,
    /// Its words in order. An apostrophe parts a possessive ("Iran", "s") and a French article
    /// ("l", "Iran"), and nothing else; a hyphen always parts.
    pub words: Vec<Word>,
    /// Whether it is a headline with most of its words capitalised, where a capital says nothing.
    pub title_case: bool,
}

/// A run of letters and digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its first byte in the text.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// How it is written.
    pub case: Case,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// It opens with a small letter, a digit, or a letter of a script without capitals.
    Lower,
    /// It opens with a capital and goes on with small letters.
    Capital,
    /// All its letters are capitals; digits may stand between. A single capital is such a word.
    Capitals,
}

impl<'a> FieldText<'a> {
    /// Cuts a field into words.
    #[must_use]
    pub fn new(field: Field, text: &'a str, language: Option<Language>) -> Self {
        let words = words(text);
        let capitalised = words.iter().filter(|word| word.case != Case::Lower).count();
        let title_case = field == Field::Title && capitalised * 3 >= words.len() * 2 && words.len() > 2;
        Self { field, text, language, words, title_case }
    }

    /// What is printed there.
    #[must_use]
    pub fn slice(&self, word: Word) -> &'a str {
        &self.text[word.start..word.end]
    }

    /// The word of that number in its folded form.
    #[must_use]
    pub fn folded(&self, place: usize) -> String {
        fold_word(self.slice(self.words[place]))
    }

    /// What stands between a word and the one before it.
    #[must_use]
    pub fn gap_before(&self, place: usize) -> &'a str {
        match place {
            0 => &self.text[..self.words.first().map_or(0, |word| word.start)],
            _ => &self.text[self.words[place - 1].end..self.words[place].start],
        }
    }

    /// The word before, if nothing but a space parts the two (or the dot of an initial or a title).
    #[must_use]
    pub fn neighbour_before(&self, place: usize) -> Option<usize> {
        let before = place.checked_sub(1)?;
        let close = match self.gap_before(place) {
            " " | "\n" | "\u{a0}" => true,
            ". " | "." => self.words[before].end - self.words[before].start <= 3,
            _ => false,
        };
        close.then_some(before)
    }

    /// The word after, if nothing but a space parts the two.
    #[must_use]
    pub fn neighbour_after(&self, place: usize) -> Option<usize> {
        let after = place + 1;
        let close = after < self.words.len() && matches!(self.gap_before(after), " " | "\n" | "\u{a0}");
        close.then_some(after)
    }

    /// Whether the words around it are in capitals as well, so that capitals say nothing here.
    #[must_use]
    pub fn is_shouted(&self, first: usize, last: usize) -> bool {
        const AROUND: usize = 4;
        let near = |place: &usize| !self.gap_before(*place).contains("\n\n");
        let after: Vec<_> = (last + 1..self.words.len().min(last + 1 + AROUND)).take_while(near).collect();
        let mut before = Vec::with_capacity(AROUND);
        let mut place = first;
        while place > 0 && near(&place) && before.len() < AROUND {
            place -= 1;
            before.push(place);
        }
        let around = before.into_iter().chain(after).map(|place| self.slice(self.words[place]));
        let mut lettered =
            around.filter(|word| word.len() > 1 && word.contains(char::is_alphabetic)).peekable();
        lettered.peek().is_some() && !lettered.any(|word| word.contains(char::is_lowercase))
    }
}

/// A word in the registry's folded form.
pub(super) fn fold_word(word: &str) -> String {
    if word.is_ascii() && !word.contains('\'') { word.to_ascii_lowercase() } else { fold(word) }
}

/// Cuts text into words.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::with_capacity(text.len() / 6 + 1);
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let length = word_character(text, at);
        if length == 0 {
            at += character_length(text, at);
            continue;
        }
        let start = at;
        at = end_of_word(text, start);
        words.push(Word { start, end: at, case: case_of(&text[start..at]) });
    }
    words
}

fn end_of_word(text: &str, start: usize) -> usize {
    let mut at = start;
    loop {
        let length = word_character(text, at);
        if length > 0 {
            at += length;
            continue;
        }
        match apostrophe(text, at) {
            Some(next) if joins(&text[start..at], &text[next..]) => at = next,
            _ => return at,
        }
    }
}

/// Whether an apostrophe between these two belongs to the word: "Ba'ath", but not "Iran's", "l'Iran".
fn joins(left: &str, right: &str) -> bool {
    if word_character(right, 0) == 0 {
        return false;
    }
    let possessive = right.starts_with(['s', 'S']) && (right.len() == 1 || word_character(right, 1) == 0);
    let elision = left.chars().nth(1).is_none() || left.eq_ignore_ascii_case("qu");
    !possessive && !elision
}

fn apostrophe(text: &str, at: usize) -> Option<usize> {
    let letter = text[at..].chars().next()?;
    matches!(letter, '\'' | '’' | '‘' | '`').then(|| at + letter.len_utf8())
}

/// The length of the character at a place if it belongs to a word, else 0.
fn word_character(text: &str, at: usize) -> usize {
    match text.as_bytes().get(at) {
        None => 0,
        Some(byte) if byte.is_ascii() => usize::from(byte.is_ascii_alphanumeric()),
        Some(_) => text[at..].chars().next().filter(|letter| is_word(*letter)).map_or(0, char::len_utf8),
    }
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric()
        || matches!(letter, '\u{300}'..='\u{36F}' | '\u{64B}'..='\u{652}' | '\u{AD}' | '\u{200C}' | '\u{200D}')
        // Vowel signs of Indian scripts, without their full stops.
        || matches!(letter, '\u{900}'..='\u{963}' | '\u{966}'..='\u{DFF}')
}

fn character_length(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(1, char::len_utf8)
}

fn case_of(word: &str) -> Case {
    if !word.starts_with(char::is_uppercase) {
        return Case::Lower;
    }
    match word.chars().any(char::is_lowercase) {
        true => Case::Capital,
        false => Case::Capitals,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        words(text).iter().map(|word| &text[word.start..word.end]).collect()
    }

    #[test]
    fn possessives_and_french_articles_are_parted_and_names_with_apostrophes_are_not() {
        assert_eq!(cut("Iran’s Ba'ath, l’Iran; O'Neill"), ["Iran", "s", "Ba'ath", "l", "Iran", "O", "Neill"]);
        assert_eq!(cut("states' rights, 'quoted'"), ["states", "rights", "quoted"]);
        assert_eq!(cut("US-led U.S. IS-K"), ["US", "led", "U", "S", "IS", "K"]);
    }

    #[test]
    fn letters_of_every_script_make_words() {
        assert_eq!(
            cut("Erdog\u{306}an, علي خامنئي नरेन्द्र। é"),
            ["Erdog\u{306}an", "علي", "خامنئي", "नरेन्द्र", "é"]
        );
        let text = "İstanbul – ß";
        assert_eq!(words(text)[0].case, Case::Capital);
        assert_eq!(
            words("NATO i X G7").iter().map(|word| word.case).collect::<Vec<_>>(),
            [Case::Capitals, Case::Lower, Case::Capitals, Case::Capitals]
        );
    }

    #[test]
    fn a_word_among_capitals_is_shouted() {
        let text = FieldText::new(Field::Title, "IRAN IS READY", None);
        assert!(text.is_shouted(1, 1));
        let text = FieldText::new(Field::Title, "the IS threat", None);
        assert!(!text.is_shouted(1, 1));
    }
}
