//! What the names of elements, their classes and ids say of what they hold.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::learned::learned;
use super::lists::lines;

/// What a word says: log-odds that what it is the name of is the article's, alone; and its weight
/// beside the other words of the elements around.
#[derive(Clone, Copy)]
struct Said {
    odds: f32,
    weight: f32,
}

/// `ingest/data/learn-segments` learns them.
static CLASS_WORDS: LazyLock<HashMap<&str, Said>> = LazyLock::new(|| {
    let file = learned("lists/class-words.txt", include_str!("../../data/lists/class-words.txt"));
    let said = |(_, line): (&'static str, &'static str)| {
        let mut parts = line.split(' ');
        let (word, odds, weight) = (parts.next()?, parts.next()?, parts.next()?);
        let said =
            Said { odds: odds.parse::<f32>().ok()? / 10.0, weight: weight.parse::<f32>().ok()? / 100.0 };
        Some((word, said))
    };
    lines(file).filter_map(said).collect()
});

/// What an element's name, class, id, `itemprop` and role say together.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Label {
    /// The least of the log-odds, if below 0.
    pub(super) least: f32,
    /// The greatest, if above 0.
    pub(super) most: f32,
    /// The sum of those that say much against it.
    pub(super) sum: f32,
    /// The sum of the weights.
    pub(super) weight: f32,
}

/// What an element's name and its labels say.
pub(super) fn label_of(name: &str, labels: &[&str]) -> Label {
    const MUCH: f32 = -1.0;
    let mut words = Vec::new();
    labels.iter().for_each(|label| class_words(label, &mut words));
    words.push(format!("<{name}>"));
    words.sort_unstable();
    words.dedup();
    let said = words.iter().filter_map(|word| CLASS_WORDS.get(word.as_str()));
    said.fold(Label::default(), |label, said| Label {
        least: label.least.min(said.odds),
        most: label.most.max(said.odds),
        sum: label.sum + if said.odds < MUCH { said.odds } else { 0.0 },
        weight: label.weight + said.weight,
    })
}

/// The words of class names: apart by hyphens, digits and changes of case.
fn class_words(label: &str, words: &mut Vec<String>) {
    let mut word = String::new();
    for c in label.chars().chain([' ']) {
        let humped = c.is_ascii_uppercase() && word.ends_with(|l: char| l.is_ascii_lowercase());
        if !c.is_ascii_alphabetic() || humped {
            let mut ended = std::mem::take(&mut word);
            if ended.len() > 1 {
                ended.make_ascii_lowercase();
                words.push(ended);
            }
        }
        if c.is_ascii_alphabetic() {
            word.push(c);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn class_names_are_read_word_by_word() {
        let mut words = Vec::new();
        class_words("entry-content relatedPosts2 x", &mut words);
        assert_eq!(words, ["entry", "content", "related", "posts"]);
    }

    #[test]
    fn a_sidebar_speaks_against_what_it_holds() {
        let label = label_of("div", &["widget sidebar"]);
        assert!(label.least < -1.0 && label.sum <= label.least, "{label:?}");
        assert!(label_of("p", &[]).least > -1.0);
    }
}
