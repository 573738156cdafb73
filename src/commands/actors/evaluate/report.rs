//! What was measured, as a table for people or a line of JSON for programs.

use anyhow::Result;
use dateline_ingest::actors::evaluate::{Counts, Document, GroupScores, Scores, SetScores};
use dateline_ingest::actors::tagger::Sort;
use serde_json::{Map, Value, json};

use crate::ui;

/// Names in labelled tokens.
pub(super) fn names(
    corpus: &str,
    documents: &[Document],
    scores: &Scores,
    pace: Option<f64>,
    json: bool,
) -> Result<()> {
    let tokens: usize = documents.iter().map(|document| document.tokens).sum();
    let mut rows = vec![
        ("mentions", &scores.mentions),
        ("facet typed", &scores.typed),
        ("facet untyped", &scores.untyped),
        ("facet lenient", &scores.lenient),
    ];
    rows.extend(scores.sorts.iter().map(|(sort, counts)| (kind(*sort), counts)));
    if json {
        let rows: Map<String, Value> =
            rows.into_iter().map(|(row, counts)| (row.replace(' ', "_"), of_counts(counts))).collect();
        return ui::json(&json!({
            "corpus": corpus, "documents": documents.len(), "tokens": tokens, "names": rows,
            "words_a_second": pace.map(f64::round),
        }));
    }
    let size =
        format!("{}, {}", ui::count(documents.len() as u64, "document"), ui::count(tokens as u64, "token"));
    ui::answer(&format!("{corpus}: {size}"))?;
    ui::answer(&format!(
        "  {:<16}{:>8}{:>8}{:>11}{:>8}{:>7}",
        "", "gold", "found", "precision", "recall", "F1"
    ))?;
    for (row, counts) in rows {
        ui::answer(&format!("  {row:<16}{}", line(counts)))?;
    }
    told_pace(pace)
}

/// Sets of actors of whole articles.
pub(super) fn sets(corpus: &str, scores: &SetScores, pace: Option<f64>, json: bool) -> Result<()> {
    let groups = scores.groups.iter().map(|(group, scores)| (group.label(), scores));
    let rows = groups.chain([("all, any kind", &scores.all)]);
    if json {
        let rows: Map<String, Value> =
            rows.map(|(row, scores)| (row.replace(", ", "_").replace(' ', "_"), of_group(scores))).collect();
        return ui::json(&json!({
            "corpus": corpus, "articles": scores.articles, "without_gold": scores.without_gold, "sets": rows,
            "words_a_second": pace.map(f64::round),
        }));
    }
    let without = match scores.without_gold {
        0 => String::new(),
        without => format!("; {} more of which nobody says who is in them", ui::number(without as u64)),
    };
    ui::answer(&format!("{corpus}: {}{without}", ui::count(scores.articles as u64, "article")))?;
    ui::answer(&format!(
        "  {:<16}{:>8}{:>8}{:>11}{:>8}{:>7}   {:>16}  {:>9}",
        "", "gold", "found", "precision", "recall", "F1", "mean of articles", "of printed"
    ))?;
    for (row, scores) in rows {
        let [precision, recall, f1] = scores.means().map(|value| value * 100.0);
        let outside = match scores.without_code {
            0 => String::new(),
            outside => format!("   and {} that no code names", ui::number(outside as u64)),
        };
        let printed = scores.recall_of_printed() * 100.0;
        let means = format!("{precision:5.1} {recall:5.1} {f1:5.1}{printed:>11.1}");
        ui::answer(&format!("  {row:<16}{}   {means}{outside}", line(&scores.counts)))?;
    }
    told_pace(pace)
}

fn kind(sort: Sort) -> &'static str {
    match sort {
        Sort::Person => "people",
        Sort::Organisation => "organisations",
        Sort::Place => "places",
        Sort::Other => "others",
    }
}

fn line(counts: &Counts) -> String {
    let [precision, recall, f1] =
        [counts.precision(), counts.recall(), counts.f1()].map(|value| value * 100.0);
    let (gold, found) = (ui::number(counts.gold as u64), ui::number(counts.found as u64));
    format!("{gold:>8}{found:>8}{precision:>11.1}{recall:>8.1}{f1:>7.1}")
}

fn of_counts(counts: &Counts) -> Value {
    json!({
        "gold": counts.gold, "found": counts.found, "right": counts.right, "reached": counts.reached,
        "precision": rounded(counts.precision()), "recall": rounded(counts.recall()), "f1": rounded(counts.f1()),
    })
}

fn of_group(scores: &GroupScores) -> Value {
    let [precision, recall, f1] = scores.means().map(rounded);
    let mut value = of_counts(&scores.counts);
    value["found_without_code"] = scores.without_code.into();
    value["inferred"] = scores.inferred.into();
    value["recall_of_printed"] = rounded(scores.recall_of_printed()).into();
    value["mean_of_articles"] =
        json!({"articles": scores.articles, "precision": precision, "recall": recall, "f1": f1});
    value
}

fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

fn told_pace(pace: Option<f64>) -> Result<()> {
    match pace {
        Some(pace) => {
            ui::answer(&format!("  {} words a second of the processor's time", ui::number(pace as u64)))
        }
        None => Ok(()),
    }
}
