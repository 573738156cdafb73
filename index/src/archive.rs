//! The façade that everybody talks to: defaults, caps and parsing that no backend should repeat.

mod actors;
mod upgrade;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::actor::Field;
use crate::article::{Article, ArticleId};
use crate::backend::{About, Backend, Error, Result, StoredArticle};
use crate::doubts::{Doubts, DoubtsRequest};
use crate::edit::{self, Change, Edit, EditOutcome, Edited, Field as EditField};
use crate::files::{Files, FilesRequest};
use crate::passages::Highlighter;
use crate::query::parse::parse;
use crate::registry::Registry;
use crate::search::{SearchRequest, SearchResponse};
use crate::view::ArticleView;

pub use actors::{Imported, Listed, MergePreview, Side};
pub use upgrade::{Row, Upgrade, Upgraded};

/// The most hits of one page.
pub const MAX_LIMIT: usize = 1_000;
/// The most values of one facet.
pub const MAX_FACET_LIMIT: usize = 1_000;

/// An archive, whoever stores and finds.
#[derive(Clone)]
pub struct Archive {
    backend: Arc<dyn Backend>,
    recognisers: Option<Recognisers>,
}

/// Finds an article's mentions anew, by the names of a list.
pub type Recognise = Box<dyn Fn(&mut Article)>;
/// Makes that for a list: who opens an archive knows the recognisers, the archive does not.
pub type Recognisers = Arc<dyn Fn(Arc<Registry>) -> Recognise + Send + Sync>;

impl Archive {
    /// An archive on a backend.
    #[must_use]
    pub fn new(backend: Arc<dyn Backend>) -> Self {
        Self { backend, recognisers: None }
    }

    /// The same, which can look for a name that somebody adds.
    #[must_use]
    pub fn with_recognisers(self, recognisers: Recognisers) -> Self {
        Self { recognisers: Some(recognisers), ..self }
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
        let Some(stored) = self.article(id)? else { return Ok(None) };
        Ok(Some(ArticleView::stored(&stored, &*self.authority()?)))
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

    /// Corrects fields of an article: a value for a field, or `None` to take back what was said of it
    /// before. All of them or, where one is refused, none. `who` says so, now.
    pub fn edit(&self, id: &ArticleId, changes: &[Change], who: &str) -> Result<Edited> {
        let (today, at, who) = (edit::today(), edit::now(), edit::check_who(who)?);
        let mut edits = Vec::with_capacity(changes.len());
        for (field, value) in changes.iter().cloned() {
            let value = value.map(|value| edit::check(field, value, today)).transpose()?;
            let (who, at) = (who.clone(), at.clone());
            edits.push(Edit { article: id.clone(), field, value, who, at });
        }
        let edited = self.backend.edit(&edits)?;
        if edited.outcomes.contains(&EditOutcome::NoArticle) {
            return Err(self.no_article(id.as_str())?);
        }
        Ok(edited)
    }

    /// Takes back all that was said of an article.
    pub fn undo(&self, id: &ArticleId, who: &str) -> Result<Edited> {
        self.edit(id, &EditField::ALL.map(|field| (field, None)), who)
    }

    /// The log of edits, the oldest first: of one article, or all of it.
    pub fn edits(&self, of: Option<&ArticleId>) -> Result<Vec<Edit>> {
        self.backend.edits(of)
    }

    /// Appends edits of another archive's log to this one's, with who made them and when. Where this archive
    /// has an edit of the same field of an article that was made at the same time or later, it is left
    /// alone; so the same log can be taken in twice. Of edits of one moment the last in the log stands. An
    /// outcome for each.
    pub fn import_edits(&self, edits: &[Edit]) -> Result<Edited> {
        // The last edit of each field, and whether this log has come as far as that edit.
        let mut last: HashMap<(ArticleId, EditField), (Edit, bool)> = HashMap::new();
        for known in self.backend.edits(None)? {
            last.insert((known.article.clone(), known.field), (known, false));
        }
        let mut newer = Vec::new();
        let mut outcomes = vec![EditOutcome::Unchanged; edits.len()];
        for (place, edit) in edits.iter().enumerate() {
            let key = (edit.article.clone(), edit.field);
            let (is_newer, reached) = match last.get(&key) {
                None => (true, true),
                Some((known, reached)) => {
                    let goes_on = *reached && edit.at == known.at;
                    (edit.at > known.at || goes_on, edit == known)
                }
            };
            if is_newer || reached {
                last.insert(key, (edit.clone(), true));
            }
            if is_newer {
                newer.push((place, edit.clone()));
            }
        }
        let (places, newer): (Vec<_>, Vec<_>) = newer.into_iter().unzip();
        let edited = self.backend.edit(&newer)?;
        for (place, outcome) in places.into_iter().zip(edited.outcomes) {
            outcomes[place] = outcome;
        }
        Ok(Edited { outcomes, problem: edited.problem })
    }

    /// What to say of an id that no article has.
    pub fn no_article(&self, typed: &str) -> Result<Error> {
        Ok(Error::NoArticle { id: typed.to_owned(), like: self.backend.ids_like(typed)? })
    }

    /// The articles worth a look.
    pub fn doubts(&self, request: &DoubtsRequest) -> Result<Doubts> {
        let limit = request.limit.min(MAX_LIMIT);
        self.backend.doubts(&DoubtsRequest { limit, ..request.clone() })
    }

    /// The files that were seen, each with the bin that it ended in.
    pub fn files(&self, request: &FilesRequest) -> Result<Files> {
        let limit = request.limit.min(MAX_LIMIT);
        self.backend.files(&FilesRequest { limit, ..request.clone() })
    }

    /// What the archive is called, and how much it holds.
    pub fn about(&self) -> Result<About> {
        self.backend.about()
    }

    /// Gives the archive another title.
    pub fn set_title(&self, title: &str) -> Result<()> {
        self.backend.set_title(title)
    }

    /// Where articles are stored and found.
    #[must_use]
    pub fn backend(&self) -> &dyn Backend {
        &*self.backend
    }
}
