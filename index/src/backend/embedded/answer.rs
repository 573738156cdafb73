//! An answer from one snapshot and one reading of the database.

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension};
use tantivy::query::{EnableScoring, Query as _, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, TERMINATED, Term};

use super::collect::{self, Found, Gathered, Narrow, Place, Plan};
use super::rows::UNKNOWN;
use super::schema::Fields;
use super::snapshot::Snapshot;
use super::store::read;
use super::{Embedded, actors, lower};
use crate::actor::{ActorId, ActorKind};
use crate::backend::{self, Error, Result};
use crate::found;
use crate::identity;
use crate::passages::Highlighter;
use crate::published::days_since_1970;
use crate::query::Query;
use crate::search::{Choice, Facet, FacetCount, Facets, Hit, NONE, Problem, SearchRequest, SearchResponse};

/// The ordinal of a value that the archive does not have: no row carries it.
const NOWHERE: u32 = u32::MAX;

impl Embedded {
    /// Answers from what is published, or from the snapshot that the cursor names.
    pub(super) fn answer(&self, query: &Query, request: &SearchRequest) -> Result<SearchResponse> {
        let question = fingerprint(query, request);
        let cursor = request.cursor.as_deref().map(|cursor| Cursor::parse(cursor, &question)).transpose()?;
        let mut kept = cursor.as_ref().and_then(|cursor| self.kept(&cursor.snapshot));
        if let (Some(cursor), None) = (&cursor, &kept) {
            // Nothing may have been loaded yet, as in a process that has just begun.
            kept = Some(self.snapshot()?).filter(|current| current.name == cursor.snapshot);
        }
        let mut problems = Vec::new();
        if cursor.is_some() && kept.is_none() {
            let message = "The archive has changed since the page before: this page goes on behind its last hit, and may repeat or lack an article.";
            problems.push(Problem { message: message.into(), start: None, end: None });
        }
        let snapshot = match kept {
            Some(snapshot) => snapshot,
            None => self.snapshot()?,
        };
        let request = &self.with_values_as_shown(&snapshot, request)?;
        self.with_connection(|connection| {
            let transaction =
                connection.unchecked_transaction().map_err(|error| self.database.failed(&error))?;
            let after = cursor.map(|cursor| cursor.place);
            let answer = self
                .unless_damaged(|| self.answer_from(&snapshot, connection, query, request, &question, after));
            drop(transaction);
            answer.map(|answer| SearchResponse { problems, ..answer })
        })
    }

    fn answer_from(
        &self,
        snapshot: &Arc<Snapshot>,
        connection: &Connection,
        query: &Query,
        request: &SearchRequest,
        question: &str,
        after: Option<Place>,
    ) -> Result<SearchResponse> {
        let (_, fields) = Fields::schema();
        let index = |error: tantivy::TantivyError| self.index_failed(&error);
        let database = |error: rusqlite::Error| self.database.failed(&error);
        let lowered = lower::lower(query, &fields, &snapshot.languages).map_err(index)?;
        let plan = plan(snapshot, connection, query, request, after).map_err(database)?;
        let gathered = collect::collect(snapshot, lowered.as_ref(), &plan).map_err(index)?;
        let highlighter = Highlighter::new(query, &snapshot.languages);
        let mut hits = Vec::with_capacity(gathered.found.len());
        for found in &gathered.found {
            hits.push(self.hit(snapshot, connection, &highlighter, found)?);
        }
        let last = gathered.found.last().filter(|_| gathered.more);
        let next = last.map(|found| {
            let snapshot = snapshot.name_for_cursor().to_owned();
            Cursor { snapshot, question: question.to_owned(), place: found.place }.to_string()
        });
        let mut facets = Facets::new();
        for facet in Facet::ALL {
            let counts = self.facet(snapshot, connection, request, &plan, &gathered, facet);
            let counts = counts.map_err(database)?;
            facets.insert(facet, counts);
        }
        let kinds = of_kinds(snapshot, &gathered, &plan);
        Ok(SearchResponse {
            total: gathered.total,
            reading: query.to_string(),
            problems: Vec::new(),
            next,
            sort: plan.sort,
            hits,
            facets,
            actor_kinds: backend::kind_counts(kinds),
        })
    }

