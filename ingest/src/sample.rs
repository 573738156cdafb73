//! The sample archive that `dateline demo` shows, carried inside the binary.

use std::io;
use std::path::Path;

use rust_embed::RustEmbed;

/// The files of `ingest/sample/`.
#[derive(RustEmbed)]
#[folder = "sample"]
struct Sample;

/// Writes the sample's files into a folder, which is made if it is not there. Returns how many.
pub fn unpack(into: &Path) -> io::Result<usize> {
    let mut count = 0;
    for name in Sample::iter().filter(|name| !is_hidden(name)) {
        let Some(file) = Sample::get(&name) else { continue };
        let path = into.join(&*name);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(path, file.data)?;
        count += 1;
    }
    Ok(count)
}

fn is_hidden(name: &str) -> bool {
    name.split('/').any(|part| part.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_sample_is_written_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let into = folder.path().join("new");
        let visible: Vec<_> = Sample::iter().filter(|name| !is_hidden(name)).collect();
        assert_eq!(unpack(&into).unwrap(), visible.len());
        for name in visible {
            assert_eq!(std::fs::read(into.join(&*name)).unwrap(), &*Sample::get(&name).unwrap().data);
        }
    }
}
