//! Scans everything: written to be obviously right, the oracle that other backends are held to.
//!
//! A facet's number is counted by its definition, one value after the other, and nothing is shared
//! with the other backends but the analysis of text and the passages.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{About, Backend, Error, NameCount, Named, NewEntry, Result, SavedCopy, StoredArticle, Writer};
use crate::actor::{Actor, ActorId, ActorKind, Field, Mention};
use crate::analysis::{self, Analyzed};
use crate::article::{Article, ArticleId};
use crate::authority::{self, Authority, Decided, Growing, Kindred, Logged, better_spelling};
use crate::doubts::{Doubts, DoubtsRequest, list};
use crate::edit::{self, Correction, Edit, EditOutcome, Edited};
use crate::found;
use crate::language::Language;
use crate::likeness::{Profile, likeness};
use crate::passages::Highlighter;
use crate::prominence::{self, Prominence};
use crate::query::{Leaf, Query, Words};
use crate::registry::{Registry, former};
use crate::search::{Choice, Facet, FacetCount, Hit, Mode, NONE, Role, SearchRequest, SearchResponse, Sort};

/// An archive in memory.
#[derive(Debug)]
pub struct Memory {
    state: Mutex<State>,
    writing: Mutex<()>,
}

#[derive(Clone, Debug, Default)]
struct State {
    title: String,
    change: u64,
    /// Every id that was ever put, in the order of their first put: the article's number.
    numbers: Vec<ArticleId>,
    committed: BTreeMap<usize, Stored>,
    published: BTreeMap<usize, Stored>,
    published_change: u64,
    /// What people said, the oldest first: laid over what was put whenever that is published.
    edits: Vec<Edit>,
    decisions: Vec<Logged>,
    /// Every name of a mention that was ever put, in the order of coming.
    names: Vec<(String, ActorKind)>,
    /// Whom ids lead to that only earlier lists had.
    former: HashMap<ActorId, ActorId>,
    /// What the names and the log make of the list.
    authority: Authority,
    /// What people read for each group of spellings of published articles.
    spellings: BTreeMap<(Facet, String), String>,
}

#[derive(Clone, Debug)]
struct Stored {
    article: Article,
    revision: u64,
    profile: Profile,
    corrections: Vec<Correction>,
}

impl State {
    fn publish(&mut self) {
        self.published = self.committed.clone();
        self.published_change = self.change;
        for stored in self.published.values_mut() {
            stored.corrections = correct(&mut stored.article, &self.edits);
            stored.profile = Profile::of(&stored.article);
        }
        self.lay();
    }

    /// Lays the log of decisions over the list and over the spellings of published articles.
    fn lay(&mut self) {
        let standing = authority::standing(&self.decisions);
        let decisions = standing.into_iter().map(|(_, decision)| decision);
        let list = Arc::clone(self.authority.registry());
        let mut kindred = Kindred::default();
        self.names.iter().for_each(|(name, kind)| kindred.take_in(&list, name, *kind));
        let authority = Authority::joined(list, kindred.joined().clone(), decisions);
        let authority = authority.with_former(self.former.clone());
        self.spellings.clear();
        for stored in self.published.values() {
            for facet in [Facet::Author, Facet::Source] {
                for name in spellings(&stored.article, facet) {
                    let (key, wanted) = authority.spelling(facet, &name);
                    let best = self.spellings.entry((facet, key)).or_insert_with(|| name.clone());
                    match wanted {
                        Some(wanted) => wanted.clone_into(best),
                        None if better_spelling(&name, best) => *best = name,
                        None => {}
                    }
                }
            }
        }
        self.authority = authority;
    }

    /// Notes the names of an article as it is corrected: others are never stored.
    fn note_names(&mut self, article: &Article) {
        let mut article = article.clone();
        correct(&mut article, &self.edits);
        self.names.extend(article.mentions.into_iter().map(|mention| (mention.name, mention.kind)));
    }

