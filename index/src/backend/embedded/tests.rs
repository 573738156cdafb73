//! Tests of the embedded backend: the contract, and what only it can get wrong.

use std::sync::Arc;

use super::*;
use crate::contract::{self, Subject};

fn embedded(registry: Arc<Registry>) -> Subject {
    let folder = tempfile::tempdir().unwrap();
    let (backend, _) = Embedded::create(folder.path(), registry).unwrap();
    Subject { backend: Arc::new(backend), keep: Box::new(folder) }
}

#[test]
fn the_embedded_backend_keeps_every_promise() {
    contract::promises(&embedded);
}

#[test]
fn the_embedded_backend_answers_as_the_oracle_does() {
    contract::agreement(&embedded, 60).unwrap();
}
