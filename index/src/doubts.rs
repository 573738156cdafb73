//! The articles worth a look: what extraction was unsure of, counted and listed.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::article::{Article, ArticleId, Doubt, DoubtKind};
use crate::published::Published;
use crate::search::Problem;

/// Articles a page unless asked otherwise.
pub const LIMIT: usize = 20;

/// The fields that doubts are about.
pub const FIELDS: [&str; 12] = [
    "title",
    "standfirst",
    "authors",
    "published",
    "updated",
    "source",
    "section",
    "tags",
    "language",
    "url",
    "id",
    "text",
];

/// Which doubtful articles are asked for: those that have one doubt of this kind in this field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoubtsRequest {
    /// The kind; any without one.
    pub kind: Option<DoubtKind>,
    /// The field (`published`, `authors` …); any if empty.
    pub field: String,
    /// How many articles.
    pub limit: usize,
    /// How many of them to pass over: `next` of the page before.
    pub offset: usize,
}

impl Default for DoubtsRequest {
    fn default() -> Self {
        Self { kind: None, field: String::new(), limit: LIMIT, offset: 0 }
    }
}

impl DoubtsRequest {
    /// Whether a doubt is one that is asked for.
    #[must_use]
    pub fn wants(&self, doubt: &Doubt) -> bool {
        self.kind.is_none_or(|kind| kind == doubt.kind)
            && (self.field.is_empty() || self.field == doubt.field)
    }
}

/// The articles worth a look.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Doubts {
    /// How many articles have a doubt that is asked for.
    pub total: u64,
    /// How many articles have a doubt of a kind, whichever kind is asked for: most first.
    pub kinds: Vec<KindCount>,
    /// How many articles have a doubt about a field, whichever field is asked for: most first.
    pub fields: Vec<FieldCount>,
    /// This page, the most doubtful first: by the weights of all their doubts, then in the order in
    /// which they came into the archive.
    pub articles: Vec<DoubtfulArticle>,
    /// The offset of the next page, where there is one.
    pub next: Option<usize>,
    /// What of the question could not be honoured.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
}

/// How many articles have a doubt of a kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindCount {
    /// The kind.
    pub kind: DoubtKind,
    /// What people read.
    pub label: String,
    /// How many articles.
    pub count: u64,
}

/// How many articles have a doubt about a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldCount {
    /// The field.
    pub field: String,
    /// How many articles.
    pub count: u64,
}

/// An article with its doubts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DoubtfulArticle {
    /// Its public name.
    pub id: ArticleId,
    /// Its headline.
    pub title: String,
    /// Who ran it.
    pub source: Option<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// All of its doubts.
    pub doubts: Vec<Doubt>,
}

/// Lists doubts by their definition: the articles come in the order in which they came into the archive.
pub(crate) fn list(articles: &[&Article], request: &DoubtsRequest) -> Doubts {
    let matching = |wanted: &DoubtsRequest| {
        let matching = articles.iter().filter(|article| article.doubts.iter().any(|d| wanted.wants(d)));
        matching.copied().collect::<Vec<_>>()
    };
    let count = |wanted: &DoubtsRequest| matching(wanted).len() as u64;
    let kinds = DoubtKind::ALL.into_iter().map(|kind| KindCount {
        kind,
        label: kind.label().to_owned(),
        count: count(&DoubtsRequest { kind: Some(kind), ..request.clone() }),
    });
    let named: BTreeSet<&str> =
        articles.iter().flat_map(|article| &article.doubts).map(|doubt| doubt.field.as_str()).collect();
    let fields = named.into_iter().map(|field| FieldCount {
        field: field.to_owned(),
        count: count(&DoubtsRequest { field: field.to_owned(), ..request.clone() }),
    });
    let (mut kinds, mut fields): (Vec<_>, Vec<_>) =
        (kinds.collect(), fields.filter(|field| field.count > 0).collect());
    sort_counts(&mut kinds, &mut fields);
    let mut wanted = matching(request);
    wanted.sort_by_key(|article| {
        std::cmp::Reverse(article.doubts.iter().map(|doubt| doubt.kind.weight()).sum::<u32>())
    });
    let page = wanted.iter().skip(request.offset).take(request.limit);
    let page: Vec<DoubtfulArticle> = page.map(|article| DoubtfulArticle::of(article)).collect();
    let reached = request.offset.saturating_add(page.len());
    Doubts {
        total: wanted.len() as u64,
        kinds,
        fields,
        next: (!page.is_empty() && reached < wanted.len()).then_some(reached),
        articles: page,
        problems: Vec::new(),
    }
}

impl DoubtfulArticle {
    fn of(article: &Article) -> Self {
        let Article { id, title, source, published, doubts, .. } = article.clone();
        Self { id, title, source: source.map(|source| source.name), published, doubts }
    }
}

/// Puts counts in their order: most first, then as the kinds are listed, and by field.
pub(crate) fn sort_counts(kinds: &mut Vec<KindCount>, fields: &mut [FieldCount]) {
    kinds.retain(|kind| kind.count > 0);
    kinds.sort_by_key(|kind| (std::cmp::Reverse(kind.count), kind.kind));
    fields.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.field.cmp(&b.field)));
}
