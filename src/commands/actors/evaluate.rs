//! How exactly actors are found, on corpora whose actors are known.

mod misses;
mod report;

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use dateline_ingest::actors::Actors;
use dateline_ingest::actors::evaluate::{
    Content, Corpus, corpora, evaluate, evaluate_other, evaluate_sets, processor_time,
};
use dateline_ingest::actors::tagger::{Model, Tagger};

use crate::cli::EvaluateArgs;
use crate::commands::registry;
use crate::config::Usage;
use crate::ui;

/// Measures each corpus. One that cannot be read is named and stops no other.
pub(in crate::commands) fn run(args: &EvaluateArgs, json: bool) -> Result<ExitCode> {
    let chosen = chosen(args)?;
    let actors = actors(args.weights.as_deref())?;
    let mut failed = 0;
    for corpus in &chosen {
        let read = corpus.read().with_context(|| corpus.path.display().to_string());
        match read.and_then(|content| measure(&actors, corpus, &content, args, json)) {
            Ok(()) => {}
            Err(error) => {
                failed += 1;
                ui::tell(&ui::plain(&format!("{error:#}")));
            }
        }
    }
    Ok(if failed > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The corpora that were asked for: all of the folder, unless they are named.
fn chosen(args: &EvaluateArgs) -> Result<Vec<Corpus>> {
    let folder = args.folder.display();
    let mut known = corpora(&args.folder).with_context(|| folder.to_string())?;
    if known.is_empty() {
        bail!("{folder} holds no corpus: no NAME.conll and no NAME.jsonl, packed or not");
    }
    for name in &args.corpora {
        if !known.iter().any(|corpus| corpus.name == *name) {
            let known = known.iter().map(|corpus| corpus.name.as_str());
            return Err(Usage(format!("{folder} holds no corpus {name:?}; {}", near(name, known))).into());
        }
    }
    known.retain(|corpus| {
        let named = args.corpora.contains(&corpus.name);
        named || args.corpora.is_empty() && !(args.predicted && corpus.holds_articles)
    });
    Ok(known)
}

/// The names that are most like one which nobody has: those that share its beginning or hold it; else all.
fn near<'n>(typed: &str, known: impl Iterator<Item = &'n str>) -> String {
    let known: Vec<&str> = known.collect();
    let beginning: String = typed.chars().take(3).collect::<String>().to_lowercase();
    let near = known.iter().copied().filter(|name| name.to_lowercase().contains(&beginning));
    let near: Vec<&str> = near.collect();
    match near.is_empty() {
        true => format!("it holds {}", known.join(", ")),
        false => format!("did you mean {}?", near.join(" or ")),
    }
}

fn actors(weights: Option<&Path>) -> Result<Actors> {
    let Some(file) = weights else { return Ok(Actors::new(registry())) };
    let bytes = std::fs::read(file).with_context(|| file.display().to_string())?;
    let model = Model::read(&bytes).with_context(|| format!("{}: no weights of a tagger", file.display()))?;
    Ok(Actors::with_tagger(registry(), Tagger::new(model)))
}

fn measure(
    actors: &Actors,
    corpus: &Corpus,
    content: &Content,
    args: &EvaluateArgs,
    json: bool,
) -> Result<()> {
    let start = processor_time();
    match content {
        Content::Tokens(documents) if args.predicted => {
            let scores = evaluate_other(documents).with_context(|| {
                format!("{}: it has no third column with the tags of another system", corpus.path.display())
            })?;
            if args.misses {
                documents.iter().try_for_each(|document| misses::of_tokens(None, document))?;
            }
            report::names(&corpus.name, documents, &scores, None, json)
        }
        Content::Tokens(documents) => {
            let scores = evaluate(actors, documents);
            let words = documents.iter().map(|document| document.tokens).sum();
            let pace = args.timed.then(|| pace(words, processor_time().saturating_sub(start)));
            if args.misses {
                documents.iter().try_for_each(|document| misses::of_tokens(Some(actors), document))?;
            }
            report::names(&corpus.name, documents, &scores, pace, json)
        }
        Content::Articles(_) if args.predicted => {
            bail!("{}: --predicted measures labelled tokens alone", corpus.path.display())
        }
        Content::Articles(articles) => {
            let scores = evaluate_sets(actors, articles);
            let read = articles.iter().filter(|read| read.gold.is_some());
            let words = read.map(|read| read.article.text.split_whitespace().count()).sum();
            let pace = args.timed.then(|| pace(words, processor_time().saturating_sub(start)));
            if args.misses {
                misses::of_articles(&scores)?;
            }
            report::sets(&corpus.name, &scores, pace, json)
        }
    }
}

/// Words a second.
fn pace(words: usize, taken: Duration) -> f64 {
    words as f64 / taken.as_secs_f64().max(f64::MIN_POSITIVE)
}