    fn write(&mut self, edit: &Edit) -> EditOutcome {
        let number = self.numbers.iter().position(|known| *known == edit.article);
        let Some(stored) = number.and_then(|number| self.committed.get_mut(&number)) else {
            return EditOutcome::NoArticle;
        };
        let before = self.edits.iter().rfind(|b| b.article == edit.article && b.field == edit.field);
        if before.and_then(|before| before.value.as_ref()) == edit.value.as_ref() {
            return EditOutcome::Unchanged;
        }
        self.change += 1;
        stored.revision = self.change;
        self.edits.push(edit.clone());
        EditOutcome::Written
    }
}

impl Memory {
    /// An empty archive.
    #[must_use]
    pub fn new(registry: Arc<Registry>) -> Self {
        let state = State { authority: Authority::of_list(registry), ..State::default() };
        Self { state: Mutex::new(state), writing: Mutex::default() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The actor that an id leads to: its survivor, or, where no name leads there, whom it leads to elsewhere.
    fn led(&self, state: &State, id: &ActorId) -> ActorId {
        let id = state.authority.survivor(id);
        let names = |(name, kind): &(String, ActorKind)| {
            state.authority.actor_of(name, *kind).is_some_and(|actor| actor.id == id)
        };
        let elsewhere = state.authority.elsewhere(&id).filter(|_| !state.names.iter().any(names));
        elsewhere.unwrap_or(id)
    }

    /// What people read for a spelling of an author or a source.
    fn spelled(&self, state: &State, facet: Facet, name: &str) -> String {
        let key = (facet, state.authority.spelling(facet, name).0);
        state.spellings.get(&key).cloned().unwrap_or_else(|| name.to_owned())
    }

    /// A value as facets show it.
    fn shown(&self, state: &State, facet: Facet, value: &str) -> String {
        match facet {
            _ if value == NONE => value.to_owned(),
            Facet::Actor => self.led(state, &ActorId(value.to_owned())).0,
            Facet::Place => state.authority.meant(&ActorId(value.to_owned()), true).0,
            Facet::Author | Facet::Source => self.spelled(state, facet, value),
            _ => value.to_owned(),
        }
    }

    fn with_values_as_shown(&self, state: &State, request: &SearchRequest) -> SearchRequest {
        let shown = |(facet, choice): (&Facet, &Choice)| {
            let all = |values: &[String]| values.iter().map(|v| self.shown(state, *facet, v)).collect();
            let (include, exclude) = (all(&choice.include), all(&choice.exclude));
            (*facet, Choice { include, exclude, mode: choice.mode }.distinct())
        };
        SearchRequest { choices: request.choices.iter().map(shown).collect(), ..request.clone() }
    }

    /// What an article has of a facet; `_none` alone where it has nothing.
    fn values(&self, state: &State, article: &Article, facet: Facet, about: Role) -> BTreeSet<String> {
        let mut values: BTreeSet<String> = match facet {
            Facet::Actor | Facet::Place => {
                let named = named(state, article, facet == Facet::Place);
                let lead_end = prominence::lead_end(article);
                let counts = |mentions: &[&Mention]| {
                    about == Role::Any || Prominence::of_all(mentions.iter().copied(), lead_end).is_main()
                };
                named.into_iter().filter(|(_, mentions)| counts(mentions)).map(|(id, _)| id.0).collect()
            }
            Facet::Author | Facet::Source => {
                spellings(article, facet).iter().map(|name| self.spelled(state, facet, name)).collect()
            }
            Facet::Section => article.section.iter().cloned().collect(),
            Facet::Language => article.language.iter().map(|language| language.code().to_owned()).collect(),
            Facet::Year => {
                let published = article.published.iter();
                published.map(|published| published.date.first_day().year().to_string()).collect()
            }
            Facet::DateFound => {
                let published = article.published.iter();
                published.filter_map(|published| Some(found::listed(&published.found)?.to_owned())).collect()
            }
        };
        if values.is_empty() {
            values.insert(NONE.to_owned());
        }
        values
    }

    fn satisfies(
        &self,
        state: &State,
        article: &Article,
        (facet, choice): (Facet, &Choice),
        request: &SearchRequest,
    ) -> bool {
        let mode = request.mode(facet);
        let values = self.values(state, article, facet, request.about);
        let mut chosen = choice.include.iter();
        let included = match mode {
            Mode::Any => choice.include.is_empty() || chosen.any(|value| values.contains(value)),
            Mode::All => chosen.all(|value| values.contains(value)),
        };
        included && !choice.exclude.iter().any(|value| values.contains(value))
    }

    /// The articles that answer a request, by their numbers.
    fn matching<'s>(
        &self,
        state: &'s State,
        query: &Query,
        request: &SearchRequest,
    ) -> Vec<(usize, &'s Stored)> {
        let languages = languages(state);
        let (from, to) = request.days();
        let fits = |article: &Article| {
            let span = article.published.as_ref().map(|p| (p.date.first_day(), p.date.last_day()));
            let in_days = from.is_none_or(|from| span.is_some_and(|(first, _)| first >= from))
                && to.is_none_or(|to| span.is_some_and(|(_, last)| last <= to));
            in_days
                && request
                    .choices
                    .iter()
                    .all(|(facet, choice)| self.satisfies(state, article, (*facet, choice), request))
                && matches(query, article, &languages)
        };
        let stored = state.published.iter().map(|(number, stored)| (*number, stored));
        stored.filter(|(_, stored)| fits(&stored.article)).collect()
    }

    /// Counts one value by what its number means.
    fn count(&self, state: &State, query: &Query, request: &SearchRequest, facet: Facet, value: &str) -> u64 {
        let mut asked = request.clone();
        let mode = request.mode(facet);
        let choice = asked.choice(facet);
        if choice.exclude.iter().any(|excluded| excluded == value) {
            choice.exclude.retain(|excluded| excluded != value);
            let without = self.matching(state, query, &asked).len();
            return (without - self.matching(state, query, request).len()) as u64;
        }
        if mode == Mode::Any {
            choice.include.clear();
        }
        choice.include.push(value.to_owned());
        self.matching(state, query, &asked).len() as u64
    }

    /// Every value of a facet that has articles or is chosen.
    fn counts(&self, state: &State, query: &Query, request: &SearchRequest, facet: Facet) -> Vec<FacetCount> {
        let choice = request.choices.get(&facet).cloned().unwrap_or_default();
        let mut values: BTreeSet<String> = BTreeSet::new();
        for stored in state.published.values() {
            values.extend(self.values(state, &stored.article, facet, request.about));
        }
        values.extend(choice.include.iter().cloned());
        values.extend(choice.exclude.iter().cloned());
        let counted = values.into_iter().map(|value| {
            let count = self.count(state, query, request, facet, &value);
            let included = choice.include.contains(&value);
            let excluded = choice.exclude.contains(&value);
            FacetCount { included, excluded, ..self.described(state, facet, &value, count) }
        });
        let mut counts: Vec<_> = counted.filter(|c| c.count > 0 || c.included || c.excluded).collect();
        super::sort_counts(&mut counts);
        counts
    }

    /// Those that a request asks for.
    fn listed(request: &SearchRequest, facet: Facet, mut counts: Vec<FacetCount>) -> Vec<FacetCount> {
        let kind = request.actor_kind.filter(|_| facet == Facet::Actor);
        counts.retain(|count| {
            count.included || count.excluded || kind.is_none_or(|kind| count.kind == Some(kind))
        });
        let mut listed = 0;
        counts.retain(|count| {
            let extra = count.included || count.excluded || count.value == NONE;
            listed += usize::from(!extra);
            extra || listed <= request.facet_limit
        });
        counts
    }

    fn described(&self, state: &State, facet: Facet, value: &str, count: u64) -> FacetCount {
        if !facet.is_named() || value == NONE {
            return super::plain_count(facet, value, count);
        }
        let mentions = state.committed.values().flat_map(|stored| &stored.article.mentions);
        let laid = &state.authority;
        let is_place = |actor: &Actor| actor.kind == ActorKind::Place;
        let mut actors = mentions.filter_map(|mention| laid.actor_of(&mention.name, mention.kind));
        let known = actors.find(|actor| actor.id.0 == value && is_place(actor) == (facet == Facet::Place));
        match known {
            Some(Actor { label, kind, .. }) => {
                FacetCount { label, kind: Some(kind), ..super::plain_count(facet, value, count) }
            }
            None => super::absent_count(laid, facet, value, count),
        }
    }
}

/// Lays over an article what people said of it.
fn correct(article: &mut Article, edits: &[Edit]) -> Vec<Correction> {
    let standing = edit::standing(edits.iter().filter(|edit| edit.article == article.id).cloned());
    let covered = edit::lay(article, &edit::values(&standing));
    edit::corrections(standing, &covered)
}

/// Who (or which places) an article names, each with its mentions.
fn named<'a>(state: &State, article: &'a Article, is_place: bool) -> BTreeMap<ActorId, Vec<&'a Mention>> {
    let mut named: BTreeMap<ActorId, Vec<&Mention>> = BTreeMap::new();
    for mention in &article.mentions {
        let actor = state.authority.actor_in(&article.id, &mention.name, mention.kind);
        if let Some(actor) = actor.filter(|actor| (actor.kind == ActorKind::Place) == is_place) {
            named.entry(actor.id).or_default().push(mention);
        }
    }
    named
}

