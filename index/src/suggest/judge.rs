//! What speaks for two names being one.

use super::keys::LONG;
use super::words::{Words, is_edition};
use crate::authority::is_borne_by_many;

/// How much speaks for it, from 0 to 1, and in words. `shared` are the articles that have both, `fewer` those
/// of the rarer; where no article can have both, `shared` is none.
pub(super) fn judge(a: &Words, b: &Words, shared: Option<u64>, fewer: u64) -> Option<(f64, String)> {
    if a.words == b.words {
        return None;
    }
    let judged = if a.person && b.person {
        person(a, b, shared, fewer)
    } else if a.person || b.person {
        None
    } else {
        other(a, b, shared, fewer)
    };
    judged.map(|(evidence, why)| (evidence, why.to_owned()))
}

type Judged = Option<(f64, &'static str)>;

fn person(a: &Words, b: &Words, shared: Option<u64>, fewer: u64) -> Judged {
    let (evidence, why) = alike(a, b, shared, fewer)?;
    // Many people are called Mohammad Ali.
    let common = [a, b].into_iter().any(|name| name.words.iter().all(|word| is_borne_by_many(word)));
    Some((if common { evidence / 3.0 } else { evidence }, why))
}

fn alike(a: &Words, b: &Words, shared: Option<u64>, fewer: u64) -> Judged {
    let several = a.words.len() > 1 && b.words.len() > 1;
    if several && a.sorted_sounds() == b.sorted_sounds() {
        return (!is_other_gender(a, b)).then_some((0.9, "the same name in another transliteration"));
    }
    if several && let Some(close) = one_letter(a, b) {
        return Some(close);
    }
    if several && a.words.last() == b.words.last() && a.has_initial() != b.has_initial() {
        let (short, long) = if a.has_initial() { (a, b) } else { (b, a) };
        let same = short.words[0].chars().next() == long.words[0].chars().next();
        return (same && middles_agree(short, long))
            .then_some((0.6, "the same family's name, and an initial that fits"));
    }
    one_more_word(a, b).and_then(|(short, long)| {
        let both = share(shared, fewer);
        let more = long.words.iter().find(|word| !short.words.contains(word));
        if short.words.len() > 1 && more.is_some_and(|word| word.chars().nth(1).is_none()) {
            return Some((0.7, "one of them has an initial more"));
        }
        let ends = short.words.last() == long.words.last();
        match (short.words.len(), ends) {
            (1, true) if both > 0.3 => Some((0.4 * both, "the family's name alone, in the same articles")),
            (1, _) => None,
            (_, true) => Some((0.35 + 0.45 * both, "one of them has a name more")),
            (_, false) if both > 0.4 => Some((0.6 * both, "one of them has a family's name more")),
            (_, false) => None,
        }
    })
}

/// Whether a word ends in -o here and in -a there: "Mario", "Maria".
fn is_other_gender(a: &Words, b: &Words) -> bool {
    let stem = |word: &str, end| word.strip_suffix(end).map(str::to_owned);
    let pairs = a.words.iter().zip(&b.words);
    pairs.into_iter().any(|(one, other)| {
        let ends = |o: &str, a: &str| stem(o, 'o').is_some() && stem(o, 'o') == stem(a, 'a');
        ends(one, other) || ends(other, one)
    })
}

/// Whether what stands between the first and the last word of a name with an initial does not contradict the
/// other: "J. Baxter Solberg" is called Baxter, not James.
fn middles_agree(short: &Words, long: &Words) -> bool {
    let middle = |words: &Words| words.words[1..words.words.len() - 1].to_vec();
    let first = |words: &[String]| words.iter().filter_map(|word| word.chars().next()).collect::<String>();
    let (short, long) = (middle(short), middle(long));
    let initials = short.iter().all(|word| word.chars().nth(1).is_none());
    short.is_empty() || long.is_empty() && initials || first(&short) == first(&long)
}

fn other(a: &Words, b: &Words, shared: Option<u64>, fewer: u64) -> Judged {
    let (one, two) = (a.telling(), b.telling());
    if !one.is_empty() && one == two {
        return Some((0.85, "the same words in another order"));
    }
    let both = share(shared, fewer);
    if let Some((acronym, name)) = acronym(a, b) {
        // Short letters stand for many things.
        let long_enough = acronym.letters.len() > 2 && name.words.len() > 2;
        return (long_enough && both > 0.2)
            .then_some((0.3 + 0.6 * both, "the first letters of the other, in the same articles"));
    }
    let sure = a.letters.len() >= LONG && b.letters.len() >= LONG;
    if sure && a.sorted_sounds() == b.sorted_sounds() {
        return Some((0.8, "the same name in another transliteration"));
    }
    if sure && let Some((evidence, why)) = one_letter(a, b) {
        return Some((evidence, why));
    }
    let (short, long) = one_more_word(a, b)?;
    let more = long.words.iter().find(|word| !short.words.contains(word))?;
    if is_edition(more) {
        return Some((0.7, "one of them has a word more that tells editions apart"));
    }
    (shared.is_some() && short.words.len() > 1 && both > 0.3)
        .then_some((0.4 * both, "one of them has a word more, in the same articles"))
}

/// The part of the rarer one's articles that have both.
fn share(shared: Option<u64>, fewer: u64) -> f64 {
    let count = |number: u64| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    shared.map_or(0.0, |shared| count(shared) / count(fewer.max(1)))
}

/// The shorter and the longer of two names of which one has one word more.
fn one_more_word<'w>(a: &'w Words, b: &'w Words) -> Option<(&'w Words, &'w Words)> {
    let (short, long) = if a.words.len() < b.words.len() { (a, b) } else { (b, a) };
    if short.words.len() + 1 != long.words.len() {
        return None;
    }
    let without = |gone: usize| {
        let left = long.words.iter().enumerate().filter(move |(place, _)| *place != gone);
        left.map(|(_, word)| word).eq(short.words.iter())
    };
    (0..long.words.len()).any(without).then_some((short, long))
}

