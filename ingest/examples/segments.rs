//! Writes the segments of a folder of gold pages with their values, for
//! `ingest/data/learn-segments`: `cargo run --release --example segments -- PAGES SEGMENTS.jsonl`.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use dateline_ingest::charset::decode_page;
use dateline_ingest::prescan::{LIMITS, make_safe};

const STACK: usize = 64 << 20;

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, pages, output] = &arguments[..] else {
        return Err(io::Error::other("usage: segments PAGES SEGMENTS.jsonl"));
    };
    let (pages, output) = (PathBuf::from(pages), PathBuf::from(output));
    let worker = std::thread::Builder::new().stack_size(STACK).spawn(move || {
        let mut output = io::BufWriter::new(fs::File::create(output)?);
        for source in fs::read_dir(pages)? {
            for file in fs::read_dir(source?.path())? {
                let file = file?.path();
                if file.extension().is_some_and(|extension| extension == "html") {
                    let page = decode(&fs::read(&file)?)?;
                    let mut line = dateline_ingest::extract::segments(&page);
                    line["file"] = file.to_string_lossy().into();
                    writeln!(output, "{line}")?;
                }
            }
        }
        output.flush()
    })?;
    worker.join().map_err(|_| io::Error::other("the worker died"))?
}

/// The page as an ingest reads it.
fn decode(bytes: &[u8]) -> io::Result<String> {
    let safe = make_safe(decode_page(bytes, None).text, &LIMITS).map_err(io::Error::other)?;
    Ok(safe.page)
}