/// The names that an article has of authors or sources, as they are printed.
fn spellings(article: &Article, facet: Facet) -> Vec<String> {
    match facet {
        Facet::Author => article.bylines.iter().map(|byline| byline.0.clone()).collect(),
        _ => article.source.iter().map(|source| source.name.clone()).collect(),
    }
}

/// The languages that the archive's articles are in.
fn languages(state: &State) -> Vec<Language> {
    let languages: BTreeSet<_> =
        state.published.values().filter_map(|stored| stored.article.language).collect();
    languages.into_iter().collect()
}

fn matches(query: &Query, article: &Article, languages: &[Language]) -> bool {
    match query {
        Query::All => true,
        Query::And(parts) => parts.iter().all(|part| matches(part, article, languages)),
        Query::Or(parts) => parts.iter().any(|part| matches(part, article, languages)),
        Query::Not(inner) => !matches(inner, article, languages),
        Query::Leaf(leaf) => leaf_matches(leaf, article, languages) > 0,
    }
}

/// How often a leaf matches, in all the fields that it asks.
fn leaf_matches(leaf: &Leaf, article: &Article, languages: &[Language]) -> usize {
    let fields = Field::ALL.into_iter().filter(|field| leaf.field.is_none_or(|asked| asked == *field));
    let texts = fields.filter_map(|field| match field {
        Field::Title => Some(article.title.as_str()),
        Field::Standfirst => article.standfirst.as_deref(),
        Field::Text => Some(article.text.as_str()),
    });
    let count = |text: &str| {
        let words = analysis::analyze(text, article.language);
        (0..words.len()).filter(|at| matches_at(&leaf.words, &words[*at..], languages)).count()
    };
    texts.map(count).sum()
}

