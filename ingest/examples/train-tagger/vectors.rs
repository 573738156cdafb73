//! Classes of words by their vectors, from a file that `ingest/data/tagger/make-silver` makes.

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use dateline_ingest::actors::tagger::{Hashed, Lexicon, written_key};
use lzma_rust2::XzReader;

const FILE: &str = "word-classes.tsv.xz";

/// Adds them to what is known of words.
pub(crate) fn add(folder: &Path, lexicon: &mut Lexicon) -> Result<(), Box<dyn Error>> {
    let path = folder.join(FILE);
    let file = File::open(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    for (number, line) in BufReader::new(XzReader::new(file, true)).lines().enumerate() {
        let line = line?;
        let fault = || format!("{} line {}: a word, 0 or 1, and two numbers expected", path.display(), number + 1);
        let [word, large, fine, coarse] =
            line.split('\t').collect::<Vec<_>>().try_into().map_err(|_| fault())?;
        let key = written_key(Hashed::new(word).word, large != "0");
        lexicon.insert_vector(key, (fine.parse()?, coarse.parse()?));
    }
    Ok(())
}
