//! Style, script and picture, embedded in the program. Their addresses name their content, so that
//! browsers keep them for ever and never show an old one.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use dateline_index::identity::digest;

use crate::error::WebError;

struct Asset {
    name: &'static str,
    extension: &'static str,
    kind: &'static str,
    bytes: &'static [u8],
}

const STYLE: Asset = Asset {
    name: "style",
    extension: "css",
    kind: "text/css; charset=utf-8",
    bytes: include_bytes!("../assets/style.css"),
};
const SCRIPT: Asset = Asset {
    name: "dateline",
    extension: "js",
    kind: "text/javascript; charset=utf-8",
    bytes: include_bytes!("../assets/dateline.js"),
};
const ICON: Asset = Asset {
    name: "favicon",
    extension: "svg",
    kind: "image/svg+xml",
    bytes: include_bytes!("../assets/favicon.svg"),
};

/// The file names that pages refer to.
pub(crate) struct Names {
    pub(crate) style: String,
    pub(crate) script: String,
    pub(crate) icon: String,
}

/// The names of this build's assets.
pub(crate) static NAMES: LazyLock<Names> =
    LazyLock::new(|| Names { style: STYLE.address(), script: SCRIPT.address(), icon: ICON.address() });

impl Asset {
    fn address(&self) -> String {
        format!("{}.{}.{}", self.name, &digest(self.bytes)[..12], self.extension)
    }

    fn respond(&self, cache: &'static str) -> Response {
        ([(CONTENT_TYPE, self.kind), (CACHE_CONTROL, cache)], self.bytes).into_response()
    }
}

/// `GET /assets/{file}`
pub(crate) async fn get(Path(file): Path<String>) -> Result<Response, WebError> {
    let asset = match file {
        file if file == NAMES.style => STYLE,
        file if file == NAMES.script => SCRIPT,
        file if file == NAMES.icon => ICON,
        _ => return Err(WebError::NoPage),
    };
    Ok(asset.respond("public, max-age=31536000, immutable"))
}

/// `GET /favicon.svg`
pub(crate) async fn icon() -> Response {
    ICON.respond("public, max-age=86400")
}
