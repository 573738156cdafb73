//! What stands around every page: its title, the search box, the foot.

use dateline_index::backend::About;
use dateline_index::search::SearchRequest;

use crate::params::{pairs, write};
use crate::view::{counted, shortened};
use crate::{Settings, assets, limits};

/// What stands around a page.
pub(crate) struct Frame {
    pub(crate) base: String,
    pub(crate) style: &'static str,
    pub(crate) script: &'static str,
    pub(crate) icon: &'static str,
    /// The title of the browser's window.
    pub(crate) title: String,
    pub(crate) archive: String,
    /// `4,212 articles`; empty where the archive was not asked.
    pub(crate) articles: String,
    pub(crate) read_only: bool,
    pub(crate) version: String,
    /// What stands in the search box.
    pub(crate) q: String,
    /// What a search from the box keeps besides its words.
    pub(crate) kept: Vec<(String, String)>,
    /// The same page for programs, where there is one.
    pub(crate) json: Option<String>,
}

impl Frame {
    pub(crate) fn new(settings: &Settings, about: &About) -> Self {
        let names = &*assets::NAMES;
        let archive = if about.title.trim().is_empty() { "Dateline" } else { about.title.trim() };
        let asked = *about != About::default();
        Self {
            base: settings.base_path.clone(),
            style: &names.style,
            script: &names.script,
            icon: &names.icon,
            title: archive.to_owned(),
            archive: archive.to_owned(),
            articles: if asked { counted(about.articles, "article") } else { String::new() },
            read_only: settings.beyond_loopback && !settings.editable,
            version: settings.version.clone(),
            q: String::new(),
            kept: Vec::new(),
            json: None,
        }
    }

    /// With the page's own title before the archive's.
    pub(crate) fn titled(mut self, title: &str) -> Self {
        self.title = format!("{} – {}", shortened(title, limits::SHOWN_QUERY), self.archive);
        self
    }

    /// With a search in the box, whose filters a new search keeps.
    pub(crate) fn searching(mut self, request: &SearchRequest) -> Self {
        let first_page = SearchRequest { cursor: None, ..request.clone() };
        self.json = Some(format!("{}/api/v1/search?{}", self.base, write(&first_page)));
        self.kept = pairs(&SearchRequest { q: String::new(), ..first_page });
        self.q.clone_from(&request.q);
        self
    }
}
