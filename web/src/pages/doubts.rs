//! `GET /doubts`: the articles worth a look, the most doubtful first.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use dateline_index::backend::About;
use dateline_index::doubts::{DoubtfulArticle, Doubts, DoubtsRequest};

use crate::error::{WebError, html};
use crate::frame::Frame;
use crate::params::{read_doubts, write_doubts};
use crate::state::Shared;
use crate::view::counted;
use crate::view::date::{Margin, margin};
use crate::view::lists::{Narrow, Pager};
use crate::view::problems::{ProblemView, of_list as problems};

#[derive(Template)]
#[template(path = "doubts.html")]
struct DoubtsPage {
    frame: Frame,
    count: String,
    problems: Vec<ProblemView>,
    kinds: Vec<Narrow>,
    fields: Vec<Narrow>,
    articles: Vec<DoubtfulView>,
    pager: Pager,
    everything: Option<String>,
}

struct DoubtfulView {
    link: String,
    when: Option<Margin>,
    title: String,
    source: Option<String>,
    /// What sort of doubt, and the sentence.
    doubts: Vec<(&'static str, String)>,
}

pub(crate) async fn get(
    State(shared): State<Shared>,
    RawQuery(query): RawQuery,
) -> Result<Response, WebError> {
    let reading = read_doubts(query.as_deref().unwrap_or_default());
    let problems = problems(&reading.bad, &reading.advice());
    let request = reading.request;
    let (request, doubts, about) = shared
        .ask(move |archive| {
            let doubts = archive.doubts(&request)?;
            Ok((request, doubts, archive.about()?))
        })
        .await?;
    Ok(html(&page(&shared, &request, problems, &doubts, &about)))
}

fn page(
    shared: &Shared,
    request: &DoubtsRequest,
    problems: Vec<ProblemView>,
    doubts: &Doubts,
    about: &About,
) -> DoubtsPage {
    let base = shared.settings().base_path.as_str();
    let to = |request: &DoubtsRequest| format!("{base}/doubts{}", write_doubts(request));
    let narrowed = DoubtsRequest { offset: 0, ..request.clone() };
    let mut frame = Frame::new(shared.settings(), about).titled("Doubts");
    frame.json = Some(format!("{base}/api/v1/doubts{}", write_doubts(request)));
    let kinds = doubts.kinds.iter().map(|counted| {
        let chosen = request.kind == Some(counted.kind);
        let kind = (!chosen).then_some(counted.kind);
        Narrow::new(&counted.label, counted.count, to(&DoubtsRequest { kind, ..narrowed.clone() }), chosen)
    });
    let fields = doubts.fields.iter().map(|counted| {
        let chosen = request.field == counted.field;
        let field = if chosen { String::new() } else { counted.field.clone() };
        Narrow::new(&counted.field, counted.count, to(&DoubtsRequest { field, ..narrowed.clone() }), chosen)
    });
    DoubtsPage {
        frame,
        count: counted(doubts.total, "article"),
        problems,
        kinds: kinds.collect(),
        fields: fields.collect(),
        articles: doubts.articles.iter().map(|article| view(article, base)).collect(),
        pager: Pager::new(
            request.offset,
            doubts.articles.len(),
            doubts.total,
            "article",
            doubts.next,
            |offset| to(&DoubtsRequest { offset, ..request.clone() }),
        ),
        everything: (request.kind.is_some() || !request.field.is_empty()).then(|| format!("{base}/doubts")),
    }
}

fn view(article: &DoubtfulArticle, base: &str) -> DoubtfulView {
    DoubtfulView {
        link: format!("{base}/articles/{}", article.id),
        when: article.published.as_ref().map(|published| margin(&published.date)),
        title: article.title.clone(),
        source: article.source.clone(),
        doubts: article.doubts.iter().map(|doubt| (doubt.kind.label(), doubt.reason.clone())).collect(),
    }
}
