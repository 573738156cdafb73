//! The façade that everybody talks to: defaults, caps and parsing that no backend should repeat.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use crate::actor::{ActorId, Field};
use crate::article::{Article, ArticleId};
use crate::authority::{self, Authority, Decided, Decision, Entry, Logged};
use crate::backend::{About, Backend, Error, NameCount, NewEntry, Result, StoredArticle};
use crate::doubts::{Doubts, DoubtsRequest};
use crate::edit::{self, Change, Edit, EditOutcome, Edited, Field as EditField};
use crate::files::{Files, FilesRequest};
use crate::passages::Highlighter;
use crate::query::parse::parse;
use crate::search::{SearchRequest, SearchResponse};
use crate::view::ArticleView;

/// The most hits of one page.
pub const MAX_LIMIT: usize = 1_000;
/// The most values of one facet.
pub const MAX_FACET_LIMIT: usize = 1_000;

/// An archive, whoever stores and finds.
#[derive(Clone)]
pub struct Archive {
    backend: Arc<dyn Backend>,
}

impl Archive {
    /// An archive on a backend.
    #[must_use]
    pub fn new(backend: Arc<dyn Backend>) -> Self {
        Self { backend }
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

    /// Appends edits of another archive's log to this one's, with who made them and when. Where an edit of
    /// the same field of an article was made at the same time or later, it is left alone; so the same log
    /// can be taken in twice. An outcome for each.
    pub fn import_edits(&self, edits: &[Edit]) -> Result<Edited> {
        let mut last: HashMap<(ArticleId, EditField), String> = HashMap::new();
        for known in self.backend.edits(None)? {
            last.insert((known.article, known.field), known.at);
        }
        let mut newer = Vec::new();
        let mut outcomes = vec![EditOutcome::Unchanged; edits.len()];
        for (place, edit) in edits.iter().enumerate() {
            let last = last.entry((edit.article.clone(), edit.field)).or_default();
            if edit.at > *last {
                last.clone_from(&edit.at);
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

    /// Which names are one actor, as the newest decision leaves it.
    pub fn authority(&self) -> Result<Arc<Authority>> {
        self.backend.authority()
    }

    /// Decides something about actors, authors or sources: it holds with the next answer. `who` says so,
    /// now. All of them or, where one is refused, none.
    pub fn decide(&self, decisions: &[Decision], who: &str) -> Result<Decided> {
        let (authority, at, who) = (self.authority()?, edit::now(), edit::check_who(who)?);
        let entry = |decision: &Decision| {
            let decision = authority::check(decision.clone(), &authority)?;
            Ok(NewEntry { entry: Entry::Decision(decision), who: who.clone(), at: at.clone() })
        };
        let entries = decisions.iter().map(entry).collect::<Result<Vec<_>>>()?;
        self.backend.decide(&entries)
    }

    /// Takes back an entry of the log of decisions. Tells whether there was one to take back.
    pub fn take_back(&self, number: u64, who: &str) -> Result<bool> {
        let (at, who) = (edit::now(), edit::check_who(who)?);
        let decided = self.backend.decide(&[NewEntry { entry: Entry::Undo { undo: number }, who, at }])?;
        Ok(decided.numbers.iter().any(Option::is_some))
    }

    /// The log of decisions, the oldest first.
    pub fn decisions(&self) -> Result<Vec<Logged>> {
        self.backend.decisions()
    }

    /// Takes in decisions of another archive, with who made them and when. What stands already is left
    /// alone, so the same file can be taken in twice.
    pub fn import_decisions(&self, decisions: &[(Decision, String, String)]) -> Result<Decided> {
        let log = self.decisions()?;
        let standing: HashSet<&Decision> =
            authority::standing(&log).into_iter().map(|(_, decision)| decision).collect();
        let news: Vec<bool> = decisions.iter().map(|(decision, ..)| !standing.contains(decision)).collect();
        let entries: Vec<_> = decisions
            .iter()
            .zip(&news)
            .filter(|(_, news)| **news)
            .map(|((decision, who, at), _)| NewEntry {
                entry: Entry::Decision(decision.clone()),
                who: who.clone(),
                at: at.clone(),
            })
            .collect();
        let mut numbers = self.backend.decide(&entries)?.numbers.into_iter();
        let number = |news: bool| if news { numbers.next().flatten() } else { None };
        Ok(Decided { numbers: news.into_iter().map(number).collect() })
    }

    /// The names that articles have for an actor, each with the articles that have it, most first.
    pub fn names_of(&self, actor: &ActorId) -> Result<Vec<NameCount>> {
        self.backend.names_of(actor)
    }

    /// Where articles are stored and found.
    #[must_use]
    pub fn backend(&self) -> &dyn Backend {
        &*self.backend
    }
}
