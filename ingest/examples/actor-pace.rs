//! The side of `ingest/evaluation/actors-speed` that measures this recogniser: `actor-pace texts|rounds FOLDER CORPUS`
//!
//! `texts` prints the documents of a corpus as JSON Lines. `rounds` reads them into memory once and tells how
//! much of it the recognisers take; then each line of standard input asks for a round over all of them, and is
//! answered with the seconds of the processor's time that it took. At the end it tells the peak of memory.

#![expect(clippy::print_stdout, reason = "it prints measures")]

use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use dateline_index::registry::Registry;
use dateline_ingest::actors::Actors;
use dateline_ingest::actors::evaluate::{Content, Document, corpora, found, processor_time};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [what, folder, corpus] = arguments.as_slice() else {
        return Err("usage: actor-pace texts|rounds FOLDER CORPUS".into());
    };
    let documents = documents(Path::new(folder), corpus)?;
    match what.as_str() {
        "texts" => {
            for document in &documents {
                println!("{}", serde_json::json!({"id": document.id, "text": document.text}));
            }
            Ok(())
        }
        "rounds" => rounds(&documents),
        _ => Err(format!("{what} is neither texts nor rounds").into()),
    }
}

fn documents(folder: &Path, name: &str) -> Result<Vec<Document>, Box<dyn Error>> {
    let corpus = corpora(folder)?.into_iter().find(|corpus| corpus.name == name && !corpus.holds_articles);
    match corpus.ok_or(format!("{}: no {name}.conll", folder.display()))?.read()? {
        Content::Tokens(documents) => Ok(documents),
        Content::Articles(_) => Err("it holds articles".into()),
    }
}

fn rounds(documents: &[Document]) -> Result<(), Box<dyn Error>> {
    let before = kilobytes("VmRSS:");
    let actors = Actors::new(Arc::new(Registry::builtin()));
    let warm: usize = documents.iter().take(1).map(|document| found(&actors, document).len()).sum();
    println!("{} {} {warm}", before, kilobytes("VmRSS:"));
    for line in std::io::stdin().lines() {
        line?;
        let start = processor_time();
        let names: usize = documents.iter().map(|document| found(&actors, document).len()).sum();
        println!("{:.6} {names}", (processor_time() - start).as_secs_f64());
        std::io::stdout().flush()?;
    }
    println!("{}", kilobytes("VmHWM:"));
    Ok(())
}

/// A figure of this process's memory, as the kernel of Linux tells it; elsewhere 0.
fn kilobytes(figure: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(figure));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
