//! Runs of words of texts, as hashes: how much of one text stands in another (A. Broder, "On the
//! resemblance and containment of documents", 1997).

use super::segments::words_of;

/// The runs of a number of words that stand in some texts.
pub(super) struct Shingles {
    length: usize,
    /// Sorted.
    runs: Vec<u64>,
}

impl Shingles {
    /// The runs of `length` words of some texts; a shorter text is one run.
    pub(super) fn of<'a>(texts: impl IntoIterator<Item = &'a str>, length: usize) -> Self {
        let mut runs: Vec<u64> = texts.into_iter().flat_map(|text| runs_of(text, length)).collect();
        runs.sort_unstable();
        runs.dedup();
        Self { length, runs }
    }

    /// The share of a text's runs that stand here, 0 to 1; `words`: its words, as hashes.
    pub(super) fn share(&self, words: &[u64]) -> f32 {
        if self.runs.is_empty() {
            return 0.0;
        }
        let is_here = |run: &[u64]| self.runs.binary_search(&together(run)).is_ok();
        if words.len() < self.length {
            return f32::from(!words.is_empty() && is_here(words));
        }
        let runs = words.windows(self.length);
        super::features::ratio(runs.clone().filter(|run| is_here(run)).count(), runs.len())
    }
}

fn runs_of(text: &str, length: usize) -> Vec<u64> {
    let words: Vec<u64> = words_of(text).map(of_word).collect();
    if words.len() < length {
        return if words.is_empty() { Vec::new() } else { vec![together(&words)] };
    }
    words.windows(length).map(together).collect()
}

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0100_0000_01b3;

/// FNV-1a of a word in lower case.
pub(super) fn of_word(word: &str) -> u64 {
    let letters = word.chars().flat_map(char::to_lowercase);
    letters.fold(OFFSET, |hash, letter| (hash ^ u64::from(u32::from(letter))).wrapping_mul(PRIME))
}

/// The same for a word whose digits are all one: what lines of furniture say differs in numbers.
pub(super) fn of_form(word: &str) -> u64 {
    let letters = word.chars().flat_map(char::to_lowercase).map(|c| if c.is_numeric() { '0' } else { c });
    letters.fold(OFFSET, |hash, letter| (hash ^ u64::from(u32::from(letter))).wrapping_mul(PRIME))
}

fn together(words: &[u64]) -> u64 {
    words.iter().fold(OFFSET, |hash, word| (hash.rotate_left(5) ^ word).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_in_another_whatever_stands_between_its_words() {
        let known = Shingles::of(["The harbour stayed closed, for a third day."], 4);
        let share = |text: &str| known.share(&words_of(text).map(of_word).collect::<Vec<_>>());
        assert!((share("the Harbour stayed closed for a third day") - 1.0).abs() < f32::EPSILON);
        assert!(share("closed for a harbour stayed the third day").abs() < f32::EPSILON);
        assert!(share("stayed closed").abs() < f32::EPSILON);
    }
}
