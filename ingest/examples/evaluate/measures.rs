//! The measures, as their definitions in `ingest/EVALUATION.md` say.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use crate::gold::Gold;
use crate::predict::Prediction;

/// A measure: its name, what another extractor reaches, and what is asked of this one.
pub(crate) struct Measure {
    pub(crate) name: &'static str,
    /// trafilatura 2.3.1 (Python) on the same pages.
    pub(crate) peer: f64,
    /// The least that is asked, where something is.
    pub(crate) bar: Option<f64>,
}

const fn measure(name: &'static str, peer: f64, bar: Option<f64>) -> Measure {
    Measure { name, peer, bar }
}

pub(crate) const MEASURES: [Measure; 8] = [
    measure("title_exact", 0.622, Some(0.80)),
    measure("date_day", 0.881, Some(0.95)),
    measure("author_set", 0.596, Some(0.78)),
    measure("author_any", 0.651, None),
    measure("author_none", 0.627, Some(0.85)),
    measure("body_f1", 0.949, Some(0.965)),
    measure("seg_kept", 0.940, Some(0.955)),
    measure("seg_clean", 0.905, Some(0.935)),
];

/// One value of a page: which measure, between 0 and 1, and what was wanted and got.
pub(crate) struct Score {
    pub(crate) measure: usize,
    pub(crate) value: f64,
    pub(crate) wanted: String,
    pub(crate) got: String,
}

/// All values of a page.
pub(crate) fn of_page(gold: &Gold, prediction: &Prediction) -> Vec<Score> {
    let mut scores = Vec::new();
    let mut add = |name: &str, value: f64, wanted: String, got: String| {
        if let Some(measure) = MEASURES.iter().position(|measure| measure.name == name) {
            scores.push(Score { measure, value, wanted, got });
        }
    };
    let yes = |same: bool| if same { 1.0 } else { 0.0 };
    let text = prediction.text.as_deref().unwrap_or_default();
    if let Some(title) = gold.title.as_deref().filter(|title| !title.is_empty()) {
        let got = prediction.title.as_deref().unwrap_or_default();
        let same = squeeze(title).to_lowercase() == squeeze(got).to_lowercase();
        add("title_exact", yes(same), title.to_owned(), got.to_owned());
    }
    if let Some(published) = gold.published.as_deref().filter(|published| !published.is_empty()) {
        let got = prediction.published.as_deref().unwrap_or_default();
        add("date_day", yes(day(published) == day(got)), published.to_owned(), got.to_owned());
    }
    let wanted = authors_of(&gold.authors);
    let got = prediction.authors.join("; ");
    if !wanted.is_empty() {
        let (names, found) = (names(&wanted), names(&got));
        add("author_set", yes(names == found), wanted.clone(), got.clone());
        add("author_any", yes(!names.is_disjoint(&found)), wanted, got);
    } else if gold.authors_annotated {
        add("author_none", yes(prediction.authors.is_empty()), "nobody".to_owned(), got);
    }
    if let Some(body) = gold.body.as_deref().filter(|body| !body.is_empty()) {
        add("body_f1", f1(text, body), start(body), start(text));
    }
    if let Some(kept) = &gold.must_contain {
        let squeezed = squeeze(text);
        let inside = |sentence: &&String| squeezed.contains(&squeeze(sentence));
        let (there, lost): (Vec<_>, Vec<_>) = kept.iter().partition(inside);
        add(
            "seg_kept",
            share(there.len(), kept.len()),
            "all of it".to_owned(),
            format!("lost: {}", shown(&lost)),
        );
        let (wrong, left_out): (Vec<_>, Vec<_>) = gold.must_not_contain.iter().partition(inside);
        let clean = share(left_out.len(), gold.must_not_contain.len());
        add("seg_clean", clean, "none of it".to_owned(), format!("left in: {}", shown(&wrong)));
    }
    scores
}

fn share(part: usize, all: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a page has few sentences")]
    let share = part as f64 / all.max(1) as f64;
    share
}

fn shown(sentences: &[&String]) -> String {
    sentences.iter().map(|sentence| format!("{:?}", start(sentence))).collect::<Vec<_>>().join(", ")
}

/// The first words of a text, for a person to recognise it.
fn start(text: &str) -> String {
    const LENGTH: usize = 100;
    let text = squeeze(text);
    let short: String = text.chars().take(LENGTH).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}

/// The first ten characters: year, month and day.
fn day(date: &str) -> String {
    date.chars().take(10).collect()
}

/// White space as one space, none at the ends.
fn squeeze(text: &str) -> String {
    let is_space = |c: char| c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c);
    text.split(is_space).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Gold gives a list, or a line as the page has it.
fn authors_of(value: &Value) -> String {
    match value {
        Value::String(line) => line.clone(),
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("; "),
        _ => String::new(),
    }
}

/// The set of names in a line, in small letters.
fn names(line: &str) -> BTreeSet<String> {
    static BY: LazyLock<Regex> = LazyLock::new(|| pattern(r"^by\s+"));
    static BETWEEN: LazyLock<Regex> = LazyLock::new(|| pattern(r";|,| and | und | et | y |/|\|"));
    let line = squeeze(line).to_lowercase();
    let line = BY.replace(&line, "");
    BETWEEN.split(&line).map(squeeze).filter(|name| !name.is_empty()).collect()
}

/// The harmonic mean of precision and recall over words, each as often as it stands there.
fn f1(got: &str, wanted: &str) -> f64 {
    let (got, wanted) = (counts(got), counts(wanted));
    let same: usize = got.iter().map(|(word, count)| *count.min(wanted.get(word).unwrap_or(&0))).sum();
    let all = got.values().sum::<usize>() + wanted.values().sum::<usize>();
    share(2 * same, all)
}

fn counts(text: &str) -> HashMap<String, usize> {
    static WORD: LazyLock<Regex> = LazyLock::new(|| pattern(r"[\p{L}\p{N}_]+"));
    let text = text.to_lowercase();
    let mut counts = HashMap::new();
    for word in WORD.find_iter(&text) {
        *counts.entry(word.as_str().to_owned()).or_default() += 1;
    }
    counts
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is well formed")
}
