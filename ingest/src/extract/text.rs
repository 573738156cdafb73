//! Small things that are done to text everywhere: white space, entities, comparison.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// One line: runs of white space and control characters become one space, invisible characters go.
pub(super) fn squeeze(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    // Whether a space may follow: there is text, and no space at its end.
    let mut in_word = false;
    for character in text.chars() {
        if character.is_ascii_graphic() {
            line.push(character);
            in_word = true;
        } else if character.is_whitespace() || character.is_control() {
            if in_word {
                line.push(' ');
            }
            in_word = false;
        } else if !is_invisible(character) {
            line.push(character);
            in_word = true;
        }
    }
    line.truncate(line.trim_end().len());
    line
}

/// Characters that only tell a browser where a line may break.
pub(super) fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// Each control character but the line feed becomes one space, as the archive wants it.
pub(super) fn without_controls(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect()
}

/// Lower case without accents: for lists of words that people write in many ways.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut rest = text;
    // Most of most texts is ASCII, which has no accents to take off.
    while let Some(start) = rest.find(|c: char| !c.is_ascii()) {
        let end = rest[start..].find(|c: char| c.is_ascii()).map_or(rest.len(), |length| start + length);
        push_lower(&rest[..start], &mut folded);
        folded.extend(folded_letters(&rest[start..end]));
        rest = &rest[end..];
    }
    push_lower(rest, &mut folded);
    folded
}

fn push_lower(ascii: &str, into: &mut String) {
    into.extend(ascii.chars().map(|c| c.to_ascii_lowercase()));
}

fn folded_letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.nfd().filter(|c| !is_combining_mark(*c) && !is_joining(*c)).flat_map(char::to_lowercase).map(|c| {
        match c {
            'ı' => 'i',
            'ł' => 'l',
            'ø' => 'o',
            // Arabic and Persian keyboards write one letter in two ways.
            'ي' | 'ى' => 'ی',
            'ك' => 'ک',
            '’' | '‘' => '\'',
            '–' | '—' | '‐' | '‑' => '-',
            '\u{a0}' | '\u{202f}' => ' ',
            other => other,
        }
    })
}

/// Characters that only shape or direct the letters beside them, the Arabic stretcher too.
fn is_joining(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{640}')
}

/// Letters and digits only, lower case, words apart by one space: whether two texts say the same.
pub(super) fn bare(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut in_word = false;
    for character in text.chars() {
        if !character.is_alphanumeric() {
            in_word = false;
            continue;
        }
        if !in_word && !bare.is_empty() {
            bare.push(' ');
        }
        in_word = true;
        if character.is_ascii() {
            bare.push(character.to_ascii_lowercase());
        } else {
            bare.extend(character.to_lowercase());
        }
    }
    bare
}

/// How many words a text has.
pub(super) fn word_count(text: &str) -> usize {
    let words = text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
    if text.is_ascii() {
        return words;
    }
    // Chinese, Japanese and Thai put no space between words: two letters stand for one.
    words + text.chars().filter(|c| is_unspaced(*c)).count() / 2
}

/// Letters of writings that put no space between words.
pub(super) fn is_unspaced(character: char) -> bool {
    matches!(character, '\u{e00}'..='\u{e7f}' | '\u{3040}'..='\u{9fff}')
}

/// A value that may carry markup or entities (JSON-LD and metadata do) as plain text.
pub(super) fn plain(value: &str) -> String {
    if !value.contains(['<', '&']) {
        return squeeze(value);
    }
    let fragment = scraper::Html::parse_fragment(value);
    let once = squeeze(&fragment.root_element().text().collect::<String>());
    // "&amp;quot;" is common: encoded once by the writer and once by his tools.
    if once.contains('&') && once.contains(';') && !once.contains('<') {
        let again = scraper::Html::parse_fragment(&once);
        return squeeze(&again.root_element().text().collect::<String>());
    }
    once
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_decoded_even_when_encoded_twice() {
        assert_eq!(plain("Missiles &amp;amp; Armour"), "Missiles & Armour");
        assert_eq!(plain("The West&#8217;s <i>Warnings</i>"), "The West’s Warnings");
        assert_eq!(plain("a < b"), "a < b");
    }

    #[test]
    fn accents_go_wherever_they_stand() {
        assert_eq!(
            fold("École “ÅNGSTRÖM” e\u{301}te\u{301} İstanbul Łódź – ﬁn"),
            "ecole “angstrom” ete istanbul lodz - ﬁn"
        );
        assert_eq!(bare(" “Œuvre”, Été-2024: İ x "), "œuvre été 2024 i\u{307} x");
    }

    #[test]
    fn what_cannot_be_seen_is_not_kept() {
        assert_eq!(squeeze("  Don\u{ad}ners\u{200b}tag\u{a0}\t\u{0} 1 "), "Donnerstag 1");
    }
}
