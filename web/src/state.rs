//! What every request shares, and the one way from a request to the archive.

use std::sync::Arc;

use dateline_index::archive::Archive;
use dateline_index::backend::About;
use tokio::sync::Semaphore;

use crate::error::WebError;
use crate::{Settings, limits};

/// What every request shares.
#[derive(Clone)]
pub(crate) struct Shared(Arc<Inner>);

struct Inner {
    archive: Archive,
    settings: Settings,
    searches: Arc<Semaphore>,
}

impl Shared {
    pub(crate) fn new(archive: Archive, settings: Settings) -> Self {
        let base_path = normal_base(&settings.base_path);
        let settings = Settings { base_path, ..settings };
        let searches = Arc::new(Semaphore::new(limits::SEARCHES));
        Self(Arc::new(Inner { archive, settings, searches }))
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// Asks the archive on a thread that may block. Only so many ask at a time, and a question
    /// whose asker has gone still counts until it is answered.
    pub(crate) async fn ask<T, F>(&self, question: F) -> Result<T, WebError>
    where
        T: Send + 'static,
        F: FnOnce(&Archive) -> Result<T, WebError> + Send + 'static,
    {
        let permit = Arc::clone(&self.0.searches).acquire_owned().await;
        let shared = self.clone();
        let answer = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            question(&shared.0.archive)
        });
        answer.await.unwrap_or(Err(WebError::Broken))
    }

    /// What the archive says of itself; nothing where it cannot even say that.
    pub(crate) async fn about_or_nothing(&self) -> About {
        self.ask(|archive| Ok(archive.about()?)).await.unwrap_or_default()
    }
}

/// `news/`, `/news` and `/news/` all mean `/news`; `/` means nothing.
fn normal_base(given: &str) -> String {
    match given.trim_matches('/') {
        "" => String::new(),
        base => format!("/{base}"),
    }
}

#[cfg(test)]
mod tests {
    use super::normal_base;

    #[test]
    fn a_base_path_may_be_typed_with_or_without_slashes() {
        for given in ["news", "/news", "news/", "/news/"] {
            assert_eq!(normal_base(given), "/news");
        }
        assert_eq!(normal_base("/"), "");
        assert_eq!(normal_base("/a/b/"), "/a/b");
    }
}
