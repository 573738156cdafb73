//! What the names of elements, their classes and ids say of what they hold.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::lists::lines;

/// Words of class names and ids that say what an element holds: tenths of log-odds, the more
/// negative the less the article's.
static CLASS_WORDS: LazyLock<HashMap<&str, f32>> = LazyLock::new(|| {
    lines(include_str!("../../data/lists/class-words.txt"))
        .filter_map(|(_, line)| {
            let (word, tenths) = line.split_once(' ')?;
            Some((word, tenths.parse::<f32>().ok()? / 10.0))
        })
        .collect()
});

/// The words of class names: apart by hyphens, digits and changes of case.
fn class_words(labels: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in labels.chars() {
        if !c.is_ascii_alphabetic()
            || (c.is_ascii_uppercase() && word.ends_with(|l: char| l.is_ascii_lowercase()))
        {
            words.push(std::mem::take(&mut word));
        }
        if c.is_ascii_alphabetic() {
            word.push(c);
        }
    }
    words.push(word);
    words.retain(|word| word.len() > 1);
    words.iter_mut().for_each(|word| word.make_ascii_lowercase());
    words
}

/// The least and the sum of what an element's names say against it.
pub(super) fn label_scores(name: &str, labels: &str) -> (f32, f32) {
    let mut words: Vec<String> = class_words(labels);
    words.push(format!("<{name}>"));
    words.sort_unstable();
    words.dedup();
    let scores = words.iter().filter_map(|word| CLASS_WORDS.get(word.as_str()));
    scores.fold((0.0, 0.0), |(least, sum), score| {
        (score.min(least), if *score < -1.0 { sum + score } else { sum })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn class_names_are_read_word_by_word() {
        assert_eq!(class_words("entry-content relatedPosts2 x"), ["entry", "content", "related", "posts"]);
    }

    #[test]
    fn a_sidebar_speaks_against_what_it_holds() {
        let (least, sum) = label_scores("div", "widget sidebar");
        assert!(least < -1.0 && sum <= least, "{least} {sum}");
        assert!(label_scores("p", "").0.abs() < f32::EPSILON);
    }
}
