//! The files that were learned from pages whose text is known: the program's own or, on trial, others.

/// What `shipped` says; with the feature `trial`, the file of this name in the folder that the environment variable
/// `DATELINE_LEARNED` names, if it is set: for `ingest/evaluation/unseen`.
#[cfg(not(feature = "trial"))]
pub(super) fn learned(_name: &str, shipped: &'static str) -> &'static str {
    shipped
}

#[cfg(feature = "trial")]
pub(super) fn learned(name: &str, shipped: &'static str) -> &'static str {
    let Some(folder) = std::env::var_os("DATELINE_LEARNED") else { return shipped };
    let path = std::path::Path::new(&folder).join(name);
    match std::fs::read_to_string(&path) {
        Ok(file) => file.leak(),
        // Figures of a trial that took the program's own file in its place would be wrong.
        Err(error) => panic!("{}: {error}", path.display()),
    }
}
