//! Addresses that differ from the present search in one thing: what a click on a facet value, a
//! chip, an order or a page leads to.

use dateline_index::actor::ActorKind;
use dateline_index::search::{Facet, Mode, Role, SearchRequest, Sort};

use super::write::write;

/// Where links lead: the search page, or an article opened from a search.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Target<'a> {
    Search,
    Article(&'a str),
}

/// Builds links around one request, under one base path.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Links<'a> {
    pub(crate) base: &'a str,
    pub(crate) request: &'a SearchRequest,
}

impl Links<'_> {
    /// The address of a request.
    pub(crate) fn to(&self, target: Target<'_>, request: &SearchRequest) -> String {
        let query = write(request);
        let base = self.base;
        match (target, query.as_str()) {
            (Target::Search, "") => format!("{base}/"),
            (Target::Search, query) => format!("{base}/search?{query}"),
            (Target::Article(id), "") => format!("{base}/articles/{id}"),
            (Target::Article(id), query) => format!("{base}/articles/{id}?{query}"),
        }
    }

    /// The present search with a change: from its first page, since other hits follow.
    fn changed(&self, change: impl FnOnce(&mut SearchRequest)) -> String {
        let mut request = SearchRequest { cursor: None, ..self.request.clone() };
        change(&mut request);
        request.choices.retain(|_, choice| !choice.is_empty());
        self.to(Target::Search, &request)
    }

    /// With a value chosen, and no longer excluded.
    pub(crate) fn with(&self, facet: Facet, value: &str) -> String {
        self.changed(|request| {
            let choice = request.choice(facet);
            choice.exclude.retain(|known| known != value);
            if !choice.include.iter().any(|known| known == value) {
                choice.include.push(value.to_owned());
            }
        })
    }

    /// With a value excluded, and no longer chosen.
    pub(crate) fn without(&self, facet: Facet, value: &str) -> String {
        self.changed(|request| {
            let choice = request.choice(facet);
            choice.include.retain(|known| known != value);
            if !choice.exclude.iter().any(|known| known == value) {
                choice.exclude.push(value.to_owned());
            }
        })
    }

    /// With a value neither chosen nor excluded.
    pub(crate) fn off(&self, facet: Facet, value: &str) -> String {
        self.changed(|request| {
            let choice = request.choice(facet);
            choice.include.retain(|known| known != value);
            choice.exclude.retain(|known| known != value);
        })
    }

    /// With the other way of combining a facet's values. The default is not written.
    pub(crate) fn mode(&self, facet: Facet, mode: Mode) -> String {
        self.changed(|request| request.choice(facet).mode = (mode != facet.default_mode()).then_some(mode))
    }

    /// With actors and places that play this part.
    pub(crate) fn about(&self, role: Role) -> String {
        self.changed(|request| request.about = role)
    }

    /// With this kind of actors listed alone, or with all.
    pub(crate) fn kind(&self, kind: Option<ActorKind>) -> String {
        self.changed(|request| request.actor_kind = kind)
    }

    /// In another order. The default is not written.
    pub(crate) fn sorted(&self, sort: Sort) -> String {
        let default = if self.request.q.is_empty() { Sort::Newest } else { Sort::Relevance };
        self.changed(|request| request.sort = (sort != default).then_some(sort))
    }

    /// Without a first day.
    pub(crate) fn without_from(&self) -> String {
        self.changed(|request| request.from = None)
    }

    /// Without a last day.
    pub(crate) fn without_to(&self) -> String {
        self.changed(|request| request.to = None)
    }

    /// The words alone.
    pub(crate) fn without_filters(&self) -> String {
        self.changed(|request| {
            request.choices.clear();
            (request.about, request.actor_kind) = (Role::default(), None);
            (request.from, request.to) = (None, None);
        })
    }

    /// The filters alone.
    pub(crate) fn without_words(&self) -> String {
        self.changed(|request| {
            request.q.clear();
            request.sort = None;
        })
    }

    /// With more values of each facet.
    pub(crate) fn more(&self, facet_limit: usize) -> String {
        self.changed(|request| request.facet_limit = facet_limit)
    }

    /// The first page.
    pub(crate) fn first_page(&self) -> String {
        self.changed(|_| {})
    }

    /// The page that begins at a cursor.
    pub(crate) fn page(&self, cursor: &str) -> String {
        let request = SearchRequest { cursor: Some(cursor.to_owned()), ..self.request.clone() };
        self.to(Target::Search, &request)
    }

    /// The present page.
    pub(crate) fn here(&self) -> String {
        self.to(Target::Search, self.request)
    }
}
