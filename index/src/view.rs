//! An article as programs read it: the JSON of `dateline extract` and of the API, one shape for both.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::actor::{ActorKind, Field, Mention};
use crate::article::{Article, ArticleId, Block, Doubt, Origin};
use crate::authority::Authority;
use crate::backend::{SavedCopy, StoredArticle};
use crate::edit::Correction;
use crate::published::Published;

/// An article as JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ArticleView {
    /// The file it came from.
    pub file: Option<String>,
    /// Its public name; null for what is not an article.
    pub id: Option<String>,
    /// Whether it is an article.
    pub article: bool,
    /// Why it is none, or what broke.
    pub error: Option<String>,
    /// Its canonical address.
    pub url: Option<String>,
    /// The headline.
    pub title: String,
    /// The line or two under the headline.
    pub standfirst: Option<String>,
    /// Who signed it.
    pub authors: Vec<String>,
    /// When it was first published.
    pub published: Option<Published>,
    /// When it was last changed.
    pub updated: Option<Published>,
    /// Who ran it.
    pub source: Option<String>,
    /// The host of its site.
    pub domain: Option<String>,
    /// The section it ran in.
    pub section: Option<String>,
    /// Topics that its publisher gave it.
    pub tags: Vec<String>,
    /// The code of its language.
    pub language: Option<String>,
    /// The label of the person who added it.
    pub collection: Option<String>,
    /// The text.
    pub text: String,
    /// What each stretch of the text is.
    pub blocks: Vec<Block>,
    /// Where actors and places are named.
    pub mentions: Vec<MentionView>,
    /// Where each field was found: `title`, `published` … and `json-ld`, `meta`, `person` …
    #[serde(default)]
    pub found: BTreeMap<String, String>,
    /// What people corrected, beside what extraction says.
    #[serde(default)]
    pub edits: Vec<Correction>,
    /// What extraction was unsure of.
    pub doubts: Vec<Doubt>,
    /// Every place it was found in.
    pub origins: Vec<Origin>,
    /// Other articles that are the same text saved a second time, and why they are taken for it.
    pub copies: Vec<SavedCopy>,
}

fn mentions(article: &Article, authority: &Authority) -> Vec<MentionView> {
    let mentions = article.mentions.iter();
    mentions.filter_map(|mention| MentionView::new(mention, &article.id, authority)).collect()
}

/// A mention as JSON, with the actor that its name is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MentionView {
    /// `title` or `text`.
    pub field: Field,
    /// First byte in that field.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What is printed there.
    pub text: String,
    /// What sort of thing it names.
    pub kind: ActorKind,
    /// The actor's value, as the facet's parameter takes it.
    pub actor: String,
    /// The actor's name.
    pub label: String,
    /// The rule that found it.
    pub found_by: String,
    /// The rule that resolved it.
    pub resolved_by: String,
}

impl MentionView {
    /// A mention with its actor looked up; none where people said that it names nobody here.
    #[must_use]
    pub fn new(mention: &Mention, article: &ArticleId, authority: &Authority) -> Option<Self> {
        let actor = authority.actor_in(article, &mention.name, mention.kind)?;
        Some(Self {
            field: mention.field,
            start: mention.start,
            end: mention.end,
            text: mention.text.clone(),
            kind: actor.kind,
            actor: actor.id.0,
            label: actor.label,
            found_by: mention.found_by.clone(),
            resolved_by: mention.resolved_by.clone(),
        })
    }
}

impl ArticleView {
    /// An article with its origins.
    #[must_use]
    pub fn new(article: &Article, origins: &[Origin], authority: &Authority) -> Self {
        Self {
            file: origins.first().map(|origin| origin.file.clone()),
            id: Some(article.id.to_string()),
            article: true,
            error: None,
            url: article.url.clone(),
            title: article.title.clone(),
            standfirst: article.standfirst.clone(),
            authors: article.bylines.iter().map(|byline| byline.0.clone()).collect(),
            published: article.published.clone(),
            updated: article.updated.clone(),
            source: article.source.as_ref().map(|source| source.name.clone()),
            domain: article.source.as_ref().and_then(|source| source.domain.clone()),
            section: article.section.clone(),
            tags: article.tags.clone(),
            language: article.language.map(|language| language.code().to_owned()),
            collection: article.collection.clone(),
            text: article.text.clone(),
            blocks: article.blocks.clone(),
            mentions: mentions(article, authority),
            found: found(article),
            edits: Vec::new(),
            doubts: article.doubts.clone(),
            origins: origins.to_vec(),
            copies: Vec::new(),
        }
    }

    /// An article as an archive has it.
    #[must_use]
    pub fn stored(stored: &StoredArticle, authority: &Authority) -> Self {
        let (copies, edits) = (stored.copies.clone(), stored.edits.clone());
        Self { copies, edits, ..Self::new(&stored.article, &stored.origins, authority) }
    }

    /// A record that is no article, and why.
    #[must_use]
    pub fn without_article(origin: &Origin, reason: &str) -> Self {
        Self {
            file: Some(origin.file.clone()),
            id: None,
            article: false,
            error: Some(reason.to_owned()),
            url: origin.url.clone(),
            title: String::new(),
            standfirst: None,
            authors: Vec::new(),
            published: None,
            updated: None,
            source: None,
            domain: None,
            section: None,
            tags: Vec::new(),
            language: None,
            collection: None,
            text: String::new(),
            blocks: Vec::new(),
            mentions: Vec::new(),
            found: BTreeMap::new(),
            edits: Vec::new(),
            doubts: Vec::new(),
            origins: vec![origin.clone()],
            copies: Vec::new(),
        }
    }
}

/// Where each field was found, the dates with the others.
fn found(article: &Article) -> BTreeMap<String, String> {
    let mut found = article.found.clone();
    for (field, date) in [("published", &article.published), ("updated", &article.updated)] {
        if let Some(date) = date {
            found.insert(field.to_owned(), date.found.clone());
        }
    }
    found
}
