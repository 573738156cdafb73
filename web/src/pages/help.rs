//! `GET /help`: how to ask.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use dateline_index::search::SearchRequest;

use crate::error::html;
use crate::frame::Frame;
use crate::params::write;
use crate::state::Shared;

#[derive(Template)]
#[template(path = "help.html")]
struct HelpPage {
    frame: Frame,
    /// What one types, the query string of that search, and what it finds.
    examples: Vec<(&'static str, String, &'static str)>,
}

const EXAMPLES: [(&str, &str); 9] = [
    ("border talks", "both words, in any order"),
    ("\"border talks\"", "exactly these words, in this order"),
    ("border OR frontier", "one of the words, or both"),
    ("talks -football", "the first word and not the second"),
    ("talks NOT \"peace talks\"", "the same, with a phrase left out"),
    ("(border OR frontier) talks", "one of the two, and the third"),
    ("diplom*", "any word that begins so: diplomat, diplomacy"),
    ("title:ceasefire", "the word in the headline"),
    ("text:ceasefire", "the word in the text; body: means the same"),
];

pub(crate) async fn get(State(shared): State<Shared>) -> Response {
    let about = shared.about_or_nothing().await;
    let frame = Frame::new(shared.settings(), &about).titled("How to ask");
    let example = |(q, meaning)| (q, write(&SearchRequest::words(q)), meaning);
    html(&HelpPage { frame, examples: EXAMPLES.map(example).into() })
}
