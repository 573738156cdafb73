//! A fresh index beside the live one, swapped in at once.

use super::generations::Generation;
use super::{Embedded, locks, writer};
use crate::backend::{Error, Result};

impl Embedded {
    /// Builds a fresh index from `archive.db` and swaps it in. Searches go on meanwhile. Returns the
    /// number of articles in it.
    ///
    /// Most of the work is done beside the live index without any lock; only what changed meanwhile
    /// is added under the index lock, before the swap.
    pub fn reindex(&self) -> Result<u64> {
        let generation = {
            // So that nobody sweeps the folder away before it is held.
            let _lock = locks::wait_for(&self.generations.lock_path(), "reindex")?;
            self.generations.begin().map_err(|error| self.folder_failed(&error))?
        };
        let index = self.create_index(&generation)?;
        self.write_index(&index)?;
        let _lock = locks::wait_for(&self.generations.lock_path(), "reindex")?;
        self.finish_build(&generation, &index)
    }

    /// Makes the index where there is none that can be used, waiting for whoever makes it already.
    pub(super) fn make_index(&self) -> Result<()> {
        let _lock = locks::wait_for(&self.generations.lock_path(), "index writer")?;
        self.publish_locked()
    }

    /// Under the index lock: builds an index from nothing and makes it the current one.
    pub(super) fn build_locked(&self) -> Result<()> {
        let generation = self.generations.begin().map_err(|error| self.folder_failed(&error))?;
        let index = self.create_index(&generation)?;
        self.finish_build(&generation, &index).map(|_| ())
    }

    fn create_index(&self, generation: &Generation) -> Result<tantivy::Index> {
        writer::create(self.directory, generation).map_err(|error| self.index_failed(&error))
    }

    /// Under the index lock: adds what is lacking, swaps, clears away what nobody reads.
    fn finish_build(&self, generation: &Generation, index: &tantivy::Index) -> Result<u64> {
        self.write_index(index)?;
        self.generations.make_current(generation).map_err(|error| self.folder_failed(&error))?;
        let _ = self.generations.sweep();
        let segments = index.searchable_segment_metas().map_err(|error| self.index_failed(&error))?;
        Ok(segments.iter().map(|segment| u64::from(segment.num_docs())).sum())
    }

    fn folder_failed(&self, error: &std::io::Error) -> Error {
        self.index_failed(error)
    }
}
