//! What goes wrong, as a page with a way onward or, under `/api`, as problem details (RFC 9457).

use askama::Template;
use axum::extract::{Request, State};
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use dateline_index::backend::{About, Error};
use serde_json::json;

use crate::frame::Frame;
use crate::params::BadParameter;
use crate::state::Shared;

/// Why a request was not answered as asked.
#[derive(Clone, Debug)]
pub(crate) enum WebError {
    /// Nothing lives at that address.
    NoPage,
    /// No article has that id.
    NoArticle(String),
    /// No actor has that id or name; the sentence says who may be meant.
    NoActor(String),
    /// The address lives, but takes other methods.
    Method,
    /// A parameter of the API cannot be read.
    Parameter(BadParameter),
    /// What the request sends cannot be used.
    Body(StatusCode, String),
    /// The request may not do that here.
    Forbidden(String),
    /// The request names a host that this server is not.
    Host(String),
    /// The answer took too long.
    Slow,
    /// The archive refused or failed.
    Archive { status: StatusCode, message: String },
    /// A fault of the program.
    Broken,
}

impl From<Error> for WebError {
    fn from(error: Error) -> Self {
        let takes = "the “next” of an earlier answer; leave it out to begin at the first page";
        let status = match &error {
            Error::NoArticle { id, .. } => return Self::NoArticle(id.clone()),
            Error::Refused(refused) => {
                return Self::Body(StatusCode::UNPROCESSABLE_ENTITY, format!("{refused}."));
            }
            Error::Undecided(refused) => {
                return Self::Body(StatusCode::UNPROCESSABLE_ENTITY, format!("{refused}."));
            }
            Error::NoActor { .. } => {
                return Self::NoActor(error.to_string());
            }
            Error::Cursor(cursor) => {
                let (name, value) = ("cursor".to_owned(), cursor.clone());
                return Self::Parameter(BadParameter { name, value, takes });
            }
            Error::Locked { .. } => StatusCode::CONFLICT,
            Error::Missing(_) | Error::Unusable { .. } | Error::Newer { .. } | Error::Older { .. } => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Error::Database { .. } | Error::Index { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Self::Archive { status, message: error.to_string() }
    }
}

impl WebError {
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::NoPage | Self::NoArticle(_) | Self::NoActor(_) => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Parameter(_) => StatusCode::BAD_REQUEST,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::Host(_) => StatusCode::MISDIRECTED_REQUEST,
            Self::Slow => StatusCode::SERVICE_UNAVAILABLE,
            Self::Body(status, _) | Self::Archive { status, .. } => *status,
            Self::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn title(&self) -> &'static str {
        match self {
            Self::NoPage => "There is no such page",
            Self::NoArticle(_) => "There is no such article",
            Self::NoActor(_) => "There is no such actor",
            Self::Method => "This address cannot do that",
            Self::Parameter(_) => "A parameter cannot be read",
            Self::Body(..) => "What was sent cannot be used",
            Self::Forbidden(_) => "That is not allowed here",
            Self::Host(_) => "This server does not answer to that name",
            Self::Slow => "This took too long",
            Self::Archive { .. } => "The archive could not answer",
            Self::Broken => "Something broke",
        }
    }

    /// What happened and what to do, in sentences. What names files of this machine is told to
    /// nobody on another one.
    fn detail(&self, beyond_loopback: bool) -> String {
        match self {
            Self::NoPage => "Nothing lives at this address. Search for what you were after.".into(),
            Self::NoArticle(id) => {
                format!("The archive has no article “{id}”: it may have been taken out. Search for it.")
            }
            Self::NoActor(said) => format!("{}{}.", said[..1].to_uppercase(), &said[1..]),
            Self::Method => "This address can be read, but takes no such request.".into(),
            Self::Parameter(bad) => format!("{}.", bad.message()),
            Self::Body(_, message) | Self::Forbidden(message) => message.clone(),
            Self::Host(host) => format!(
                "The request came for “{host}”, which is not a name of this server. \
                 Start it with `--host {host}` if it is to answer to that name."
            ),
            Self::Slow => "The search was given up, and nothing was counted. \
                           Make it narrower, or try again when the server is less busy."
                .into(),
            Self::Archive { .. } if beyond_loopback => {
                "The archive failed. Whoever runs this server can see why with `dateline status`.".into()
            }
            Self::Archive { message, .. } => format!("{message}."),
            Self::Broken => "This is a fault of the program, not of what you asked. \
                             Everything else goes on; nothing in the archive was changed by it."
                .into(),
        }
    }
}

impl IntoResponse for WebError {
    /// Only the bare status: [`render`] knows the address and makes it a page or JSON.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Gives every failed answer its body.
pub(crate) async fn render(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let api = format!("{}/api/", shared.settings().base_path);
    let for_program = request.uri().path().starts_with(&api);
    let mut response = next.run(request).await;
    let Some(error) = failure(&mut response) else { return response };
    let beyond = shared.settings().beyond_loopback;
    let mut rendered = match &error {
        WebError::Host(_) => plain(&error),
        _ if for_program => problem_details(&error, beyond),
        // What has just failed may fail again: the error page gets by without the archive.
        _ => page(&error, &shared, beyond),
    };
    *rendered.status_mut() = error.status();
    rendered.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(allow) = response.headers_mut().remove(ALLOW) {
        rendered.headers_mut().insert(ALLOW, allow);
    }
    rendered
}

/// What went wrong, also where the framework refused a request before any of our code saw it.
fn failure(response: &mut Response) -> Option<WebError> {
    let status = response.status();
    let ours = response.extensions_mut().remove::<WebError>();
    let refused = status.is_client_error() || status.is_server_error();
    let message = match status {
        StatusCode::PAYLOAD_TOO_LARGE => "What was sent is larger than this server takes.",
        _ => "The address, or what was sent with it, cannot be read.",
    };
    ours.or_else(|| refused.then(|| WebError::Body(status, message.into())))
}

/// To a browser that was led astray the server says as little as it can.
fn plain(error: &WebError) -> Response {
    let text = format!("{}. {}\n", error.title(), error.detail(true));
    ([(CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

fn problem_details(error: &WebError, beyond_loopback: bool) -> Response {
    let mut problem = json!({
        "type": "about:blank",
        "title": error.title(),
        "status": error.status().as_u16(),
        "detail": error.detail(beyond_loopback),
    });
    if let WebError::Parameter(bad) = error {
        problem["parameter"] = json!(bad.name);
    }
    ([(CONTENT_TYPE, "application/problem+json")], problem.to_string()).into_response()
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    frame: Frame,
    heading: &'static str,
    detail: String,
}

fn page(error: &WebError, shared: &Shared, beyond_loopback: bool) -> Response {
    let frame = Frame::new(shared.settings(), &About::default()).titled(error.title());
    html(&ErrorPage { frame, heading: error.title(), detail: error.detail(beyond_loopback) })
}

/// A rendered page.
pub(crate) fn html(page: &impl Template) -> Response {
    match page.render() {
        Ok(text) => Html(text).into_response(),
        Err(_) => WebError::Broken.into_response(),
    }
}
