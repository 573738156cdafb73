//! Writes what extraction makes of a folder of gold pages, for the scorer of that folder:
//! `cargo run --release --example predict -- PAGES PREDICTIONS.jsonl [SOURCE/NNN.html]`.
//!
//! With `--fields` before PAGES the texts are left unread: many times as fast, for work on the other fields.
//! PAGES holds one folder a source, each with pages named `*.html`.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use dateline_index::article::Origin;
use dateline_ingest::charset::decode_page;
use dateline_ingest::extract::{Rules, extract};
use dateline_ingest::raw::{Extracted, RawBody, RawDocument};

const STACK: usize = 64 << 20;
const SLOW_MILLISECONDS: u128 = 2_000;

fn main() -> io::Result<()> {
    let mut arguments: Vec<String> = std::env::args().collect();
    let fields_only = arguments.get(1).is_some_and(|argument| argument == "--fields");
    if fields_only {
        arguments.remove(1);
    }
    let [_, pages, predictions, only @ ..] = &arguments[..] else {
        return Err(io::Error::other("usage: predict [--fields] PAGES PREDICTIONS.jsonl [SOURCE/NNN.html]"));
    };
    let files = pages_in(Path::new(pages), only)?;
    let next = AtomicUsize::new(0);
    let output = Mutex::new(io::BufWriter::new(fs::File::create(predictions)?));
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..std::thread::available_parallelism().map_or(1, usize::from))
            .map(|_| {
                let work = || {
                    while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let line = predict(file, fields_only)?;
                        let mut output = output.lock().map_err(|_| io::Error::other("a worker died"))?;
                        writeln!(output, "{line}")?;
                    }
                    io::Result::Ok(())
                };
                std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work)
            })
            .collect::<io::Result<_>>()?;
        workers
            .into_iter()
            .try_for_each(|worker| worker.join().map_err(|_| io::Error::other("a worker died"))?)
    })
}

fn pages_in(folder: &Path, only: &[String]) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for source in fs::read_dir(folder)? {
        for file in fs::read_dir(source?.path())? {
            let file = file?.path();
            let wanted = only.is_empty() || only.iter().any(|end| file.ends_with(end));
            if wanted && file.extension().is_some_and(|extension| extension == "html") {
                files.push(file);
            }
        }
    }
    files.sort();
    Ok(files)
}

fn predict(file: &Path, fields_only: bool) -> io::Result<String> {
    let bytes = fs::read(file)?;
    let body = RawBody::Html(decode_page(&bytes, None).text);
    let start = Instant::now();
    let raw = RawDocument { origin: Origin::default(), body };
    let found = std::panic::catch_unwind(|| extract(raw, &Rules { fields_only, ..Rules::default() }));
    let took = start.elapsed().as_millis();
    let note = |text: &str| writeln!(io::stderr(), "{}: {text}", file.display());
    if took > SLOW_MILLISECONDS {
        note(&format!("took {took} ms"))?;
    }
    let mut line = serde_json::json!({ "file": file, "milliseconds": took as u64 });
    match found {
        Ok(Extracted::Article { article, .. }) => {
            line["title"] = article.title.into();
            line["authors"] = article.bylines.into_iter().map(|byline| byline.0).collect();
            line["published"] = article.published.as_ref().map(|p| p.date.to_string()).into();
            line["found"] = article.published.map(|p| p.found).into();
            line["source"] = article.source.map(|source| source.name).into();
            line["section"] = article.section.into();
            line["tags"] = article.tags.into();
            line["language"] = article.language.map(|language| language.to_string()).into();
            line["url"] = article.url.into();
            line["text"] = article.text.into();
        }
        Ok(
            Extracted::NotArticle(reason)
            | Extracted::Unsupported(reason)
            | Extracted::Skipped(reason)
            | Extracted::Failed(reason),
        ) => note(&reason)?,
        Err(_) => note("extraction panicked")?,
    }
    Ok(line.to_string())
}
