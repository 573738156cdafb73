//! Writes the segments of a folder of gold pages with their values, for
//! `ingest/data/learn-segments`: `cargo run --release --example segments -- PAGES SEGMENTS.jsonl`.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

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
                    let page = decode(&fs::read(&file)?);
                    let (names, segments) = dateline_ingest::extract::segments(&page);
                    let line = serde_json::json!({ "file": file, "names": names, "segments": segments });
                    writeln!(output, "{line}")?;
                }
            }
        }
        output.flush()
    })?;
    worker.join().map_err(|_| io::Error::other("the worker died"))?
}

/// A stand-in for the reader's decoding: what the bytes declare, else UTF-8.
fn decode(bytes: &[u8]) -> String {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_lowercase();
    let label = head.split("charset=").nth(1).map(|rest| {
        rest.trim_start_matches(['"', '\''])
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '-')
            .collect::<String>()
    });
    let encoding = match std::str::from_utf8(bytes) {
        Ok(_) => encoding_rs::UTF_8,
        Err(_) => label
            .and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()))
            .filter(|encoding| *encoding != encoding_rs::UTF_8)
            .unwrap_or(encoding_rs::WINDOWS_1252),
    };
    encoding.decode(bytes).0.into_owned()
}
