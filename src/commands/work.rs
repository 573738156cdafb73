//! What is done with each record: extract it, find its actors.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Once};

use anyhow::Result;
use dateline_index::registry::Registry;
use dateline_index::wishes::{Asked, Wishes};
use dateline_ingest::extract::{Rules, extract};
use dateline_ingest::mapping::Mapping;
use dateline_ingest::pipeline::{Options, Work};
use dateline_ingest::raw::{Extracted, RawDocument};

use super::recognise::{fingerprint, recognisers};
use crate::cli::ReadArgs;
use crate::config::{self, Usage};

/// Grows with every change of extraction or recognition that should reach articles read before:
/// files read otherwise than now are read again.
const READING_VERSION: u32 = 4;

/// How to read, as the flags say.
pub(super) struct Reading {
    pub(super) paths: Vec<PathBuf>,
    pub(super) options: Options,
    pub(super) rules: Rules,
}

impl Reading {
    pub(super) fn of(args: &ReadArgs, stop: Arc<AtomicBool>) -> Result<Self> {
        let mapping = args.map.as_deref().map(Mapping::parse).transpose();
        let mapping = mapping.map_err(|error| Usage(format!("--map: {error}")))?;
        let asked = Asked {
            keep_all: args.keep_all.then_some(true).or(args.no_keep_all.then_some(false)),
            labels: config::labels(&args.set)?,
            mapping: mapping.map(|mapping| mapping.fingerprint()),
        };
        let options = Options {
            threads: args.threads,
            asked,
            limit: args.limit,
            stop,
            reading: format!("v{READING_VERSION}{}", fingerprint()),
            ..Options::default()
        };
        Ok(Self { paths: args.paths.clone(), options, rules: Rules::default() })
    }

    /// The work on one record.
    pub(super) fn work(&self, registry: &Arc<Registry>) -> Work {
        work(registry, self.rules.clone())
    }
}

/// Extracts a record and finds its actors.
pub(super) fn work(registry: &Arc<Registry>, rules: Rules) -> Work {
    keep_panics_of_extraction_quiet();
    let actors = recognisers(Arc::clone(registry));
    Arc::new(move |raw: RawDocument, wishes: &Wishes| {
        let mut extracted = extract(raw, &rules.of(wishes));
        if let Extracted::Article { article, .. } = &mut extracted {
            actors.recognise(article);
        }
        extracted
    })
}

/// A page on which extraction panics is a failed record with its reason, listed at the end: the
/// runtime's own lines about it would only stand in the way.
fn keep_panics_of_extraction_quiet() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if std::thread::current().name() != Some("extract") {
                usual(panic);
            }
        }));
    });
}
