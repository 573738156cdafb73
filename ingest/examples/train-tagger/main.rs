//! Learns the tagger's weights: `cargo run --release -p dateline-ingest --example train-tagger -- NER_FOLDER OUT`
//!
//! `NER_FOLDER` holds what `ingest/data/tagger/README.md` names, OUT is where the weights go. The same texts give
//! the same weights. It learns twice: what was learned first, with the registry and all rules of the stage, labels
//! the texts of the other taggers too, and has a voice in what they are taken for (Xie and others, "Self-training
//! with noisy student", 2020). It takes some minutes and about 4 GB of memory, on one core.

#![expect(clippy::print_stderr, reason = "it tells how far it is")]

mod clusters;
mod corpus;
mod learn;
mod names;
mod student;
mod table;
mod vectors;
mod vote;

use std::error::Error;
use std::path::Path;

use dateline_ingest::actors::tagger::{Lexicon, Model};

use corpus::{Silver, Text};
use student::Student;
use vote::Reading;

/// How much the first weights count beside the other taggers, of which each counts one.
const STUDENT_WEIGHT: f32 = 1.5;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, out] = arguments.as_slice() else {
        return Err("usage: train-tagger NER_FOLDER OUT".into());
    };
    let folder = Path::new(folder);
    let (mut corpus, mut silver) = (corpus::gold(folder)?, corpus::silver(folder)?);
    let gold = corpus.len();
    corpus.extend(silver.iter().map(Silver::text));
    eprintln!("{} documents", corpus.len());
    let mut lexicon = clusters::learn(&corpus);
    names::add(&mut lexicon);
    vectors::add(folder, &mut lexicon)?;
    eprintln!("{} words in classes, {} names", lexicon.sorted().len(), lexicon.sorted_names().len());
    let first = learn(&corpus, &lexicon);
    let student = Student::new(Model::read(&first).ok_or("the first weights cannot be read")?);
    for text in &mut silver {
        text.readings.push(Reading { names: student.names(&text.document), weight: STUDENT_WEIGHT });
    }
    corpus.truncate(gold);
    corpus.extend(silver.iter().map(Silver::text));
    let bytes = learn(&corpus, &lexicon);
    std::fs::write(out, &bytes)?;
    eprintln!("{} bytes", bytes.len());
    Ok(())
}

/// The weights that the texts teach.
fn learn(corpus: &[Text], lexicon: &Lexicon) -> Vec<u8> {
    let doubts: usize = corpus.iter().map(|text| text.doubts.len()).sum();
    let table = table::Table::new(corpus, lexicon);
    eprintln!("{} tokens, {} features, {doubts} passages in doubt", table.tokens(), table.features.len());
    learn::learn(&table).bytes(&table, lexicon)
}