    fn hit(
        &self,
        snapshot: &Snapshot,
        connection: &Connection,
        highlighter: &Highlighter,
        found: &Found,
    ) -> Result<Hit> {
        let revision = revision_at(snapshot, found.address).map_err(|error| self.index_failed(&error))?;
        let article =
            read::article(connection, revision, false).map_err(|error| self.database.failed(&error))?;
        let article = article.ok_or_else(|| {
            self.index_failed(&format!("it names revision {revision}, which archive.db does not have"))
        })?;
        let copies = self.copies(snapshot, connection, u64::from(found.place.article))?;
        Ok(Hit { copies, ..Hit::new(&article, highlighter.passages(&article)) })
    }

    /// A question whose chosen values are those that facets show: a merged actor is its survivor, another
    /// spelling of an author or a source the one that people read.
    fn with_values_as_shown(&self, snapshot: &Snapshot, request: &SearchRequest) -> Result<SearchRequest> {
        if request.choices.values().all(Choice::is_empty) {
            return Ok(request.clone());
        }
        let shown = self.with_connection(|connection| {
            let shown = |(facet, choice): (&Facet, &Choice)| -> rusqlite::Result<(Facet, Choice)> {
                let shown = |value: &String| -> rusqlite::Result<String> {
                    let ordinal = ordinal(snapshot, connection, *facet, value)?;
                    if ordinal == NOWHERE || ordinal == UNKNOWN {
                        let is_named = facet.is_named() && value != NONE;
                        let place = *facet == Facet::Place;
                        let meant = is_named.then(|| {
                            let meant = snapshot.authority.meant(&ActorId(value.clone()), place);
                            let elsewhere = snapshot.authority.elsewhere(&meant).filter(|_| !place);
                            elsewhere.unwrap_or(meant).0
                        });
                        return Ok(meant.unwrap_or_else(|| value.clone()));
                    }
                    Ok(value_of(snapshot, connection, *facet, ordinal, 0)?.value)
                };
                let all = |values: &[String]| values.iter().map(shown).collect::<rusqlite::Result<Vec<_>>>();
                let (include, exclude) = (all(&choice.include)?, all(&choice.exclude)?);
                Ok((*facet, Choice { include, exclude, mode: choice.mode }.distinct()))
            };
            let choices = request.choices.iter().map(shown).collect::<rusqlite::Result<_>>();
            choices.map_err(|error| self.database.failed(&error))
        });
        Ok(SearchRequest { choices: shown?, ..request.clone() })
    }

    /// The values of one facet: the largest, the chosen ones, and "unknown".
    fn facet(
        &self,
        snapshot: &Snapshot,
        connection: &Connection,
        request: &SearchRequest,
        plan: &Plan,
        gathered: &Gathered,
        facet: Facet,
    ) -> rusqlite::Result<Vec<FacetCount>> {
        let counts = &gathered.counts[facet as usize];
        let narrow = plan.narrows.iter().find(|narrow| narrow.facet == facet);
        let choice = request.choices.get(&facet).cloned().unwrap_or_default();
        let (include, exclude) = narrow.map_or((&[][..], &[][..]), |n| (&n.include[..], &n.exclude[..]));
        let is_chosen = |ordinal: u32| include.contains(&ordinal) || exclude.contains(&ordinal);
        let kind = request.actor_kind.filter(|_| facet == Facet::Actor);
        let is_listed = |ordinal: u32| {
            !is_chosen(ordinal) && kind.is_none_or(|kind| snapshot.actors().kind(ordinal) == kind)
        };
        let mut listed = Vec::new();
        for ordinal in largest(counts, request.facet_limit, is_listed) {
            let counted = u64::from(counts[ordinal as usize]);
            listed.push(value_of(snapshot, connection, facet, ordinal, counted)?);
        }
        let mut chosen: Vec<(&String, u32)> = choice.include.iter().zip(include.iter().copied()).collect();
        chosen.extend(choice.exclude.iter().zip(exclude.iter().copied()));
        for (value, ordinal) in chosen {
            if listed.iter().any(|count: &FacetCount| count.value == *value) {
                continue;
            }
            let excluded = exclude.contains(&ordinal) && choice.exclude.contains(value);
            let counted = if excluded {
                gathered.taken.get(&(facet, ordinal)).copied().unwrap_or(0)
            } else {
                counts.get(ordinal as usize).map_or(0, |count| u64::from(*count))
            };
            let known = ordinal != NOWHERE && ordinal != UNKNOWN;
            let mut count = if known {
                value_of(snapshot, connection, facet, ordinal, counted)?
            } else {
                backend::absent_count(&snapshot.authority, facet, value, counted)
            };
            count.value.clone_from(value);
            count.included = choice.include.contains(value);
            count.excluded = excluded;
            listed.push(count);
        }
        if counts[UNKNOWN as usize] > 0 && !is_chosen(UNKNOWN) && kind.is_none() {
            listed.push(backend::plain_count(facet, NONE, u64::from(counts[UNKNOWN as usize])));
        }
        backend::sort_counts(&mut listed);
        Ok(listed)
    }
}

