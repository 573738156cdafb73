//! [`SearchRequest`] to query string: what reads back as the same request.

use dateline_index::search::{Role, SearchRequest};

/// The parameters that say what a request asks for, defaults left out.
pub(crate) fn pairs(request: &SearchRequest) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let mut push = |name: String, value: &str| pairs.push((name, value.to_owned()));
    if !request.q.is_empty() {
        push("q".into(), &request.q);
    }
    if request.about != Role::default() {
        push("about".into(), request.about.as_str());
    }
    if let Some(kind) = request.actor_kind {
        push("kind.actor".into(), kind.as_str());
    }
    for (facet, choice) in &request.choices {
        choice.include.iter().for_each(|value| push(facet.to_string(), value));
        choice.exclude.iter().for_each(|value| push(format!("not.{facet}"), value));
        if let Some(mode) = choice.mode {
            push(format!("mode.{facet}"), mode.as_str());
        }
    }
    if let Some(date) = request.from {
        push("from".into(), &date.to_string());
    }
    if let Some(date) = request.to {
        push("to".into(), &date.to_string());
    }
    if let Some(sort) = request.sort {
        push("sort".into(), sort.as_str());
    }
    if request.limit != SearchRequest::LIMIT {
        push("limit".into(), &request.limit.to_string());
    }
    if let Some(cursor) = &request.cursor {
        push("cursor".into(), cursor);
    }
    if request.facet_limit != SearchRequest::FACET_LIMIT {
        push("facet.limit".into(), &request.facet_limit.to_string());
    }
    pairs
}

/// The query string of a request, without the question mark.
pub(crate) fn write(request: &SearchRequest) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs(request)).finish()
}
