//! Learns the tagger's weights: `cargo run --release -p dateline-ingest --example train-tagger -- NER_FOLDER OUT`
//!
//! `NER_FOLDER` holds the corpora that `ingest/data/tagger/README.md` names, OUT is where the weights go. The same corpora give
//! the same weights. It takes some minutes and about 4 GB of memory, on one core.

#![expect(clippy::print_stderr, reason = "it tells how far it is")]

mod clusters;
mod corpus;
mod learn;
mod names;
mod table;
mod vectors;

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, out] = arguments.as_slice() else {
        return Err("usage: train-tagger NER_FOLDER OUT".into());
    };
    let corpus = corpus::read(Path::new(folder))?;
    eprintln!("{} documents", corpus.len());
    let mut lexicon = clusters::learn(&corpus);
    names::add(&mut lexicon);
    vectors::add(Path::new(folder), &mut lexicon)?;
    eprintln!("{} words in classes, {} names", lexicon.sorted().len(), lexicon.sorted_names().len());
    let table = table::Table::new(&corpus, &lexicon);
    eprintln!("{} tokens, {} features", table.tokens(), table.features.len());
    let weights = learn::learn(&table);
    let bytes = weights.bytes(&table, &lexicon);
    std::fs::write(out, &bytes)?;
    eprintln!("{} bytes", bytes.len());
    Ok(())
}
