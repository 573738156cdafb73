//! How exactly actors are found: `cargo run --release -p dateline-ingest --example actors -- FOLDER [CORPUS …]`
//!
//! FOLDER holds corpora as `NAME.conll` or `NAME.conll.xz`. `--misses` lists what is wrong, `--timed`
//! measures the pace, `--weights FILE` takes the tagger's weights from there.

#![expect(clippy::print_stdout, reason = "it prints measures")]

use std::error::Error;
use std::sync::Arc;
use std::time::Instant;

use dateline_index::registry::Registry;
use dateline_ingest::actors::Actors;
use dateline_ingest::actors::evaluate::{self, Counts};
use dateline_ingest::actors::tagger::{Model, Tagger};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut flag = |name: &str| {
        let place = arguments.iter().position(|argument| argument == name)?;
        Some(arguments.remove(place))
    };
    let (misses, timed) = (flag("--misses").is_some(), flag("--timed").is_some());
    let weights = arguments.iter().position(|argument| argument == "--weights");
    let weights = weights.map(|place| arguments.drain(place..place + 2).nth(1).unwrap_or_default());
    let (folder, names) =
        arguments.split_first().ok_or("usage: actors FOLDER [CORPUS …] [--misses] [--timed]")?;
    let registry = Arc::new(Registry::builtin());
    let actors = match weights {
        Some(file) => {
            let model =
                Model::read(&std::fs::read(&file)?).ok_or(format!("{file}: no weights of a tagger"))?;
            Actors::with_tagger(registry, Tagger::new(model))
        }
        None => Actors::new(registry),
    };
    for (name, documents) in evaluate::corpora(folder.as_ref(), names)? {
        if misses {
            for document in &documents {
                print_misses(&actors, document);
            }
        }
        let start = Instant::now();
        let scores = evaluate::evaluate(&actors, &documents);
        let seconds = start.elapsed().as_secs_f64();
        let percent = |counts: &Counts| format!("{:5.1}", counts.f1() * 100.0);
        println!(
            "{name:16} mentions {} typed {} untyped {} lenient {}",
            percent(&scores.mentions),
            percent(&scores.typed),
            percent(&scores.untyped),
            percent(&scores.lenient)
        );
        for (sort, counts) in &scores.sorts {
            let (precision, recall) = (counts.precision() * 100.0, counts.recall() * 100.0);
            println!(
                "    {sort:13?} P {precision:5.1} R {recall:5.1} F {} of {}",
                percent(counts),
                counts.gold
            );
        }
        if timed {
            let tokens: usize = documents.iter().map(|document| document.tokens).sum();
            println!("    {:.0} tokens a second", tokens as f64 / seconds);
        }
    }
    Ok(())
}

/// The names that are missing (-), too many (+) or of a wrong sort, once a document.
fn print_misses(actors: &Actors, document: &evaluate::Document) {
    let (gold, found) = (evaluate::gold(document), evaluate::found(actors, document));
    let mut lines = std::collections::BTreeSet::new();
    for (sign, these, others) in [("-", &gold, &found), ("+", &found, &gold)] {
        for named in these {
            let near = others.iter().find(|other| other.start < named.end && named.start < other.end);
            if !others.iter().any(|other| other.name == named.name && other.sort == named.sort) {
                let near = near.map(|near| format!("{} {:?}", near.name, near.sort)).unwrap_or_default();
                let around =
                    |at: usize| (0..=at).rev().find(|at| document.text.is_char_boundary(*at)).unwrap_or(0);
                let (from, to) = (
                    around(named.start.saturating_sub(40)),
                    around((named.end + 30).min(document.text.len())),
                );
                let context = document.text[from..to].replace('\n', " ");
                lines.insert(format!(
                    "{sign}\t{:?}\t{}\t{near}\t{context}\t{}",
                    named.sort, named.name, named.found_by
                ));
            }
        }
    }
    lines.iter().for_each(|line| println!("{line}\t{}", document.id));
}
