//! Pull quotes and paragraphs that stand twice. Runs of words are compared by rolling hashes (Karp and
//! Rabin, 1987), so that a text of many thousand pieces costs little more than one of ten.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use dateline_index::article::BlockKind;

use super::blocks::Piece;
use super::furniture::is_all_quoted;
use super::text::{bare, word_count};

/// A pull quote has at least so many words.
const FEWEST: usize = 4;
/// And no more than these.
const LONGEST: usize = 80;
/// A copy of a paragraph has at least so many.
const FEWEST_OF_COPY: usize = 8;
/// A line of a form has no more than these.
const LONGEST_OF_FORM: usize = 40;

/// Drops quotes that repeat a sentence of the article, and paragraphs that stand twice.
pub(super) fn without_repeats(pieces: Vec<Piece>) -> Vec<Piece> {
    /// Beyond this an article is a book, and looking costs too much.
    const MOST: usize = 1_000_000;
    let bares: Vec<String> = pieces.iter().map(|piece| bare(&piece.text)).collect();
    if bares.iter().map(|bare| bare.len() + 1).sum::<usize>() > MOST {
        return pieces;
    }
    let quoted = pull_quotes(&pieces, &bares);
    let copies = copies(&pieces, &bares);
    let dropped = quoted.into_iter().zip(copies);
    pieces
        .into_iter()
        .zip(dropped)
        .filter(|(_, (is_pulled, is_copy))| !is_pulled && !is_copy)
        .map(|(piece, _)| piece)
        .collect()
}

/// Whether each piece is a copy of one before it. What stands thrice is no copy but a form that the text
/// itself repeats: the steps of a plan, the parts of a table.
fn copies(pieces: &[Piece], bares: &[String]) -> Vec<bool> {
    // "T he" and "The": the first letter of a text is often set apart.
    let letters: Vec<String> = bares.iter().map(|bare| bare.replace(' ', "")).collect();
    let mut times: HashMap<&str, usize> = HashMap::new();
    letters.iter().for_each(|letters| *times.entry(letters).or_default() += 1);
    let mut seen = HashSet::new();
    let again = letters.iter().map(|letters| !seen.insert(letters));
    let is_copy = |piece: &Piece, bare: &str, times: usize| match piece.kind {
        BlockKind::Caption => true,
        // Entries of lists recur: a recipe names its flour twice.
        BlockKind::List => false,
        _ => match bare.split(' ').count() {
            ..FEWEST_OF_COPY => false,
            FEWEST_OF_COPY..=LONGEST_OF_FORM => times == 2,
            _ => true,
        },
    };
    let all = pieces.iter().zip(bares).zip(&letters).zip(again);
    all.map(|(((piece, bare), letters), again)| again && is_copy(piece, bare, times[letters.as_str()]))
        .collect()
}

/// Whether each piece is one whose words stand inside a longer one.
fn pull_quotes(pieces: &[Piece], bares: &[String]) -> Vec<bool> {
    let texts: Vec<Words<'_>> = bares.iter().map(|bare| Words::of(bare)).collect();
    let mut times: HashMap<u64, u8> = HashMap::new();
    for run in texts.iter().flat_map(|text| text.runs(FEWEST)) {
        let times = times.entry(run).or_default();
        *times = times.saturating_add(1);
    }
    // Nearly all pieces have a run of words that stands nowhere else, and need no closer look.
    let stands_elsewhere = |text: &Words<'_>| text.runs(FEWEST).all(|run| times[&run] > 1);
    let mut wanted: HashMap<(usize, u64), usize> = HashMap::new();
    for (place, text) in texts.iter().enumerate() {
        let length = text.words.len();
        if (FEWEST..=LONGEST).contains(&length) && can_be_pull_quote(&pieces[place]) && stands_elsewhere(text)
        {
            wanted.insert((length, text.run(0, length)), place);
        }
    }
    let held = held_by_longer(&texts, &wanted);
    let is_held = |(piece, bare): (&Piece, &String)| held.contains(bare.as_str()) && can_be_pull_quote(piece);
    pieces.iter().zip(bares).map(is_held).collect()
}

/// Those of the wanted texts (by their length in words, and hash) that stand inside longer ones.
fn held_by_longer<'t>(texts: &[Words<'t>], wanted: &HashMap<(usize, u64), usize>) -> HashSet<&'t str> {
    let lengths: HashSet<usize> = wanted.keys().map(|(length, _)| *length).collect();
    let mut held = HashSet::new();
    for length in lengths {
        for text in texts.iter().filter(|text| text.words.len() > length) {
            for (start, run) in text.runs(length).enumerate() {
                let Some(&place) = wanted.get(&(length, run)) else { continue };
                let found = &texts[place];
                if !held.contains(found.text) && text.words[start..start + length] == found.words {
                    held.insert(found.text);
                }
            }
        }
    }
    held
}

