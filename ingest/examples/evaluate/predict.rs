//! What extraction makes of a page: its bytes are decoded and made safe as an ingest does it.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use dateline_index::article::Origin;
use dateline_index::article::{Block, BlockKind};
use dateline_ingest::charset::decode_page;
use dateline_ingest::extract::{Rules, extract};
use dateline_ingest::prescan::{LIMITS, make_safe};
use dateline_ingest::raw::{Extracted, RawBody, RawDocument};
use serde::Serialize;

use crate::clock;
use crate::gold::Case;

/// Parsers recurse.
pub(crate) const STACK: usize = 64 << 20;

/// A line of the predictions file.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Prediction {
    pub(crate) file: String,
    pub(crate) title: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) published: Option<String>,
    /// Without the captions, which stand apart: no truth holds any.
    pub(crate) text: Option<String>,
    captions: Vec<String>,
    source: Option<String>,
    section: Option<String>,
    tags: Vec<String>,
    language: Option<String>,
    url: Option<String>,
    found: std::collections::BTreeMap<String, String>,
    doubts: Vec<String>,
    /// Why there is no article, where there is none.
    pub(crate) refused: Option<String>,
    #[serde(skip)]
    pub(crate) took: Duration,
    milliseconds: u64,
}

/// Predicts each case, in their order, on all cores.
pub(crate) fn all(cases: &[Case], rules: &Rules) -> io::Result<Vec<Prediction>> {
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<Option<Prediction>>> = Mutex::new(vec![None; cases.len()]);
    let died = |_| io::Error::other("a worker died");
    std::thread::scope(|scope| {
        let work = || {
            loop {
                let place = next.fetch_add(1, Ordering::Relaxed);
                let Some(case) = cases.get(place) else { return io::Result::Ok(()) };
                let prediction = one(case, rules)?;
                done.lock().map_err(|_| io::Error::other("a worker died"))?[place] = Some(prediction);
            }
        };
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let workers: Vec<_> = (0..cores)
            .map(|_| std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work))
            .collect::<io::Result<_>>()?;
        workers.into_iter().try_for_each(|worker| worker.join().map_err(died)?)
    })?;
    let done = done.into_inner().map_err(|_| io::Error::other("a worker died"))?;
    Ok(done.into_iter().flatten().collect())
}

fn one(case: &Case, rules: &Rules) -> io::Result<Prediction> {
    let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", case.path.display()));
    let bytes = fs::read(&case.path).map_err(named)?;
    let start = clock::now();
    let extracted = std::panic::catch_unwind(|| of_bytes(&bytes, rules));
    let took = clock::now() - start;
    let mut prediction = match extracted {
        Ok(extracted) => shown(extracted),
        Err(_) => Prediction { refused: Some("the extraction panicked".to_owned()), ..Prediction::default() },
    };
    prediction.file = file_of(&case.path);
    prediction.took = took;
    prediction.milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    Ok(prediction)
}

/// From bytes to an article.
pub(crate) fn of_bytes(bytes: &[u8], rules: &Rules) -> Extracted {
    match make_safe(decode_page(bytes, None).text, &LIMITS) {
        Ok(safe) => extract(RawDocument { origin: Origin::default(), body: RawBody::Html(safe.page) }, rules),
        Err(reason) => Extracted::Failed(reason),
    }
}

fn shown(extracted: Extracted) -> Prediction {
    match extracted {
        Extracted::Article { article, .. } => Prediction {
            title: Some(article.title),
            authors: article.bylines.into_iter().map(|byline| byline.0).collect(),
            published: article.published.as_ref().map(|published| published.date.to_string()),
            text: Some(without_captions(&article.text, &article.blocks)),
            captions: captions(&article.text, &article.blocks),
            source: article.source.map(|source| source.name),
            section: article.section,
            tags: article.tags,
            language: article.language.map(|language| language.to_string()),
            url: article.url,
            found: article
                .found
                .into_iter()
                .chain(article.published.map(|published| ("published".to_owned(), published.found)))
                .collect(),
            doubts: article
                .doubts
                .into_iter()
                .map(|doubt| format!("{}: {}", doubt.field, doubt.reason))
                .collect(),
            ..Prediction::default()
        },
        Extracted::NotArticle(reason)
        | Extracted::Unsupported(reason)
        | Extracted::Skipped(reason)
        | Extracted::Failed(reason) => Prediction { refused: Some(reason), ..Prediction::default() },
    }
}

/// The parts of a text that are no captions.
fn without_captions(text: &str, blocks: &[Block]) -> String {
    let others = blocks.iter().filter(|block| block.kind != BlockKind::Caption);
    others.map(|block| &text[block.start..block.end]).collect::<Vec<_>>().join("\n\n")
}

fn captions(text: &str, blocks: &[Block]) -> Vec<String> {
    let captions = blocks.iter().filter(|block| block.kind == BlockKind::Caption);
    captions.map(|block| text[block.start..block.end].to_owned()).collect()
}

/// "SOURCE/NNN.html".
fn file_of(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts[parts.len().saturating_sub(2)..].join("/")
}