fn acronym<'w>(a: &'w Words, b: &'w Words) -> Option<(&'w Words, &'w Words)> {
    let is_of = |acronym: &Words, name: &Words| {
        acronym.words.len() == 1 && name.words.len() > 1 && name.initials() == acronym.words[0]
    };
    if is_of(a, b) {
        Some((a, b))
    } else if is_of(b, a) {
        Some((b, a))
    } else {
        None
    }
}

/// Names with equally many words, all equal but one, in which one letter is another, is missing or is more.
fn one_letter(a: &Words, b: &Words) -> Judged {
    if a.words.len() != b.words.len() {
        return None;
    }
    let mut different = a.words.iter().zip(&b.words).filter(|(one, other)| one != other);
    let (one, other) = different.next()?;
    if different.next().is_some() || one.contains(char::is_numeric) || other.contains(char::is_numeric) {
        return None;
    }
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let begins = short.iter().zip(&long).take_while(|(one, other)| one == other).count();
    let ends = short.iter().rev().zip(long.iter().rev()).take_while(|(one, other)| one == other).count();
    let is_close = long.len() - short.len() <= 1 && begins + ends + 1 >= long.len();
    // "Mario" and "Maria", "Ivanov" and "Ivanova" are two.
    let at_end = begins + 1 >= long.len();
    let evidence = match (short.len(), at_end && a.person) {
        _ if !is_close => return None,
        (0..=3, _) => return None,
        (4..=5, false) => 0.35,
        (4..=6, true) => return None,
        (_, true) => 0.25,
        (6..=7, false) => 0.6,
        (_, false) => 0.75,
    };
    Some((evidence, "one letter is another"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(person: bool, a: &str, b: &str, shared: Option<u64>, fewer: u64) -> f64 {
        let words = |name| Words::new(name, person);
        judge(&words(a), &words(b), shared, fewer).map_or(0.0, |(evidence, _)| evidence)
    }

    #[test]
    fn people_who_may_be_one_are_told_from_people_who_are_two() {
        let person = |a, b| evidence(true, a, b, Some(0), 4);
        for (a, b) in [
            ("barak obama", "barack obama"),
            ("j solberg", "joanna solberg"),
            ("j r solberg", "joanna ruth solberg"),
            ("joanna r solberg", "joanna solberg"),
            ("hossein amirabdollahian", "hossein amirabdollaian"),
        ] {
            assert!(person(a, b) > 0.5, "{a}, {b}");
        }
        for (a, b) in [
            ("j solberg", "karin solberg"),
            ("j m solberg", "joanna ruth solberg"),
            ("joanna solberg", "karin solberg"),
            ("j baxter solberg", "joanna solberg"),
            ("mario solberg", "maria solberg"),
            ("mohammad ali", "muhammad ali"),
            ("crown prince", "crown prince solberg"),
            ("solberg", "joanna solberg"),
        ] {
            assert!(person(a, b) < 0.35, "{a}, {b}: {}", person(a, b));
        }
        assert!(evidence(true, "solberg", "joanna solberg", Some(4), 4) > 0.3, "in the same articles");
    }

    #[test]
    fn papers_and_offices_that_may_be_one_are_told_from_those_that_are_two() {
        let source = |a, b| evidence(false, a, b, None, 4);
        for (a, b) in [
            ("fox news", "fox news online"),
            ("fox online news", "fox news online"),
            ("ministry of foreign affairs", "foreign affairs ministry"),
        ] {
            assert!(source(a, b) > 0.5, "{a}, {b}");
        }
        for (a, b) in
            [("hill mail", "hill mail of kerman"), ("fox news", "vox news"), ("channel 4", "channel 5")]
        {
            assert!(source(a, b) < 0.35, "{a}, {b}");
        }
        let acronym = |shared| evidence(false, "zcq", "zeta choir of quay", Some(shared), 4);
        assert!(acronym(4) > 0.5 && acronym(0) < 0.1, "only where the same articles have both");
    }
}