/// Words, and what makes the hash of any run of them cheap.
struct Words<'t> {
    text: &'t str,
    words: Vec<&'t str>,
    /// The hash of the words before each place.
    before: Vec<u64>,
}

impl<'t> Words<'t> {
    /// The base of the polynomial: any large odd number.
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

    fn of(text: &'t str) -> Self {
        let words: Vec<&str> = text.split(' ').collect();
        let mut before = vec![0_u64];
        let mut sum = 0_u64;
        for word in &words {
            let mut hasher = DefaultHasher::new();
            word.hash(&mut hasher);
            sum = sum.wrapping_mul(Self::BASE).wrapping_add(hasher.finish());
            before.push(sum);
        }
        Self { text, words, before }
    }

    /// The hash of the words from `start` on.
    fn run(&self, start: usize, length: usize) -> u64 {
        self.run_with(start, length, power(length))
    }

    fn run_with(&self, start: usize, length: usize, power: u64) -> u64 {
        self.before[start + length].wrapping_sub(self.before[start].wrapping_mul(power))
    }

    /// The hashes of all runs of a length, in order.
    fn runs(&self, length: usize) -> impl Iterator<Item = u64> + '_ {
        let power = power(length);
        let starts = (self.words.len() + 1).saturating_sub(length);
        (0..starts).map(move |start| self.run_with(start, length, power))
    }
}

/// The base of the polynomial to the power of a length.
fn power(length: usize) -> u64 {
    (0..length).fold(1_u64, |power, _| power.wrapping_mul(Words::BASE))
}

fn can_be_pull_quote(piece: &Piece) -> bool {
    match piece.kind {
        BlockKind::Quote => true,
        BlockKind::Paragraph | BlockKind::Heading => {
            is_all_quoted(&piece.text) || word_count(&piece.text) >= 6
        }
        BlockKind::List | BlockKind::Caption => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(texts: &[String]) -> Vec<String> {
        let piece = |text: &String| Piece { kind: BlockKind::Paragraph, text: text.clone() };
        without_repeats(texts.iter().map(piece).collect()).into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn a_pull_quote_is_found_among_thirty_thousand_lines() {
        let mut texts: Vec<String> =
            (0..30_000).map(|day| format!("On day {day} six ships lay off")).collect();
        texts.push("The mayor said that the harbour would never be opened again.".to_owned());
        let whole = texts.clone();
        texts.insert(7, "The harbour would never be opened again".to_owned());
        assert!(kept(&texts) == whole);
    }

    #[test]
    fn lines_that_share_all_their_runs_of_words_are_told_apart() {
        let line =
            |part: usize| (0..60).map(|word| format!("w{}", part + word)).collect::<Vec<_>>().join(" ");
        let texts: Vec<String> = (0..2_000).map(line).collect();
        assert!(kept(&texts) == texts);
    }

    #[test]
    fn only_whole_words_inside_a_longer_piece_are_a_repeat() {
        let lines = [
            "He asked for bread and wine at noon.",
            "Bread and wine at no cost, he said, was all he asked for.",
            "For bread and wine at no",
            "read and wine at no cost he",
            "was all he asked for, he asked",
        ];
        let texts = lines.map(str::to_owned);
        assert_eq!(kept(&texts), texts);
    }

    #[test]
    fn a_copy_goes_even_with_its_first_letter_apart_and_a_form_that_recurs_stays() {
        let first = "The ferry stayed in the harbour because of the southern wind.";
        let copy = "T he ferry stayed in the harbour because of the southern wind.";
        let form = "One cup of oats, two cups of water, a pinch of salt.";
        let texts = [first, copy, "Monday", form, "Tuesday", form, "Wednesday", form].map(str::to_owned);
        let wanted: Vec<String> = texts.iter().filter(|text| *text != copy).cloned().collect();
        assert_eq!(kept(&texts), wanted);
    }

    #[test]
    fn a_caption_that_stands_thrice_is_shown_once() {
        let caption = |text: &str| Piece { kind: BlockKind::Caption, text: text.to_owned() };
        let pieces = ["Boats in the harbour", "The pier", "Boats in the harbour", "Boats in the harbour"];
        assert_eq!(without_repeats(pieces.map(caption).into()).len(), 2);
    }
}
