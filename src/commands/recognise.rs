//! The recognisers of this run: the built-in ones, and a transformer where one was named.

use std::sync::Arc;

use anyhow::Result;
use dateline_index::registry::Registry;
use dateline_ingest::actors::Actors;

use crate::cli::Cli;

#[cfg(feature = "neural")]
mod neural {
    use std::sync::{Arc, OnceLock};

    use dateline_ingest::actors::neural::Neural;

    /// A model is opened once a run, and all recognisers share it.
    pub(super) static MODEL: OnceLock<Arc<Neural>> = OnceLock::new();
}

/// Opens what the flags name, before anything is read.
#[cfg(feature = "neural")]
pub(super) fn prepare(cli: &Cli) -> Result<()> {
    use dateline_ingest::actors::neural::Neural;

    let folder = cli.neural.as_ref().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|_| cli.command.recognises()) {
        let model =
            Neural::open(folder).map_err(|error| crate::config::Usage(format!("--neural: {error}")))?;
        neural::MODEL.get_or_init(|| Arc::new(model));
    }
    Ok(())
}

/// Nothing has to be opened: the weights are in the program.
#[cfg(not(feature = "neural"))]
#[expect(clippy::unnecessary_wraps, reason = "with a transformer it can fail")]
pub(super) fn prepare(_: &Cli) -> Result<()> {
    Ok(())
}

/// The recognisers for a list of actors.
pub(super) fn recognisers(registry: Arc<Registry>) -> Actors {
    let actors = Actors::new(registry);
    #[cfg(feature = "neural")]
    let actors = match neural::MODEL.get() {
        Some(model) => actors.with(Box::new(Arc::clone(model))),
        None => actors,
    };
    actors
}

/// What tells articles that were read with one transformer from those read with another, or none.
pub(super) fn fingerprint() -> String {
    #[cfg(feature = "neural")]
    if let Some(model) = neural::MODEL.get() {
        return format!("+neural-{}", model.fingerprint());
    }
    String::new()
}
