//! The façade that everybody talks to: defaults, caps and parsing that no backend should repeat.

use std::ops::Range;
use std::sync::Arc;

use crate::actor::Field;
use crate::article::{Article, ArticleId};
use crate::backend::{About, Backend, Result, StoredArticle};
use crate::passages::Highlighter;
use crate::query::parse::parse;
use crate::registry::Registry;
use crate::search::{SearchRequest, SearchResponse};
use crate::view::ArticleView;

/// The most hits of one page.
pub const MAX_LIMIT: usize = 1_000;
/// The most values of one facet.
pub const MAX_FACET_LIMIT: usize = 1_000;

/// An archive: what stores and finds, and which names are one actor.
#[derive(Clone)]
pub struct Archive {
    backend: Arc<dyn Backend>,
    registry: Arc<Registry>,
}

impl Archive {
    /// An archive on a backend.
    #[must_use]
    pub fn new(backend: Arc<dyn Backend>, registry: Arc<Registry>) -> Self {
        Self { backend, registry }
    }

    /// Answers a question.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResponse> {
        let (query, mut problems) = parse(&request.q);
        let capped = SearchRequest {
            limit: request.limit.min(MAX_LIMIT),
            facet_limit: request.facet_limit.min(MAX_FACET_LIMIT),
            choices: request.choices.iter().map(|(facet, choice)| (*facet, choice.distinct())).collect(),
            ..request.clone()
        };
        let mut response = self.backend.search(&query, &capped)?;
        problems.append(&mut response.problems);
        response.problems = problems;
        response.reading = query.to_string();
        Ok(response)
    }

    /// Reads one article.
    pub fn article(&self, id: &ArticleId) -> Result<Option<StoredArticle>> {
        self.backend.article(id)
    }

    /// Reads one article as programs read it.
    pub fn article_view(&self, id: &ArticleId) -> Result<Option<ArticleView>> {
        let stored = self.article(id)?;
        Ok(stored.map(|stored| ArticleView::stored(&stored, &self.registry)))
    }

    /// Where a typed query matches in one field of an article, in order and not overlapping.
    pub fn highlights(&self, q: &str, field: Field, article: &Article) -> Result<Vec<Range<usize>>> {
        let text = match field {
            Field::Title => article.title.as_str(),
            Field::Standfirst => article.standfirst.as_deref().unwrap_or_default(),
            Field::Text => article.text.as_str(),
        };
        let highlighter = Highlighter::new(&parse(q).0, &self.backend.languages()?);
        Ok(highlighter.ranges(field, text, article.language))
    }

    /// What the archive is called, and how much it holds.
    pub fn about(&self) -> Result<About> {
        self.backend.about()
    }

    /// Gives the archive another title.
    pub fn set_title(&self, title: &str) -> Result<()> {
        self.backend.set_title(title)
    }

    /// Which names are one actor.
    #[must_use]
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// Where articles are stored and found.
    #[must_use]
    pub fn backend(&self) -> &dyn Backend {
        &*self.backend
    }
}