/// A value of a facet with its name looked up.
fn value_of(
    snapshot: &Snapshot,
    connection: &Connection,
    facet: Facet,
    ordinal: u32,
    count: u64,
) -> rusqlite::Result<FacetCount> {
    if facet.is_named() {
        let actor = actors::actor(connection, &snapshot.authority, ordinal)?;
        let actor = actor.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
        return Ok(FacetCount {
            label: actor.label,
            kind: Some(actor.kind),
            ..backend::plain_count(facet, &actor.id.0, count)
        });
    }
    let label = match facet {
        Facet::Author => snapshot.maps.authors.label(ordinal),
        Facet::Source => snapshot.maps.sources.label(ordinal),
        _ => None,
    };
    let name = match (label, table(facet)) {
        (Some(label), _) => label.to_owned(),
        (None, Some(table)) => connection
            .prepare_cached(&format!("SELECT name FROM {table} WHERE number = ?1"))?
            .query_row([ordinal], |row| row.get::<_, String>(0))?,
        (None, None) if facet == Facet::DateFound => found::of_number(ordinal).unwrap_or_default().to_owned(),
        (None, None) => ordinal.to_string(),
    };
    Ok(backend::plain_count(facet, &name, count))
}

/// The kinds of all actors that have articles, each actor once.
fn of_kinds<'a>(
    snapshot: &'a Snapshot,
    gathered: &'a Gathered,
    plan: &'a Plan,
) -> impl Iterator<Item = ActorKind> + 'a {
    let excluded = plan.narrows.iter().find(|narrow| narrow.facet == Facet::Actor);
    let excluded = excluded.map_or(&[][..], |narrow| &narrow.exclude);
    let actors = (0_u32..).zip(&gathered.counts[Facet::Actor as usize]);
    let counted = actors.filter(|(ordinal, count)| **count > 0 && *ordinal != UNKNOWN);
    let kept = counted.filter(|(ordinal, _)| !excluded.contains(ordinal));
    kept.map(|(ordinal, _)| snapshot.actors().kind(ordinal))
}

/// The ordinals with the most articles; of equals, those that came into the archive first.
fn largest(counts: &[u32], limit: usize, is_listed: impl Fn(u32) -> bool) -> Vec<u32> {
    let ordinals = 1..u32::try_from(counts.len()).unwrap_or(u32::MAX);
    let mut counted: Vec<u32> =
        ordinals.filter(|ordinal| counts[*ordinal as usize] > 0 && is_listed(*ordinal)).collect();
    let order = |ordinal: &u32| (std::cmp::Reverse(counts[*ordinal as usize]), *ordinal);
    if counted.len() > limit && limit > 0 {
        counted.select_nth_unstable_by_key(limit - 1, order);
    }
    counted.truncate(limit);
    counted
}

/// The table that numbers the values of a facet.
fn table(facet: Facet) -> Option<&'static str> {
    match facet {
        Facet::Author => Some("authors"),
        Facet::Source => Some("sources"),
        Facet::Section => Some("sections"),
        Facet::Language => Some("languages"),
        Facet::Actor | Facet::Place | Facet::Year | Facet::DateFound => None,
    }
}

