//! What would be made of files, without an archive.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use dateline_index::article::{Article, Origin};
use dateline_index::authority::Authority;
use dateline_index::record::Bin;
use dateline_index::view::ArticleView;
use dateline_ingest::extract::{empty_fields_of, is_known_field};
use dateline_ingest::pipeline::{Summary, Work, extract_paths};
use dateline_ingest::raw::{Extracted, RawBody};

use super::work::Reading;
use super::{registry, signals};
use crate::cli::ExtractArgs;
use crate::ui;

pub(super) fn run(args: &ExtractArgs) -> Result<ExitCode> {
    let stop = signals::stop_flag("Stopping.");
    let reading = Reading::of(&args.read, stop)?;
    let registry = registry();
    let work = reading.work(&registry);
    let summary =
        each(&reading, &work, &Authority::of_list(registry), &mut |origin, extracted, authority| {
            show(args.json, origin, extracted, authority)
        })?;
    let not_done = summary.interrupted || summary.read_nothing();
    Ok(if not_done { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Shows the articles as they would be stored, and names fields that nobody asked for and fields that
/// stay empty.
pub(super) fn dry_run(reading: &Reading, json: bool) -> Result<ExitCode> {
    let fields = Arc::new(Mutex::new(Fields::default()));
    let seen = Arc::clone(&fields);
    let registry = registry();
    let work = reading.work(&registry);
    let looking: Work = Arc::new(move |raw, wishes| {
        // What a record has is looked at before anybody judges it: one that is no article yet, for want
        // of a mapping, is the one whose fields matter most.
        let record = match &raw.body {
            RawBody::Fields(fields) => Some(fields.clone()),
            RawBody::Html(_) | RawBody::Text(_) | RawBody::Entry(_) => None,
        };
        let extracted = work(raw, wishes);
        let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
        match record {
            Some(record) => seen.meet_record(&record),
            None => seen.meet(&extracted),
        }
        extracted
    });
    let summary =
        each(reading, &looking, &Authority::of_list(registry), &mut |origin, extracted, authority| {
            show(json, origin, extracted, authority)
        })?;
    ui::tell(&fields.lock().unwrap_or_else(PoisonError::into_inner).said());
    ui::tell(&format!(
        "Nothing was stored: {} seen, {} skipped, {} failed.",
        ui::count(summary.tally.seen, "record"),
        ui::number(summary.tally.skipped),
        ui::number(summary.tally.failed)
    ));
    Ok(if summary.read_nothing() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

type Each<'a> = &'a mut dyn FnMut(&Origin, &Extracted, &Authority) -> Result<()>;

fn each(reading: &Reading, work: &Work, authority: &Authority, each: Each<'_>) -> Result<Summary> {
    let mut broken = None;
    let summary = extract_paths(&reading.paths, &reading.options, work, &mut |origin, extracted| {
        if broken.is_none()
            && let Err(error) = each(&origin, &extracted, authority)
        {
            reading.options.stop.store(true, std::sync::atomic::Ordering::Relaxed);
            broken = Some(error);
        }
    })?;
    broken.map_or(Ok(summary), Err)
}

fn show(json: bool, origin: &Origin, extracted: &Extracted, authority: &Authority) -> Result<()> {
    let (bin, reason) = match extracted {
        Extracted::Article { article, .. } => {
            let view = ArticleView::new(article, std::slice::from_ref(origin), authority);
            return if json { ui::json(&view) } else { ui::answer(&said(&view)) };
        }
        Extracted::NotArticle(reason) => (Bin::NotArticle, reason),
        Extracted::Unsupported(reason) => (Bin::Unsupported, reason),
        Extracted::Skipped(reason) => (Bin::Skipped, reason),
        Extracted::Failed(reason) => (Bin::Failed, reason),
    };
    if json {
        ui::json(&ArticleView::without_article(origin, reason))
    } else {
        ui::answer(&format!("{}\n  {}: {}\n", origin.file, bin.of_one(), ui::plain(reason)))
    }
}

/// An article as people read it at the terminal.
fn said(view: &ArticleView) -> String {
    let file = view.file.as_deref().unwrap_or_default();
    let published = view.published.as_ref().map(|p| format!("{} (found in: {})", p.date, p.found));
    let mut actors: BTreeMap<&str, usize> = BTreeMap::new();
    for mention in &view.mentions {
        *actors.entry(&mention.label).or_default() += 1;
    }
    let actors: Vec<_> = actors.iter().map(|(label, count)| format!("{label} {count}")).collect();
    let rows = [
        ("id", view.id.clone()),
        ("title", Some(view.title.clone())),
        ("authors", Some(view.authors.join("; "))),
        ("published", published),
        ("source", view.source.clone()),
        ("section", view.section.clone()),
        ("language", view.language.clone()),
        ("url", view.url.clone()),
        ("text", Some(excerpt(&view.text))),
        ("actors", Some(actors.join(", "))),
        (
            "doubts",
            Some(
                view.doubts
                    .iter()
                    .map(|d| format!("{}: {}", d.field, d.reason))
                    .collect::<Vec<_>>()
                    .join("; "),
            ),
        ),
    ];
    let mut said = format!("{file}\n");
    for (name, value) in rows {
        let value = value.filter(|value| !value.is_empty()).unwrap_or_else(|| "–".into());
        said.push_str(&format!("  {name:<10} {}\n", ui::plain(&value)));
    }
    said
}

fn excerpt(text: &str) -> String {
    let start: String = text.chars().take(160).collect();
    let words = text.split_whitespace().count();
    format!("{} words: {start}{}", ui::number(words as u64), if start.len() < text.len() { "…" } else { "" })
}

/// Which fields records had that nobody asked for, and which fields of articles stayed empty.
#[derive(Default)]
struct Fields {
    records: u64,
    unknown: BTreeMap<String, u64>,
    empty: BTreeMap<&'static str, u64>,
}

impl Fields {
    fn meet(&mut self, extracted: &Extracted) {
        let Extracted::Article { article, .. } = extracted else { return };
        self.records += 1;
        for name in article.extra.keys() {
            *self.unknown.entry(name.clone()).or_default() += 1;
        }
        for name in empty_fields(article) {
            *self.empty.entry(name).or_default() += 1;
        }
    }

    fn meet_record(&mut self, record: &serde_json::Map<String, serde_json::Value>) {
        self.records += 1;
        for name in record.keys().filter(|name| !is_known_field(name)) {
            *self.unknown.entry(name.clone()).or_default() += 1;
        }
        for name in empty_fields_of(record) {
            *self.empty.entry(name).or_default() += 1;
        }
    }

    fn said(&self) -> String {
        let listed =
            |counts: Vec<String>| if counts.is_empty() { "none".to_owned() } else { counts.join(", ") };
        let of = |count: &u64| format!("{} of {}", ui::number(*count), ui::number(self.records));
        let unknown = self.unknown.iter().map(|(name, count)| format!("{name} ({})", of(count))).collect();
        let empty = self.empty.iter().map(|(name, count)| format!("{name} ({})", of(count))).collect();
        format!(
            "Unknown fields, kept but not searched: {}.\nEmpty fields: {}.",
            listed(unknown),
            listed(empty)
        )
    }
}

fn empty_fields(article: &Article) -> Vec<&'static str> {
    let fields = [
        ("title", article.title.is_empty()),
        ("authors", article.bylines.is_empty()),
        ("published", article.published.is_none()),
        ("source", article.source.is_none()),
        ("section", article.section.is_none()),
        ("language", article.language.is_none()),
        ("url", article.url.is_none()),
        ("tags", article.tags.is_empty()),
        ("description", article.standfirst.is_none()),
        ("body", article.text.is_empty()),
    ];
    fields.into_iter().filter(|(_, empty)| *empty).map(|(name, _)| name).collect()
}
