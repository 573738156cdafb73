//! What does not count in the spelling of a name: case, diacritics, hyphens, dots, a leading "the".

use unicode_normalization::UnicodeNormalization;

use crate::analysis::fold_letter;

/// A name without what does not count: words in lower case, single spaces between them.
#[must_use]
pub fn fold(name: &str) -> String {
    let mut words = joined(name, ' ');
    if let Some(rest) = words.strip_prefix("the ") {
        words = rest.to_owned();
    }
    words
}

/// A name as part of an address: its folded words with hyphens between them. Letters of other
/// alphabets than the Latin stay as they are.
#[must_use]
pub fn slug(name: &str) -> String {
    let slug = fold(name).replace(' ', "-");
    if slug.is_empty() { "unnamed".to_owned() } else { slug }
}

/// Whether it stands inside a word without parting it: an apostrophe, an ayn, a soft hyphen.
fn is_silent(letter: char) -> bool {
    matches!(
        letter,
        '\'' | '’' | '‘' | 'ʻ' | 'ʼ' | 'ʿ' | 'ʾ' | '`' | '´' | '\u{AD}' | '\u{200B}'..='\u{200D}'
    )
}

/// Whether it is a mark on a Latin, Greek or Cyrillic letter, or a vowel sign of Arabic, which is
/// mostly left out. Signs of other scripts are letters and stay.
fn is_diacritic(part: char) -> bool {
    matches!(part, '\u{300}'..='\u{36F}' | '\u{64B}'..='\u{652}')
}

fn joined(name: &str, gap: char) -> String {
    let mut folded = String::with_capacity(name.len());
    let mut parted = false;
    let mut push = |letter: char| {
        if is_silent(letter) || is_diacritic(letter) {
            return;
        }
        // Marks of other scripts are not alphanumeric, yet belong to their word.
        if !letter.is_alphanumeric() && (letter.is_ascii() || letter.is_whitespace() || is_dash(letter)) {
            parted = true;
            return;
        }
        if parted && !folded.is_empty() {
            folded.push(gap);
        }
        parted = false;
        fold_letter(letter, &mut folded);
    };
    if name.is_ascii() {
        name.chars().for_each(&mut push)
    } else {
        name.nfc().for_each(&mut push)
    }
    folded
}

fn is_dash(letter: char) -> bool {
    matches!(
        letter,
        '\u{2010}'..='\u{2027}' | '\u{2212}' | '\u{AB}' | '\u{BB}' | '\u{B7}' | '\u{2039}' | '\u{203A}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_count_falls_away() {
        let pairs = [
            ("The Islamic State – Khorasan Province", "islamic state khorasan province"),
            ("Ba'ath Party", "baath party"),
            ("Slobodan Milošević", "slobodan milosevic"),
            ("Franjo Tuđman", "franjo tudman"),
            ("U.S.", "u s"),
            ("Recep  Tayyip\nErdoğan", "recep tayyip erdogan"),
            ("ISLAMIC-STATE", "islamic state"),
        ];
        for (name, folded) in pairs {
            assert_eq!(fold(name), folded);
        }
        assert_eq!(fold("e\u{301}tat"), "etat", "a letter and its mark may be two characters");
    }

    #[test]
    fn a_slug_stands_in_an_address_and_keeps_other_alphabets() {
        assert_eq!(slug("Mona Hojat Ansari"), "mona-hojat-ansari");
        assert_eq!(slug("Владимир Путин"), "владимир-путин");
        assert_eq!(slug("علي خامنئي"), slug("علی خامنئی"), "one name, in Arabic and in Persian letters");
        assert_eq!(slug("문재인"), "문재인");
        assert_eq!(slug("नरेन्द्र मोदी"), "नरेन्द्र-मोदी");
        assert_eq!(slug("–"), "unnamed");
    }
}
