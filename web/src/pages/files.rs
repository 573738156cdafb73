//! `GET /files`: what became of every file, so that who misses a page finds out why.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use dateline_index::backend::About;
use dateline_index::files::{Files, FilesRequest, SeenRecord};
use dateline_index::record::Bin;

use crate::error::{WebError, html};
use crate::frame::Frame;
use crate::params::{read_files, write_files};
use crate::state::Shared;
use crate::view::counted;
use crate::view::lists::{Narrow, Pager};
use crate::view::problems::{ProblemView, of_list as problems};

#[derive(Template)]
#[template(path = "files.html")]
struct FilesPage {
    frame: Frame,
    count: String,
    path: String,
    /// What the form keeps besides its words.
    kept: Vec<(&'static str, String)>,
    problems: Vec<ProblemView>,
    bins: Vec<Narrow>,
    /// What the chosen bin means.
    explanation: &'static str,
    reasons: Vec<Narrow>,
    records: Vec<RecordView>,
    pager: Pager,
    /// What was given to ingest, where nothing answers.
    roots: Vec<String>,
    everything: String,
}

/// A record as an entry of the list.
struct RecordView {
    place: String,
    bin: &'static str,
    reason: String,
    /// The article's address and headline; its id where it has no headline.
    article: Option<(String, String)>,
    kept: bool,
}

pub(crate) async fn get(
    State(shared): State<Shared>,
    RawQuery(query): RawQuery,
) -> Result<Response, WebError> {
    let reading = read_files(query.as_deref().unwrap_or_default());
    let problems = problems(&reading.bad, &reading.advice());
    let by_place = shared.settings().beyond_loopback;
    let request = FilesRequest { by_place, ..reading.request };
    let (request, files, about) = shared
        .ask(move |archive| {
            let files = archive.files(&request)?;
            Ok((request, files, archive.about()?))
        })
        .await?;
    Ok(html(&page(&shared, &request, problems, &files, &about)))
}

fn page(
    shared: &Shared,
    request: &FilesRequest,
    problems: Vec<ProblemView>,
    files: &Files,
    about: &About,
) -> FilesPage {
    let base = shared.settings().base_path.as_str();
    let to = |request: &FilesRequest| format!("{base}/files{}", write_files(request));
    let narrowed = FilesRequest { offset: 0, ..request.clone() };
    let mut frame = Frame::new(shared.settings(), about).titled("Files");
    frame.json = Some(format!("{base}/api/v1/files{}", write_files(request)));
    let kept = [("bin", request.bin.map(Bin::as_str).unwrap_or_default()), ("reason", &request.reason)];
    FilesPage {
        frame,
        count: counted(files.total, "record"),
        path: request.path.clone(),
        kept: kept.into_iter().filter(|(_, v)| !v.is_empty()).map(|(n, v)| (n, v.to_owned())).collect(),
        problems,
        bins: bins(&narrowed, files, &to),
        explanation: request.bin.map(Bin::explanation).unwrap_or_default(),
        reasons: reasons(&narrowed, files, &to),
        records: files.records.iter().map(|record| view(record, base)).collect(),
        pager: Pager::new(request.offset, files.records.len(), files.total, "record", files.next, |offset| {
            to(&FilesRequest { offset, ..request.clone() })
        }),
        roots: files.roots.clone(),
        everything: format!("{base}/files"),
    }
}

fn bins(request: &FilesRequest, files: &Files, to: &impl Fn(&FilesRequest) -> String) -> Vec<Narrow> {
    let with = |bin| to(&FilesRequest { bin, ..request.clone() });
    let all = Narrow::new("all", files.bins.sum(), with(None), request.bin.is_none());
    let bins = Bin::ALL.map(|bin| {
        let chosen = request.bin == Some(bin);
        Narrow::new(bin.label(), files.bins.get(bin), with(Some(bin)), chosen)
    });
    std::iter::once(all).chain(bins).collect()
}

fn reasons(request: &FilesRequest, files: &Files, to: &impl Fn(&FilesRequest) -> String) -> Vec<Narrow> {
    let reasons = files.reasons.iter().map(|counted| {
        let chosen = request.reason == counted.reason;
        let reason = if chosen { String::new() } else { counted.reason.clone() };
        let bin = if chosen { request.bin } else { Some(counted.bin) };
        let link = to(&FilesRequest { reason, bin, ..request.clone() });
        Narrow::new(&counted.reason, counted.count, link, chosen)
    });
    reasons.collect()
}

fn view(record: &SeenRecord, base: &str) -> RecordView {
    let article = record.article.as_ref().map(|id| {
        let title = record.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
        (format!("{base}/articles/{id}"), title.map_or_else(|| id.to_string(), str::to_owned))
    });
    RecordView {
        place: record.place(),
        bin: record.bin.as_str(),
        reason: record.reason.clone().unwrap_or_default(),
        kept: record.bin != Bin::Article && article.is_some(),
        article,
    }
}
