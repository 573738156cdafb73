//! Which article a correction is about, in an archive whose ids are other ones: an article without id and
//! address is known by its place, which begins with the name of the folder that was given.

use std::collections::HashMap;

use anyhow::Result;
use dateline_index::archive::{Archive, MAX_LIMIT};
use dateline_index::article::ArticleId;
use dateline_index::edit::{Edit, Field, Value};
use dateline_index::files::{FilesRequest, SeenRecord};
use dateline_index::view::ArticleView;
use serde::{Deserialize, Serialize};

/// What an article is known by besides its id, beside each correction in the log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct About {
    /// The headline as it was found.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) title: String,
    /// The folder's name, and the path inside it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) place: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    member: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    record: String,
    /// The digest of the record's bytes.
    #[serde(skip_serializing_if = "String::is_empty")]
    hash: String,
}

impl About {
    /// What an archive knows of an article.
    pub(super) fn of(archive: &Archive, id: &ArticleId) -> Result<Option<Self>> {
        let Some(view) = archive.article_view(id)? else { return Ok(None) };
        let title = found_title(&view);
        Ok(view.origins.first().map(|origin| Self {
            title,
            place: origin.place.clone(),
            member: origin.member.clone(),
            record: origin.record.clone(),
            hash: origin.hash.clone(),
        }))
    }

    /// The path inside the folder that was given; the name of a file that was given itself.
    fn inside(&self) -> &str {
        self.place.split_once('/').map_or(self.place.as_str(), |(_, inside)| inside)
    }

    /// Whether a record lies where this one lay in its folder.
    fn lies_at(&self, record: &SeenRecord) -> bool {
        let before = record.path.strip_suffix(self.inside());
        before.is_some_and(|before| before.is_empty() || before.ends_with(['/', '\\']))
            && record.member == self.member
            && record.record == self.record
    }

    /// The one article that lies in the same place of a folder of any name, and has the same bytes or the
    /// same headline.
    fn find(&self, archive: &Archive) -> Result<Option<ArticleId>> {
        if self.place.is_empty() {
            return Ok(None);
        }
        let path = self.inside().to_owned();
        let files = archive.files(&FilesRequest { path, limit: MAX_LIMIT, ..FilesRequest::default() })?;
        let mut found = None;
        for record in files.records.iter().filter(|record| self.lies_at(record)) {
            let Some(id) = &record.article else { continue };
            if found.as_ref() != Some(id) && self.is(archive, id)? && found.replace(id.clone()).is_some() {
                return Ok(None);
            }
        }
        Ok(found.filter(|_| files.next.is_none()))
    }

    fn is(&self, archive: &Archive, id: &ArticleId) -> Result<bool> {
        let Some(view) = archive.article_view(id)? else { return Ok(false) };
        let same_bytes =
            view.origins.iter().any(|origin| !origin.hash.is_empty() && origin.hash == self.hash);
        Ok(same_bytes || (!self.title.is_empty() && self.title == found_title(&view)))
    }
}

/// The headline as it was found, whatever people made of it.
fn found_title(view: &ArticleView) -> String {
    let corrected = view.edits.iter().find(|edit| edit.field == Field::Title);
    match corrected.map(|edit| &edit.extracted) {
        None => view.title.clone(),
        Some(Value::Text(title)) => title.clone(),
        Some(Value::Nothing | Value::List(_)) => String::new(),
    }
}

/// Gives corrections of articles that are not here the ids of the same articles here. Returns these ids by
/// those that the log has.
pub(super) fn place(
    archive: &Archive,
    edits: &mut [(Edit, Option<About>)],
) -> Result<HashMap<ArticleId, ArticleId>> {
    let mut known: HashMap<ArticleId, Option<ArticleId>> = HashMap::new();
    for (edit, about) in edits {
        let here = match known.get(&edit.article) {
            Some(here) => here.clone(),
            None => {
                let is_here = archive.article(&edit.article)?.is_some();
                let here = match about {
                    Some(about) if !is_here => about.find(archive)?,
                    _ => None,
                };
                known.insert(edit.article.clone(), here.clone());
                here
            }
        };
        if let Some(here) = here {
            edit.article = here;
        }
    }
    Ok(known.into_iter().filter_map(|(id, here)| Some((id, here?))).collect())
}
