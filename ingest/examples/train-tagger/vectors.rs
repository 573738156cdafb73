//! Classes of words by their vectors, from a file that `ingest/data/tagger/make-silver` makes.

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use dateline_ingest::actors::tagger::{Hashed, Lexicon, key};
use lzma_rust2::XzReader;

const FILE: &str = "word-classes.tsv.xz";

/// Adds them to what is known of words.
pub(crate) fn add(folder: &Path, lexicon: &mut Lexicon) -> Result<(), Box<dyn Error>> {
    let path = folder.join(FILE);
    let file = File::open(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    for (number, line) in BufReader::new(XzReader::new(file, true)).lines().enumerate() {
        let line = line?;
        let fault = || format!("{} line {}: a word and two numbers expected", path.display(), number + 1);
        let mut parts = line.split('\t');
        let (Some(word), Some(fine), Some(coarse), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(fault().into());
        };
        lexicon.insert_vector(key(Hashed::new(word).word), (fine.parse()?, coarse.parse()?));
    }
    Ok(())
}
