//! Who is answered: only requests that name this server, and, where the archive cannot be changed
//! in the browser, only requests that read.

use std::net::{IpAddr, Ipv6Addr};

use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, HOST, ORIGIN};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::Settings;
use crate::error::WebError;
use crate::state::Shared;

/// Turns away what must not be answered.
pub(crate) async fn admit(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    match check(&request, shared.settings()) {
        Ok(()) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

fn check(request: &Request, settings: &Settings) -> Result<(), WebError> {
    check_host(request.uri(), request.headers(), settings)?;
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return Ok(());
    }
    if !settings.editable {
        let message = "This server is read-only: it answers questions and changes nothing. \
                       Start it with `--editable` to change the archive in the browser.";
        return Err(WebError::Forbidden(message.into()));
    }
    check_same_origin(request.headers())
}

/// A page of another site can make its own name point at this machine and then read what we answer
/// (DNS rebinding); but it cannot make the browser send another name than its own.
fn check_host(uri: &Uri, headers: &HeaderMap, settings: &Settings) -> Result<(), WebError> {
    let mut named = uri
        .authority()
        .map(|authority| authority.as_str())
        .into_iter()
        .map(str::to_owned)
        .collect::<Vec<_>>();
    named.extend(
        headers.get_all(HOST).iter().map(|host| String::from_utf8_lossy(host.as_bytes()).into_owned()),
    );
    if named.is_empty() {
        return Err(WebError::Host("no host at all".into()));
    }
    for host in named {
        if !is_ours(&host, settings) {
            let name = without_port(&host).chars().filter(|c| c.is_ascii_graphic()).take(253).collect();
            return Err(WebError::Host(name));
        }
    }
    Ok(())
}

fn is_ours(host: &str, settings: &Settings) -> bool {
    let name = without_port(host);
    let bare = name.trim_end_matches('.');
    if let Some(address) = ip_literal(bare) {
        // An address cannot be rebound, so beyond loopback each one that reaches us is ours.
        return address.is_loopback() || settings.beyond_loopback || listed(bare, settings);
    }
    bare.eq_ignore_ascii_case("localhost") || listed(bare, settings)
}

fn listed(name: &str, settings: &Settings) -> bool {
    settings.hosts.iter().any(|host| without_port(host).trim_end_matches('.').eq_ignore_ascii_case(name))
}

fn ip_literal(name: &str) -> Option<IpAddr> {
    match name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(inside) => inside.parse::<Ipv6Addr>().ok().map(IpAddr::V6),
        None => name.parse().ok().filter(IpAddr::is_ipv4),
    }
}

/// `example.org:80` is `example.org`, `[::1]:80` is `[::1]`.
fn without_port(host: &str) -> &str {
    match host.rfind(':') {
        Some(colon)
            if !host[colon..].contains(']') && host[colon + 1..].bytes().all(|b| b.is_ascii_digit()) =>
        {
            &host[..colon]
        }
        _ => host,
    }
}

/// A page of another site can make the browser send us a change with the reader's rights; but then
/// the browser says where it came from.
fn check_same_origin(headers: &HeaderMap) -> Result<(), WebError> {
    let text = |name| {
        headers.get(name).map(|value: &axum::http::HeaderValue| value.to_str().unwrap_or("unreadable"))
    };
    let site = headers.get("sec-fetch-site").map(|value| value.as_bytes());
    let foreign_site = site.is_some_and(|site| site != b"same-origin" && site != b"none");
    let host = text(HOST).unwrap_or_default();
    let foreign_origin = text(ORIGIN).is_some_and(|origin| !is_origin_of(origin, host));
    if foreign_site || foreign_origin {
        let message = "The change was asked for by a page of another site, so it was not made.";
        return Err(WebError::Forbidden(message.into()));
    }
    Ok(())
}

/// Whether an origin (`https://example.org`) is that of a host (`example.org:443`).
fn is_origin_of(origin: &str, host: &str) -> bool {
    let (authority, port) = match (origin.strip_prefix("http://"), origin.strip_prefix("https://")) {
        (Some(authority), _) => (authority, ":80"),
        (_, Some(authority)) => (authority, ":443"),
        _ => return false,
    };
    let plain = |text: &str| text.strip_suffix(port).unwrap_or(text).to_ascii_lowercase();
    !host.is_empty() && plain(authority) == plain(host)
}

/// Only JSON is read: a form of another site cannot send it without asking first.
pub(crate) fn check_json(headers: &HeaderMap) -> Result<(), WebError> {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/json") {
        return Ok(());
    }
    let message = "Send JSON, and say so: Content-Type: application/json.";
    Err(WebError::Body(StatusCode::UNSUPPORTED_MEDIA_TYPE, message.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(host: &str, beyond_loopback: bool) -> bool {
        let hosts = vec!["News.example.org".to_owned()];
        is_ours(host, &Settings { hosts, beyond_loopback, ..Settings::default() })
    }

    #[test]
    fn the_loopback_answers_to_its_own_names_on_any_port() {
        for host in
            ["localhost", "LOCALHOST:8080", "localhost.", "127.0.0.1", "127.1.2.3:1", "[::1]", "[::1]:8080"]
        {
            assert!(ours(host, false), "{host}");
        }
    }

    #[test]
    fn a_name_that_was_given_is_answered_whatever_its_case() {
        for host in ["news.example.org", "NEWS.example.org:8080", "news.example.org."] {
            assert!(ours(host, false), "{host}");
        }
    }

    #[test]
    fn a_rebound_name_is_not_ours() {
        let strangers = [
            "",
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "evil.example:8080",
            "xnews.example.org",
            "::1",
            "[::1].evil.example",
            "localhost:80@evil.example",
            "localhost:x",
            "[fe80::1%25eth0]",
        ];
        for host in strangers {
            assert!(!ours(host, false), "{host}");
            assert!(!ours(host, true), "{host}");
        }
    }

    #[test]
    fn an_address_of_the_network_is_ours_only_beyond_loopback() {
        for host in ["192.168.1.5:8080", "10.0.0.1", "[2001:db8::1]:80"] {
            assert!(!ours(host, false), "{host}");
            assert!(ours(host, true), "{host}");
        }
    }

    #[test]
    fn an_origin_is_compared_with_its_port() {
        assert!(is_origin_of("http://localhost:8080", "localhost:8080"));
        assert!(is_origin_of("https://news.example.org", "News.example.org:443"));
        for (origin, host) in [
            ("http://localhost:9090", "localhost:8080"),
            ("http://evil.example", "localhost:8080"),
            ("null", "localhost"),
            ("http://", ""),
        ] {
            assert!(!is_origin_of(origin, host), "{origin}");
        }
    }
}
