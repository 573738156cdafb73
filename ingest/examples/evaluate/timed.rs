//! The side of `ingest/evaluation/speed` that measures this extractor: pages are read into memory once; then each
//! line of standard input asks for a round over all of them, and is answered with the seconds that it took.

use std::fs;
use std::io::{self, BufRead, Write};
use std::path::Path;

use dateline_ingest::extract::Rules;

use crate::clock;
use crate::predict::{STACK, of_bytes};

/// Answers rounds over the files that `list` names, one a line, on one thread.
pub(crate) fn run(list: &Path) -> io::Result<()> {
    let pages: Vec<Vec<u8>> = fs::read_to_string(list)?.lines().map(fs::read).collect::<io::Result<_>>()?;
    let rounds = move || {
        for line in io::stdin().lock().lines() {
            line?;
            let start = clock::now();
            let words: usize = pages.iter().map(|page| words(page)).sum();
            let seconds = (clock::now() - start).as_secs_f64();
            let mut output = io::stdout().lock();
            writeln!(output, "{seconds:.6} {words}")?;
            output.flush()?;
        }
        Ok(())
    };
    let worker = std::thread::Builder::new().stack_size(STACK).spawn(rounds)?;
    worker.join().map_err(|_| io::Error::other("the worker died"))?
}

/// Extracts a page; how many words it gave, so that nobody need wonder whether it was read at all.
fn words(page: &[u8]) -> usize {
    use dateline_ingest::raw::Extracted;
    match of_bytes(page, &Rules::default()) {
        Extracted::Article { article, .. } => article.text.split_whitespace().count(),
        _ => 0,
    }
}
