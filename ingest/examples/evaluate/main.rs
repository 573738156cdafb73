//! Extracts a folder of pages whose truth is known, and says how well it went; `ingest/EVALUATION.md` says how to
//! read it:
//! `cargo run --release -p dateline-ingest --example evaluate -- PAGES [--predictions OUT.jsonl] [--misses N]
//! [--split] [--publishers K/N] [--fields] [--keep-all]`

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use dateline_ingest::extract::Rules;

mod clock;
mod gold;
mod measures;
mod predict;
mod report;
mod timed;

const USAGE: &str = "usage: evaluate PAGES [--predictions OUT.jsonl] [--misses N] [--split]
                [--publishers K/N] [--fields] [--keep-all]

PAGES           one folder a source, each with its pages and gold.jsonl
--predictions   writes what was extracted, one JSON object a page
--misses N      lists the N worst pages of each measure
--split         shows publishers that rules were tuned on beside those held back
--publishers    scores the pages of one of N parts of the publishers, and no others
--fields        leaves the texts unread: many times as fast, and no measure of texts
--keep-all      scores pages that are no article as one, too

evaluate --timed FILES answers ingest/evaluation/speed";

#[derive(Default)]
struct Options {
    pages: PathBuf,
    predictions: Option<PathBuf>,
    misses: usize,
    split: bool,
    part: Option<gold::Part>,
    rules: Rules,
}

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, list] = &arguments[..]
        && flag == "--timed"
    {
        return timed::run(Path::new(list));
    }
    let options = options(arguments.into_iter())?;
    let mut cases = gold::read(&options.pages)?;
    cases.retain(|case| options.part.is_none_or(|part| case.gold.is_of(part)));
    let predictions = predict::all(&cases, &options.rules)?;
    if let Some(path) = &options.predictions {
        write_predictions(path, &predictions)?;
    }
    let scores: Vec<_> = cases
        .iter()
        .zip(&predictions)
        .map(|(case, prediction)| measures::of_page(&case.gold, prediction))
        .collect();
    let mut text = report::table(&cases, &scores);
    if options.split {
        text.push_str(&report::split(&cases, &scores));
    }
    text.push_str(&report::times(&cases, &predictions));
    if options.misses > 0 {
        text.push_str(&report::misses(&cases, &scores, options.misses));
    }
    io::stdout().write_all(text.as_bytes())
}

fn options(mut arguments: impl Iterator<Item = String>) -> io::Result<Options> {
    let wrong = || io::Error::new(io::ErrorKind::InvalidInput, USAGE);
    let mut options = Options::default();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--predictions" => options.predictions = Some(arguments.next().ok_or_else(wrong)?.into()),
            "--misses" => {
                options.misses = arguments.next().and_then(|number| number.parse().ok()).ok_or_else(wrong)?;
            }
            "--split" => options.split = true,
            "--publishers" => {
                let part = arguments.next().and_then(|part| gold::Part::parse(&part));
                options.part = Some(part.ok_or_else(wrong)?);
            }
            "--fields" => options.rules.fields_only = true,
            "--keep-all" => options.rules.keep_all = true,
            pages if !pages.starts_with('-') && options.pages == Path::new("") => {
                options.pages = pages.into()
            }
            _ => return Err(wrong()),
        }
    }
    if options.pages == Path::new("") { Err(wrong()) } else { Ok(options) }
}

fn write_predictions(path: &Path, predictions: &[predict::Prediction]) -> io::Result<()> {
    let mut output = io::BufWriter::new(fs::File::create(path)?);
    for prediction in predictions {
        writeln!(output, "{}", serde_json::to_string(prediction)?)?;
    }
    output.flush()
}
