//! The tables and lists that a person reads.

use std::fmt::Write;
use std::time::Duration;

use crate::gold::Case;
use crate::measures::{MEASURES, Score};
use crate::predict::Prediction;

/// Sum and number of the values of each measure.
#[derive(Clone, Copy, Default)]
struct Row([(f64, usize); MEASURES.len()]);

impl Row {
    fn of<'a>(scores: impl Iterator<Item = &'a Vec<Score>>) -> Self {
        let mut row = Self::default();
        for score in scores.flatten() {
            let (sum, number) = &mut row.0[score.measure];
            *sum += score.value;
            *number += 1;
        }
        row
    }

    fn write(&self, name: &str, into: &mut String) {
        let _ = write!(into, "{name:<14}");
        for (sum, number) in self.0 {
            let cell =
                if number == 0 { "-".to_owned() } else { format!("{:.4} {number:>4}", mean(sum, number)) };
            let _ = write!(into, " {cell:>11}");
        }
        into.push('\n');
    }
}

fn mean(sum: f64, number: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "pages are thousands")]
    let mean = sum / number as f64;
    mean
}

/// The table: all pages, each source, and what they are measured against.
pub(crate) fn table(cases: &[Case], scores: &[Vec<Score>]) -> String {
    let mut text = format!("{:<14}", "");
    for measure in &MEASURES {
        let _ = write!(text, " {:>11}", measure.name);
    }
    text.push('\n');
    Row::of(scores.iter()).write("all", &mut text);
    let mut sources: Vec<&str> = cases.iter().map(|case| case.source.as_str()).collect();
    sources.dedup();
    for source in sources {
        let of_source = cases.iter().zip(scores).filter(|(case, _)| case.source == source);
        Row::of(of_source.map(|(_, scores)| scores)).write(source, &mut text);
    }
    let _ = write!(text, "{:<14}", "trafilatura *");
    for measure in &MEASURES {
        let _ = write!(text, " {:>6.3}     ", measure.peer);
    }
    let _ = write!(text, "\n{:<14}", "at least");
    for measure in &MEASURES {
        let bar = measure.bar.map_or("-".to_owned(), |bar| format!("{bar:.3}"));
        let _ = write!(text, " {bar:>6}     ");
    }
    text.push_str("\n* trafilatura 2.3.1 (Python) on the same pages, as published with them\n");
    text
}

/// The same measures by publishers: those that rules may be tuned on, and those held back.
pub(crate) fn split(cases: &[Case], scores: &[Vec<Score>]) -> String {
    let mut text = "\nBy publishers. A hash of the publisher's name puts a third of them aside: rules are chosen by the\n\
        pages of the others (\"tuned\") alone. Where \"held back\" falls short of \"tuned\", rules fit pages and not news.\n"
        .to_owned();
    for (name, held_back) in [("tuned", false), ("held back", true)] {
        let part = cases.iter().zip(scores).filter(|(case, _)| case.gold.is_held_back() == held_back);
        Row::of(part.map(|(_, scores)| scores)).write(name, &mut text);
    }
    text
}

/// The worst pages of each measure.
pub(crate) fn misses(cases: &[Case], scores: &[Vec<Score>], most: usize) -> String {
    let mut text = String::new();
    for (number, measure) in MEASURES.iter().enumerate() {
        let mut worst: Vec<(&Case, &Score)> = cases
            .iter()
            .zip(scores)
            .flat_map(|(case, scores)| scores.iter().map(move |score| (case, score)))
            .filter(|(_, score)| score.measure == number && score.value < 1.0)
            .collect();
        worst.sort_by(|a, b| a.1.value.total_cmp(&b.1.value));
        let _ = writeln!(text, "\n{}: {} pages fall short; the worst", measure.name, worst.len());
        for (case, score) in worst.into_iter().take(most) {
            let _ = writeln!(
                text,
                "  {:<18} {:.3}\n    wanted {}\n    got    {}",
                case.gold.id, score.value, score.wanted, score.got
            );
        }
    }
    text
}

/// How long pages took, and which were said to be no article.
pub(crate) fn times(cases: &[Case], predictions: &[Prediction]) -> String {
    const SLOW: Duration = Duration::from_secs(2);
    const SHOWN: usize = 20;
    let mut text = String::new();
    let total: Duration = predictions.iter().map(|prediction| prediction.took).sum();
    let average = mean(total.as_secs_f64() * 1_000.0, predictions.len());
    let slow = predictions.iter().filter(|prediction| prediction.took > SLOW).count();
    let slowest = cases.iter().zip(predictions).max_by_key(|(_, prediction)| prediction.took);
    if let Some((case, prediction)) = slowest {
        let _ = writeln!(
            text,
            "\n{} pages: {average:.1} ms of processor time a page, the slowest {} ms ({}), {slow} over 2 s",
            predictions.len(),
            prediction.took.as_millis(),
            case.gold.id
        );
    }
    let refused: Vec<_> = cases
        .iter()
        .zip(predictions)
        .filter_map(|(case, prediction)| Some((&case.gold.id, prediction.refused.as_ref()?)))
        .collect();
    let _ = writeln!(text, "{} pages gave no article", refused.len());
    for (id, reason) in refused.into_iter().take(SHOWN) {
        let _ = writeln!(text, "  {id:<18} {reason}");
    }
    text
}