fn matches_at(wanted: &Words, words: &[Analyzed], languages: &[Language]) -> bool {
    let same = |wanted: &str, word: &Analyzed| analysis::folded_word(wanted) == word.folded;
    match wanted {
        Words::Word(word) => words[0].is_of(&analysis::word_family(word, languages)),
        Words::Prefix(start) => words[0].folded.starts_with(&analysis::folded_word(start)),
        Words::Phrase(phrase) => {
            phrase.len() <= words.len() && phrase.iter().zip(words).all(|(wanted, word)| same(wanted, word))
        }
    }
}

/// How well an article matches: the number of matches. Zero for a query that asks nothing.
fn score(query: &Query, article: &Article, languages: &[Language]) -> i64 {
    let mut score = 0;
    query.positive_leaves(&mut |leaf| score += leaf_matches(leaf, article, languages));
    i64::try_from(score).unwrap_or(i64::MAX)
}

/// Larger comes first; undated articles come last in both orders of time.
fn sort_key(sort: Sort, query: &Query, article: &Article, languages: &[Language]) -> i64 {
    let published = article.published.as_ref().map(|published| published.date.sort_key());
    match sort {
        Sort::Relevance => score(query, article, languages),
        Sort::Newest => published.unwrap_or(i64::MIN),
        Sort::Oldest => published.map_or(i64::MIN, |seconds| -seconds),
    }
}

