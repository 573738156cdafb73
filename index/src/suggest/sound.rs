//! Words as they sound, so that two ways of putting another alphabet into Latin letters meet.

use std::sync::LazyLock;

/// What is written, and what it is compared as; the longest first.
static LETTERS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let lines = include_str!("../../data/names/transliterations.txt").lines();
    let rules = lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(' '));
    let mut rules: Vec<_> = rules.collect();
    rules.sort_by_key(|(written, _)| std::cmp::Reverse(written.len()));
    rules
});

/// A folded word as it sounds: consonants by the list, each once where it is doubled; every run of vowels as
/// the one that it is closest to.
pub(super) fn sound(word: &str) -> String {
    let mut sound = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(letter) = rest.chars().next() {
        if is_vowel(letter, sound.is_empty(), rest) {
            let run = rest.chars().take_while(|letter| "aeiouy".contains(*letter)).count();
            push(&mut sound, vowel(&rest[..run]));
            rest = &rest[run..];
            continue;
        }
        // A silent h at the end: "Abdollah".
        if rest == "h" && sound.ends_with(['a', 'i', 'u']) {
            break;
        }
        match LETTERS.iter().find(|(written, _)| rest.starts_with(written)) {
            Some((written, heard)) => {
                heard.chars().for_each(|letter| push(&mut sound, letter));
                rest = &rest[written.len()..];
            }
            None => {
                push(&mut sound, letter);
                rest = &rest[letter.len_utf8()..];
            }
        }
    }
    sound
}

fn push(sound: &mut String, letter: char) {
    if !sound.ends_with(letter) {
        sound.push(letter);
    }
}

/// Whether a vowel begins here; a y before a vowel at the beginning of a word is none.
fn is_vowel(letter: char, first: bool, rest: &str) -> bool {
    match letter {
        'a' | 'e' | 'i' | 'o' | 'u' => true,
        'y' => !(first && rest[1..].starts_with(['a', 'e', 'i', 'o', 'u'])),
        _ => false,
    }
}

fn vowel(run: &str) -> char {
    if run.contains(['i', 'y']) || run.contains("ee") || run == "ae" {
        'i'
    } else if run.contains(['o', 'u']) {
        'u'
    } else {
        'a'
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_ways_of_writing_a_name_sound_alike_and_two_names_do_not() {
        for (one, other) in [
            ("hossein", "hussain"),
            ("mohammad", "muhammed"),
            ("qassem", "kassem"),
            ("khatami", "hatami"),
            ("abdollah", "abdulla"),
            ("djalili", "jalili"),
            ("rouhani", "ruhani"),
            ("saeed", "said"),
        ] {
            assert_eq!(sound(one), sound(other), "{one}, {other}");
        }
        for (one, other) in
            [("hassan", "hussein"), ("karim", "karami"), ("rouhani", "rahmani"), ("ali", "alavi")]
        {
            assert_ne!(sound(one), sound(other), "{one}, {other}");
        }
        assert_eq!(sound("путин"), "путин", "other alphabets are left alone");
    }
}
