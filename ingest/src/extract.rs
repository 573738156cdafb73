//! From what a reader found to an article: pure functions from plain data to plain data.
//!
//! Each field gathers candidates with their provenance, and one function chooses among them; what
//! the choices go by lies in `lists`. Nothing here fails: a broken page is an article with doubts,
//! or a record that says why it is none. Callers give a stack of 64 MB, since parsers recurse.

use std::collections::BTreeMap;

use dateline_index::article::{Article, Block, Byline, Doubt, DoubtKind, Source};
use dateline_index::identity::id_of;
use dateline_index::language::Language;
use dateline_index::published::Published;
use dateline_index::record::Identity;
use dateline_index::search::NONE;
use dateline_index::wishes::{KEPT_ON_DEMAND, Wishes};
use jiff::civil::Date;

use crate::evidence::{Evidence, Offer};
use crate::raw::{Extracted, RawBody, RawDocument};

mod about;
mod address;
mod agreement;
mod blocks;
mod body;
mod byline;
mod candidate;
mod captions;
mod context;
mod date;
mod document;
mod edges;
mod entry;
mod facts;
mod features;
mod forest;
mod furniture;
mod headings;
mod headline;
mod html;
mod labels;
mod language;
mod learned;
mod linked;
pub(crate) mod lists;
mod markdown;
mod months;
mod notes;
mod outlet;
mod page;
mod plain;
mod record;
mod repair;
mod repeats;
mod scripts;
mod section;
mod segments;
mod selector;
mod shingles;
mod site;
mod standfirst;
mod statements;
mod surroundings;
mod tags;
mod text;
mod tree;
mod verdict;
mod weigh;
mod written;

pub use record::{empty_fields_of, is_known_field};

/// What the person who adds articles says about them. It overrides what pages say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels {
    /// The outlet.
    pub source: Option<String>,
    /// A label of his own.
    pub collection: Option<String>,
    /// The section.
    pub section: Option<String>,
    /// The language, as a code.
    pub language: Option<String>,
}

/// The word for where a field was found that such a label gives.
const LABEL: &str = "label";

/// How records are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// What overrides the page.
    pub labels: Labels,
    /// Whether pages that are no article are kept as one all the same, with a doubt.
    pub keep_all: bool,
    /// Whether a page's text is left unread, which takes nearly all of the time: for evaluations of its
    /// other fields.
    pub fields_only: bool,
    /// The last day that can be a date of publication: two days from now, unless told otherwise.
    pub latest: Date,
}

impl Default for Rules {
    fn default() -> Self {
        let now = jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).date();
        let latest = now.checked_add(jiff::Span::new().days(2)).unwrap_or(Date::MAX);
        Self { labels: Labels::default(), keep_all: false, fields_only: false, latest }
    }
}

impl Rules {
    /// The rules for a file of which people asked this.
    #[must_use]
    pub fn of(&self, wishes: &Wishes) -> Self {
        let label = |name: &str| wishes.labels.get(name).cloned();
        let labels = Labels {
            source: label("source"),
            collection: label("collection"),
            section: label("section"),
            language: label("language"),
        };
        Self { labels, keep_all: wishes.keep_all, ..self.clone() }
    }
}

/// Makes an article of a record, without its mentions.
#[must_use]
pub fn extract(raw: RawDocument, rules: &Rules) -> Extracted {
    inspect(raw, rules).0
}

/// Like [`extract`], with what each field could have been.
#[must_use]
pub fn inspect(raw: RawDocument, rules: &Rules) -> (Extracted, Vec<Evidence>) {
    let RawDocument { origin, body } = raw;
    let outcome = match body {
        RawBody::Html(source) => html::extract(&source, &origin, rules),
        RawBody::Text(source) => plain::extract(&source, &origin, rules),
        RawBody::Fields(fields) => record::extract(fields, &origin, rules),
        RawBody::Entry(entry) => entry::extract(*entry, rules),
    };
    let mut draft = match outcome {
        Outcome::Draft(draft) => draft,
        Outcome::NotArticle(reason, mut draft) if rules.keep_all => {
            draft.doubt(DoubtKind::NotAnArticle, "text", format!("{KEPT_ON_DEMAND}; {reason}"));
            draft
        }
        Outcome::NotArticle(reason, draft) => return (Extracted::NotArticle(reason), draft.evidence),
        Outcome::Skipped(reason) => return (Extracted::Skipped(reason), Vec::new()),
        Outcome::Failed(reason) => return (Extracted::Failed(reason), Vec::new()),
    };
    draft.label(&rules.labels);
    let evidence = std::mem::take(&mut draft.evidence);
    let id = id_of(&draft.identity, &origin);
    let (article, identity) = draft.into_article(Article::empty(id));
    (Extracted::Article { article: Box::new(article), identity }, evidence)
}

