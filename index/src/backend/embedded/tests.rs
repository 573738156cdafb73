//! Tests of the embedded backend: the contract, and what only it can get wrong.

mod edits;
mod floor;
mod identities;
mod seen;
mod snapshots;
mod versions;

use std::sync::Arc;

use super::*;
use crate::archive::Archive;
use crate::article::Article;
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

/// `DATELINE_CONTRACT_ARCHIVES=2000` asks for more random archives than a test's time allows.
#[test]
fn the_embedded_backend_answers_as_the_oracle_does() {
    let wanted = std::env::var("DATELINE_CONTRACT_ARCHIVES").ok().and_then(|count| count.parse().ok());
    let agreed = contract::agreement(&embedded, wanted.unwrap_or(60)).unwrap();
    assert!(agreed.selective * 2 >= agreed.questions, "{agreed:?}");
}

fn registry() -> Arc<Registry> {
    Arc::new(Registry::builtin())
}

fn create(folder: &Path) -> Embedded {
    Embedded::create(folder, registry()).unwrap().0
}

fn article(id: &str, text: &str) -> Article {
    Article { title: format!("About {id}"), text: text.into(), ..Article::empty(ArticleId::new(id).unwrap()) }
}

fn put(archive: &Embedded, articles: impl IntoIterator<Item = Article>) {
    let mut writer = archive.writer().unwrap();
    for article in articles {
        writer.put(article).unwrap();
    }
    writer.commit().unwrap();
}

fn publish(archive: &Embedded, articles: impl IntoIterator<Item = Article>) {
    put(archive, articles);
    archive.publish().unwrap();
}

fn total(archive: &Embedded, q: &str) -> u64 {
    archive.search(&crate::query::parse::parse(q).0, &SearchRequest::words(q)).unwrap().total
}

fn numbered(count: usize) -> Vec<Article> {
    (0..count).map(|n| article(&format!("n{n}"), "peace talks")).collect()
}

fn well(archive: &Embedded) {
    let verified = archive.verify().unwrap();
    assert_eq!(verified.disagreements, Vec::<String>::new());
    assert_eq!(verified.articles, verified.indexed);
}

fn asks(archive: Embedded) -> Archive {
    Archive::new(Arc::new(archive))
}