fn parse_cursor(cursor: &str) -> Result<(i64, usize)> {
    let parsed =
        cursor.split_once('_').and_then(|(key, number)| Some((key.parse().ok()?, number.parse().ok()?)));
    parsed.ok_or_else(|| Error::Cursor(cursor.to_owned()))
}

impl Backend for Memory {
    fn search(&self, query: &Query, request: &SearchRequest) -> Result<SearchResponse> {
        let state = self.state();
        let request = &self.with_values_as_shown(&state, request);
        let languages = languages(&state);
        let sort = super::sort_of(query, request);
        let mut matching: Vec<_> = self
            .matching(&state, query, request)
            .into_iter()
            .map(|(number, stored)| {
                (-sort_key(sort, query, &stored.article, &languages).max(-i64::MAX), number, stored)
            })
            .collect();
        matching.sort_by_key(|(key, number, _)| (*key, *number));
        let total = matching.len() as u64;
        if let Some(cursor) = &request.cursor {
            let last = parse_cursor(cursor)?;
            matching.retain(|(key, number, _)| (*key, *number) > last);
        }
        let more = matching.len() > request.limit;
        matching.truncate(request.limit);
        let next = matching.last().filter(|_| more).map(|(key, number, _)| format!("{key}_{number}"));
        let highlighter = Highlighter::new(query, &languages);
        let hits = matching.iter().map(|(_, _, stored)| hit(&state, &highlighter, stored)).collect();
        let counted = Facet::ALL.into_iter().map(|facet| (facet, self.counts(&state, query, request, facet)));
        let counted: Vec<_> = counted.collect();
        let actors =
            counted.iter().filter(|(facet, _)| *facet == Facet::Actor).flat_map(|(_, counts)| counts);
        let kinds = actors.filter(|count| count.count > 0 && !count.excluded).filter_map(|count| count.kind);
        let actor_kinds = super::kind_counts(kinds);
        let facets = counted.into_iter().map(|(facet, counts)| (facet, Self::listed(request, facet, counts)));
        Ok(SearchResponse {
            total,
            reading: query.to_string(),
            problems: Vec::new(),
            next,
            sort,
            hits,
            facets: facets.collect(),
            actor_kinds,
        })
    }

    fn article(&self, id: &ArticleId) -> Result<Option<StoredArticle>> {
        let state = self.state();
        let number = state.numbers.iter().position(|known| known == id);
        let stored = number.and_then(|number| state.published.get(&number)).cloned();
        Ok(stored.map(|stored| StoredArticle {
            copies: copies(&state, &stored.article.id, &stored.profile),
            article: stored.article,
            origins: Vec::new(),
            revision: stored.revision,
            edits: stored.corrections,
        }))
    }

    fn doubts(&self, request: &DoubtsRequest) -> Result<Doubts> {
        let state = self.state();
        let articles: Vec<&Article> = state.published.values().map(|stored| &stored.article).collect();
        Ok(list(&articles, request))
    }

    fn languages(&self) -> Result<Vec<Language>> {
        Ok(languages(&self.state()))
    }

