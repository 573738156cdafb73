//! `GET /` and `GET /search`: the hits, and everything they can be narrowed by.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use dateline_index::archive::Archive;
use dateline_index::backend::{About, Error};
use dateline_index::search::{Facet, Problem, Role, SearchRequest, SearchResponse, Sort};

use crate::error::{WebError, html};
use crate::frame::Frame;
use crate::params::{Links, Reading, advice, pairs, read};
use crate::state::Shared;
use crate::view::chips::{Chip, chips};
use crate::view::facets::{FacetView, facets, linked};
use crate::view::hits::{HitView, hits};
use crate::view::problems::{ProblemView, of_parameter, of_query};
use crate::view::reading::reading;
use crate::view::{Piece, counted};

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    frame: Frame,
    /// How many articles: the page's heading.
    count: String,
    none: bool,
    reading: Vec<Piece>,
    problems: Vec<ProblemView>,
    chips: Vec<Chip>,
    without_filters: String,
    without_words: String,
    /// Where only main actors count: the same search in which any mention does.
    mentioned: Option<String>,
    facets: Vec<FacetView>,
    /// What stands in the date form, and what it keeps.
    from: String,
    to: String,
    kept: Vec<(String, String)>,
    /// What it says, where it leads, whether it is so now.
    sorts: Vec<(&'static str, String, bool)>,
    hits: Vec<HitView>,
    /// `1–20 of 187`, on the first page.
    span: Option<String>,
    first: Option<String>,
    next: Option<String>,
}

pub(crate) async fn get(
    State(shared): State<Shared>,
    RawQuery(query): RawQuery,
) -> Result<Response, WebError> {
    let mut reading = read(query.as_deref().unwrap_or_default());
    let (reading, response, about) = shared
        .ask(move |archive| {
            let response = search(archive, &mut reading.request)?;
            Ok((reading, response, archive.about()?))
        })
        .await?;
    Ok(html(&page(&shared, &reading, &response, &about)))
}

/// A cursor that leads nowhere costs the place, not the page.
fn search(archive: &Archive, request: &mut SearchRequest) -> Result<SearchResponse, WebError> {
    match archive.search(request) {
        Err(Error::Cursor(_)) if request.cursor.take().is_some() => {
            let mut response = archive.search(request)?;
            let message = "That page of results is no longer known; here is the first one.".to_owned();
            response.problems.push(Problem { message, start: None, end: None });
            Ok(response)
        }
        answered => Ok(answered?),
    }
}

fn page(shared: &Shared, read: &Reading, response: &SearchResponse, about: &About) -> SearchPage {
    let settings = shared.settings();
    let request = &read.request;
    let links = Links { base: &settings.base_path, request };
    let frame = Frame::new(settings, about);
    let frame = if request.q.is_empty() { frame } else { frame.titled(&request.q) };
    let later = request.cursor.is_some();
    SearchPage {
        count: if response.total == 0 { "No articles".into() } else { counted(response.total, "article") },
        none: response.total == 0,
        reading: reading(&response.reading),
        problems: problems(read, response, &links),
        chips: chips(&links, &response.facets),
        without_filters: links.without_filters(),
        without_words: links.without_words(),
        mentioned: mentioned(&links),
        facets: facets(&links, response),
        from: request.from.map(|date| date.to_string()).unwrap_or_default(),
        to: request.to.map(|date| date.to_string()).unwrap_or_default(),
        kept: pairs(&SearchRequest { from: None, to: None, cursor: None, ..request.clone() }),
        sorts: sorts(&links, response),
        hits: hits(&links, &response.hits),
        span: (!later && response.next.is_some())
            .then(|| format!("1–{} of {}", response.hits.len(), counted(response.total, "article"))),
        first: later.then(|| links.first_page()),
        next: response.next.as_deref().map(|cursor| links.page(cursor)),
        frame: frame.searching(request),
    }
}

fn mentioned(links: &Links<'_>) -> Option<String> {
    let is_chosen =
        Facet::ALL.iter().any(|facet| facet.is_named() && links.request.choices.contains_key(facet));
    (is_chosen && links.request.about == Role::Main).then(|| links.about(Role::Any))
}

fn problems(read: &Reading, response: &SearchResponse, links: &Links<'_>) -> Vec<ProblemView> {
    let message = "The query is too long to be repeated in every link, so the values beside the results \
                   cannot be clicked; shorten it to narrow it.";
    let long = (!linked(links)).then(|| ProblemView { message: message.into(), place: Vec::new() });
    let advice = advice(read);
    let of_query = response.problems.iter().chain(&advice).map(|problem| of_query(problem, &read.request.q));
    read.bad.iter().map(of_parameter).chain(of_query).chain(long).collect()
}

/// Where nothing was asked no article matches better than another.
fn sorts(links: &Links<'_>, response: &SearchResponse) -> Vec<(&'static str, String, bool)> {
    let (worded, now) = (!response.reading.is_empty(), response.sort);
    Sort::ALL
        .into_iter()
        .filter(|sort| worded || *sort != Sort::Relevance || now == Sort::Relevance)
        .map(|sort| {
            let name = match sort {
                Sort::Relevance => "Best match",
                Sort::Newest => "Newest",
                Sort::Oldest => "Oldest",
            };
            (name, links.sorted(sort), sort == now)
        })
        .collect()
}