fn plan(
    snapshot: &Snapshot,
    connection: &Connection,
    query: &Query,
    request: &SearchRequest,
    after: Option<Place>,
) -> rusqlite::Result<Plan> {
    let mut narrows = Vec::new();
    for (facet, choice) in request.choices.iter().filter(|(_, choice)| !choice.is_empty()) {
        let ordinals = |values: &[String]| -> rusqlite::Result<Vec<u32>> {
            values.iter().map(|value| ordinal(snapshot, connection, *facet, value)).collect()
        };
        narrows.push(Narrow {
            facet: *facet,
            mode: request.mode(*facet),
            include: ordinals(&choice.include)?,
            exclude: ordinals(&choice.exclude)?,
        });
    }
    let (from, to) = request.days();
    let day = |date: jiff::civil::Date| i32::try_from(days_since_1970(date)).unwrap_or(i32::MAX);
    Ok(Plan {
        narrows,
        about: request.about,
        from: from.map(day),
        to: to.map(day),
        sort: backend::sort_of(query, request),
        limit: request.limit,
        after,
    })
}

/// The ordinal of a value as an address names it.
fn ordinal(snapshot: &Snapshot, connection: &Connection, facet: Facet, value: &str) -> rusqlite::Result<u32> {
    if value == NONE {
        return Ok(UNKNOWN);
    }
    let found = match (facet, table(facet)) {
        (Facet::Actor | Facet::Place, _) => {
            snapshot.actors().find(connection, &snapshot.authority, value, facet == Facet::Place)?
        }
        (Facet::Author, _) => snapshot.maps.authors.find(facet, value, &snapshot.authority),
        (Facet::Source, _) => snapshot.maps.sources.find(facet, value, &snapshot.authority),
        (_, Some(table)) => connection
            .prepare_cached(&format!("SELECT number FROM {table} WHERE name = ?1"))?
            .query_row([value], |row| row.get(0))
            .optional()?,
        (Facet::DateFound, _) => found::number(value),
        (_, None) => four_digits(value),
    };
    Ok(found.unwrap_or(NOWHERE))
}

fn four_digits(year: &str) -> Option<u32> {
    let shaped = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
    shaped.then(|| year.parse().ok()).flatten().filter(|year| *year > 0)
}

/// The change that wrote what a document of the index holds.
fn revision_at(snapshot: &Snapshot, address: DocAddress) -> tantivy::Result<u64> {
    let reader = snapshot.searcher.segment_reader(address.segment_ord);
    Ok(reader.fast_fields().u64("revision")?.first(address.doc_id).unwrap_or(0))
}

/// The revision of an article that searches see; none if they do not see it.
pub(super) fn revision_of(snapshot: &Snapshot, number: u64) -> tantivy::Result<Option<u64>> {
    let (_, fields) = Fields::schema();
    let query = TermQuery::new(Term::from_field_u64(fields.article, number), IndexRecordOption::Basic);
    let weight = query.weight(EnableScoring::disabled_from_searcher(&snapshot.searcher))?;
    for (segment, reader) in snapshot.searcher.segment_readers().iter().enumerate() {
        let mut scorer = weight.scorer(reader, 1.0)?;
        while scorer.doc() != TERMINATED {
            if reader.alive_bitset().is_none_or(|alive| alive.is_alive(scorer.doc())) {
                let segment = u32::try_from(segment).unwrap_or(u32::MAX);
                return revision_at(snapshot, DocAddress::new(segment, scorer.doc())).map(Some);
            }
            scorer.advance();
        }
    }
    Ok(None)
}

/// What a question asks apart from its page, in a few letters: a cursor goes on in its own answer only.
fn fingerprint(query: &Query, request: &SearchRequest) -> String {
    let (from, to) = request.days();
    let asked = format!(
        "{query}|{:?}|{from:?}|{to:?}|{:?}|{:?}",
        request.choices,
        request.about,
        backend::sort_of(query, request)
    );
    identity::digest(asked.as_bytes())[..8].to_owned()
}

/// Where a page ended: the snapshot that it was drawn from, what was asked, and the last hit's place in
/// the order.
struct Cursor {
    snapshot: String,
    question: String,
    place: Place,
}

impl Cursor {
    /// Reads the cursor of a question.
    fn parse(text: &str, question: &str) -> Result<Self> {
        let parsed = (|| {
            let mut parts = text.rsplitn(4, '_');
            let article = parts.next()?.parse().ok()?;
            let key = parts.next()?.parse().ok()?;
            let question = parts.next()?.to_owned();
            Some(Self { question, snapshot: parts.next()?.to_owned(), place: Place { key, article } })
        })();
        parsed.filter(|cursor| cursor.question == question).ok_or_else(|| Error::Cursor(text.to_owned()))
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}_{}_{}_{}", self.snapshot, self.question, self.place.key, self.place.article)
    }
}