    fn writer(&self) -> Result<Box<dyn Writer + '_>> {
        let locked = || Error::Locked { path: "memory".into(), who: "writer".into(), process: "this".into() };
        let writing = self.writing.try_lock().map_err(|_| locked())?;
        let draft = self.state().clone();
        Ok(Box::new(MemoryWriter { memory: self, draft, _writing: writing }))
    }

    fn edit(&self, edits: &[Edit]) -> Result<Edited> {
        let mut state = self.state();
        let outcomes = edits.iter().map(|edit| state.write(edit)).collect();
        let edited = |stored: &&Stored| edits.iter().any(|edit| edit.article == stored.article.id);
        let articles: Vec<_> = state.committed.values().filter(edited).cloned().collect();
        articles.iter().for_each(|stored| state.note_names(&stored.article));
        state.publish();
        Ok(Edited { outcomes, problem: None })
    }

    fn edits(&self, of: Option<&ArticleId>) -> Result<Vec<Edit>> {
        let state = self.state();
        Ok(state.edits.iter().filter(|edit| of.is_none_or(|of| edit.article == *of)).cloned().collect())
    }

    fn decide(&self, entries: &[NewEntry]) -> Result<Decided> {
        let mut state = self.state();
        let mut numbers = Vec::new();
        for NewEntry { entry, who, at } in entries {
            let news = Growing::new(state.decisions.clone()).is_news(entry);
            let number = state.decisions.len() as u64 + 1;
            if news {
                let (entry, who, at) = (entry.clone(), who.clone(), at.clone());
                state.decisions.push(Logged { number, entry, who, at });
            }
            numbers.push(news.then_some(number));
        }
        state.lay();
        Ok(Decided { numbers })
    }

    fn decisions(&self) -> Result<Vec<Logged>> {
        Ok(self.state().decisions.clone())
    }

    fn authority(&self) -> Result<Arc<Authority>> {
        Ok(Arc::new(self.state().authority.clone()))
    }

    fn pin(&self, list: &Arc<Registry>, _who: &str, _at: &str) -> Result<bool> {
        let mut state = self.state();
        let is_other = state.authority.registry().version() != list.version();
        let before = Arc::clone(state.authority.registry());
        state.former.extend(former(&before, list));
        state.authority = Authority::of_list(Arc::clone(list));
        state.lay();
        Ok(is_other)
    }

    fn named(&self) -> Result<Named> {
        let state = self.state();
        let mut articles: BTreeMap<(String, &str), (ActorKind, Vec<u32>)> = BTreeMap::new();
        let mut absent = Vec::new();
        for (number, stored) in &state.published {
            let number = u32::try_from(*number).unwrap_or(u32::MAX);
            for mention in &stored.article.mentions {
                let name = (mention.name.clone(), mention.kind.as_str());
                articles.entry(name).or_insert((mention.kind, Vec::new())).1.push(number);
            }
            let taken = state.authority.absences().filter(|(id, _)| **id == stored.article.id);
            absent.extend(taken.map(|(_, actor)| (number, actor)));
        }
        let came = |(name, kind): &(String, ActorKind)| {
            state.names.iter().position(|known| known == &(name.clone(), *kind))
        };
        let mut named: Vec<_> =
            articles.into_iter().map(|((name, _), (kind, articles))| ((name, kind), articles)).collect();
        named.sort_by_key(|(name, _)| came(name));
        let (names, articles) = named.into_iter().unzip();
        let mut named = Named { names, articles, absent };
        named.settle();
        Ok(named)
    }

    fn names_of(&self, actor: &ActorId) -> Result<Vec<NameCount>> {
        let state = self.state();
        let laid = &state.authority;
        let id = self.led(&state, actor);
        let mut counts: BTreeMap<(String, &str), (ActorKind, u64)> = BTreeMap::new();
        for stored in state.published.values() {
            let article = &stored.article;
            let mentions = article.mentions.iter();
            let names: BTreeSet<_> = mentions.map(|m| (m.name.clone(), m.kind.as_str(), m.kind)).collect();
            let is_meant = |actor: Actor| actor.id == id && actor.kind != ActorKind::Place;
            for (name, written, kind) in names {
                if laid.actor_in(&article.id, &name, kind).is_some_and(is_meant) {
                    counts.entry((name, written)).or_insert((kind, 0)).1 += 1;
                }
            }
        }
        let count = |((name, _), (kind, articles))| NameCount { name, kind, articles };
        let mut counts: Vec<_> = counts.into_iter().map(count).collect();
        counts.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.name.cmp(&b.name)));
        Ok(counts)
    }

    fn reread(&self, articles: &[ArticleId], recognise: &mut dyn FnMut(&mut Article)) -> Result<u64> {
        let mut state = self.state();
        let mut changed = 0;
        for id in articles {
            let number = state.numbers.iter().position(|known| known == id);
            let revision = state.change + 1;
            let Some(stored) = number.and_then(|number| state.committed.get_mut(&number)) else { continue };
            let before = stored.article.mentions.clone();
            recognise(&mut stored.article);
            if stored.article.mentions != before {
                stored.revision = revision;
                let article = stored.article.clone();
                state.change = revision;
                state.note_names(&article);
                changed += 1;
            }
        }
        state.publish();
        Ok(changed)
    }

    fn ids_like(&self, typed: &str) -> Result<Vec<(ArticleId, String)>> {
        let state = self.state();
        let articles = state.published.values().map(|stored| &stored.article);
        Ok(super::near::nearest(typed, articles.map(|article| (article.id.clone(), article.title.clone()))))
    }

    fn about(&self) -> Result<About> {
        let state = self.state();
        Ok(About {
            id: "memory".into(),
            title: state.title.clone(),
            articles: state.published.len() as u64,
            change: state.published_change,
        })
    }

    fn set_title(&self, title: &str) -> Result<()> {
        title.clone_into(&mut self.state().title);
        Ok(())
    }
}

