//! Why each field of a file's articles is what it is: its candidates, where each stands, which won.

use std::collections::HashMap;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use dateline_index::article::Origin;
use dateline_index::authority::Authority;
use dateline_index::record::Bin;
use dateline_index::registry::Registry;
use dateline_index::view::ArticleView;
use dateline_index::wishes::Wishes;
use dateline_ingest::evidence::{Evidence, Offer};
use dateline_ingest::extract;
use dateline_ingest::pipeline::{Work, extract_paths};
use dateline_ingest::raw::{Extracted, RawDocument};
use serde::Serialize;

use super::recognise::recognisers;
use super::work::Reading;
use super::{registry, signals};
use crate::cli::ExtractArgs;
use crate::ui;

pub(super) fn run(args: &ExtractArgs) -> Result<ExitCode> {
    let reading = Reading::of(&args.read, signals::stop_flag("Stopping."))?;
    let registry = registry();
    let kept = Arc::new(Kept::default());
    let work = work(&reading, &registry, &kept);
    let authority = Authority::of_list(registry);
    let mut broken = None;
    let summary = extract_paths(&reading.paths, &reading.options, &work, &mut |origin, extracted| {
        let evidence = kept.take(&origin);
        if broken.is_none()
            && let Err(error) = show(args.json, &Inspected::new(&origin, &extracted, evidence, &authority))
        {
            reading.options.stop.store(true, std::sync::atomic::Ordering::Relaxed);
            broken = Some(error);
        }
    })?;
    if let Some(error) = broken {
        return Err(error);
    }
    let not_done = summary.interrupted || summary.read_nothing();
    Ok(if not_done { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Extracts like an ingest does, and keeps the evidence.
fn work(reading: &Reading, registry: &Arc<Registry>, kept: &Arc<Kept>) -> Work {
    let actors = recognisers(Arc::clone(registry));
    let rules = reading.rules.clone();
    let kept = Arc::clone(kept);
    Arc::new(move |raw: RawDocument, wishes: &Wishes| {
        let origin = raw.origin.clone();
        let (mut extracted, evidence) = extract::inspect(raw, &rules.of(wishes));
        kept.put(&origin, evidence);
        if let Extracted::Article { article, .. } = &mut extracted {
            actors.recognise(article);
        }
        extracted
    })
}

/// Evidence on its way from the threads that extract to the one that shows.
#[derive(Default)]
struct Kept(Mutex<HashMap<RecordKey, Vec<Evidence>>>);

/// A record is known by its place in its file and by its bytes: its name can change on the way.
type RecordKey = (String, String, Option<u64>, String);

impl Kept {
    fn key(origin: &Origin) -> RecordKey {
        (origin.file.clone(), origin.member.clone(), origin.offset, origin.hash.clone())
    }

    fn put(&self, origin: &Origin, evidence: Vec<Evidence>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(Self::key(origin), evidence);
    }

    fn take(&self, origin: &Origin) -> Vec<Evidence> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.remove(&Self::key(origin)).unwrap_or_default()
    }
}

/// What is told of one record.
#[derive(Serialize)]
struct Inspected {
    file: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    member: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    record: String,
    bin: Bin,
    /// Why it is no article.
    reason: Option<String>,
    fields: Vec<Evidence>,
    article: Option<ArticleView>,
}

impl Inspected {
    fn new(origin: &Origin, extracted: &Extracted, fields: Vec<Evidence>, authority: &Authority) -> Self {
        let (bin, reason, article) = match extracted {
            Extracted::Article { article, .. } => {
                let view = ArticleView::new(article, std::slice::from_ref(origin), authority);
                (Bin::Article, None, Some(view))
            }
            Extracted::NotArticle(reason) => (Bin::NotArticle, Some(reason.clone()), None),
            Extracted::Unsupported(reason) => (Bin::Unsupported, Some(reason.clone()), None),
            Extracted::Skipped(reason) => (Bin::Skipped, Some(reason.clone()), None),
            Extracted::Failed(reason) => (Bin::Failed, Some(reason.clone()), None),
        };
        Self {
            file: origin.file.clone(),
            member: origin.member.clone(),
            record: origin.record.clone(),
            bin,
            reason,
            fields,
            article,
        }
    }
}

fn show(json: bool, inspected: &Inspected) -> Result<()> {
    if json { ui::json(inspected) } else { ui::answer(&said(inspected)) }
}

/// A record with its evidence as people read it.
fn said(inspected: &Inspected) -> String {
    let style = ui::Style::of_stdout();
    let place: Vec<&str> = [&inspected.file, &inspected.member, &inspected.record]
        .into_iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    let mut said = format!("{}\n", style.bold(&ui::plain(&place.join(" › "))));
    match &inspected.reason {
        Some(reason) => said.push_str(&format!("  {}: {}\n", inspected.bin.of_one(), ui::plain(reason))),
        None => said.push_str("  an article\n"),
    }
    for evidence in &inspected.fields {
        said.push_str(&said_of_field(evidence, style));
    }
    for doubt in inspected.article.iter().flat_map(|article| &article.doubts) {
        said.push_str(&format!("\n  doubt about {}: {}\n", doubt.field, ui::plain(&doubt.reason)));
    }
    said
}

fn said_of_field(evidence: &Evidence, style: ui::Style) -> String {
    let offer = |offer: &Offer| {
        let place = if offer.place == offer.found { String::new() } else { format!(", {}", offer.place) };
        format!("{} {}", ui::plain(&offer.value), style.faint(&format!("({}{place})", offer.found)))
    };
    let chosen = evidence.candidates.iter().find(|candidate| candidate.chosen);
    let value = chosen.map_or_else(|| "–".to_owned(), &offer);
    let mut said = format!("\n  {:<11} {value}\n", evidence.field);
    if !evidence.why.is_empty() {
        said.push_str(&format!("              {}\n", style.faint(&ui::plain(&evidence.why))));
    }
    for other in evidence.candidates.iter().filter(|candidate| !candidate.chosen) {
        said.push_str(&format!("              or: {}\n", offer(other)));
    }
    said
}