/// For `ingest/data/learn-segments`: what the choice of a page's text is learned from. `names`: of the values;
/// `elements`: the name and the labels of each; `segments`: `text`, what is `rendered` of it, whether it is
/// `possible` that it is the article's, the numbers of the elements `around` it,
/// the `paths` that it shares with others, and its `values`.
#[must_use]
pub fn segments(page: &str) -> serde_json::Value {
    let (elements, examples) = html::examples(page);
    let segment = |example: weigh::Example| {
        serde_json::json!({
            "text": example.text,
            "rendered": example.rendered,
            "possible": example.possible,
            "around": example.around,
            "paths": example.paths,
            "values": example.values.to_vec(),
        })
    };
    let segments: Vec<_> = examples.into_iter().map(segment).collect();
    serde_json::json!({ "names": features::NAMES, "elements": elements, "segments": segments })
}

/// What a kind of record led to.
enum Outcome {
    Draft(Box<Draft>),
    /// It is no article, and why; and what it would be as one.
    NotArticle(String, Box<Draft>),
    Skipped(String),
    Failed(String),
}

/// An article before it has its id.
#[derive(Debug)]
struct Draft {
    identity: Identity,
    title: String,
    standfirst: Option<String>,
    bylines: Vec<Byline>,
    published: Option<Published>,
    updated: Option<Published>,
    source: Option<Source>,
    section: Option<String>,
    tags: Vec<String>,
    language: Option<Language>,
    url: Option<String>,
    collection: Option<String>,
    text: String,
    blocks: Vec<Block>,
    doubts: Vec<Doubt>,
    /// Where fields were found: see `Article::found`.
    found: BTreeMap<String, String>,
    evidence: Vec<Evidence>,
    extra: serde_json::Map<String, serde_json::Value>,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            identity: Identity::Place,
            title: String::new(),
            standfirst: None,
            bylines: Vec::new(),
            published: None,
            updated: None,
            source: None,
            section: None,
            tags: Vec::new(),
            language: None,
            url: None,
            collection: None,
            text: String::new(),
            blocks: Vec::new(),
            doubts: Vec::new(),
            found: BTreeMap::new(),
            evidence: Vec::new(),
            extra: serde_json::Map::new(),
        }
    }
}

impl Draft {
    fn doubt(&mut self, kind: DoubtKind, field: &str, reason: impl Into<String>) {
        self.doubts.push(Doubt { kind, field: field.to_owned(), reason: reason.into() });
    }

    fn label(&mut self, labels: &Labels) {
        if let Some(name) = &labels.source {
            let domain = self.source.take().and_then(|source| source.domain);
            self.source = Some(Source { name: name.clone(), domain });
            self.say_given("source", name);
        }
        if let Some(collection) = &labels.collection {
            self.collection = Some(collection.clone());
        }
        if let Some(section) = &labels.section {
            self.section = Some(section.clone());
            self.say_given("section", section);
        }
        if let Some(language) = labels.language.as_deref().and_then(Language::from_code) {
            self.say_given("language", language.name());
            self.language = Some(language);
        }
        self.drop_reserved_names();
    }

    /// Keeps that a field was given when the record was added, whatever else it could have been.
    fn say_given(&mut self, field: &'static str, value: &str) {
        let why = "given when it was added, which outranks what the record says";
        self.unsettle(field, why);
        self.found.insert(field.to_owned(), LABEL.to_owned());
        let offer = Offer { value: value.to_owned(), found: LABEL, place: LABEL.to_owned(), chosen: true };
        match self.evidence.iter_mut().find(|evidence| evidence.field == field) {
            Some(evidence) => evidence.candidates.insert(0, offer),
            None => self.evidence.push(Evidence { field, candidates: vec![offer], why: why.to_owned() }),
        }
    }

    /// `_none` stands for "unknown" in addresses: nobody who is called so could be told from nobody.
    fn drop_reserved_names(&mut self) {
        if self.source.take_if(|source| source.name == NONE).is_some() {
            self.unsettle("source", "the name stands for none");
        }
        if self.section.take_if(|section| section == NONE).is_some() {
            self.unsettle("section", "the name stands for none");
        }
        self.bylines.retain(|byline| byline.0 != NONE);
    }

    fn into_article(self, empty: Article) -> (Article, Identity) {
        let article = Article {
            title: self.title,
            standfirst: self.standfirst,
            bylines: self.bylines,
            published: self.published,
            updated: self.updated,
            source: self.source,
            section: self.section,
            tags: self.tags,
            language: self.language,
            url: self.url,
            collection: self.collection,
            text: self.text,
            blocks: self.blocks,
            doubts: self.doubts,
            found: self.found,
            extra: self.extra,
            ..empty
        };
        (article, self.identity)
    }
}