fn hit(state: &State, highlighter: &Highlighter, stored: &Stored) -> Hit {
    let article = &stored.article;
    let copies = copies(state, &article.id, &stored.profile);
    Hit { copies, ..Hit::new(article, highlighter.passages(article)) }
}

/// The other articles that are the text of one: compared with all that share a key with it.
fn copies(state: &State, id: &ArticleId, profile: &Profile) -> Vec<SavedCopy> {
    let keys = profile.fingerprint.keys();
    let others = state.published.values().filter(|other| other.article.id != *id);
    let mut copies: Vec<SavedCopy> = others
        .filter(|other| other.profile.fingerprint.keys().iter().any(|key| keys.contains(key)))
        .filter_map(|other| {
            let why = likeness(profile, &other.profile)?;
            let Article { id, title, source, published, .. } = other.article.clone();
            Some(SavedCopy { id, why, title, source: source.map(|source| source.name), published })
        })
        .collect();
    copies.sort_by_key(|copy| copy.why);
    copies
}

struct MemoryWriter<'m> {
    memory: &'m Memory,
    draft: State,
    _writing: MutexGuard<'m, ()>,
}

impl MemoryWriter<'_> {
    fn number(&mut self, id: &ArticleId) -> usize {
        let known = self.draft.numbers.iter().position(|known| known == id);
        known.unwrap_or_else(|| {
            self.draft.numbers.push(id.clone());
            self.draft.numbers.len() - 1
        })
    }
}

impl Writer for MemoryWriter<'_> {
    fn put(&mut self, article: Article) -> Result<()> {
        let number = self.number(&article.id);
        if self.draft.committed.get(&number).is_some_and(|stored| stored.article == article) {
            return Ok(());
        }
        self.draft.change += 1;
        let revision = self.draft.change;
        let profile = Profile::of(&article);
        self.draft.note_names(&article);
        self.draft.committed.insert(number, Stored { article, revision, profile, corrections: Vec::new() });
        Ok(())
    }

    fn delete(&mut self, id: &ArticleId) -> Result<bool> {
        let known = self.draft.numbers.iter().position(|known| known == id);
        let gone = known.and_then(|number| self.draft.committed.remove(&number)).is_some();
        self.draft.change += u64::from(gone);
        Ok(gone)
    }

    fn commit(&mut self) -> Result<u64> {
        let mut state = self.memory.state();
        state.change = state.change.max(self.draft.change);
        state.numbers.clone_from(&self.draft.numbers);
        state.committed.clone_from(&self.draft.committed);
        state.names.clone_from(&self.draft.names);
        Ok(state.change)
    }

    fn publish(&mut self) -> Result<()> {
        let mut state = self.memory.state();
        state.publish();
        Ok(())
    }
}
