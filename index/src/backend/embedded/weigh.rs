//! Which copy's text an article shows, where several records are one article: the one that was saved last,
//! unless it is poorer. What stands behind is kept as a revision, and the article doubts it.

use rusqlite::{OptionalExtension, params};

use super::claims::{is_changed, stands};
use super::seen::KnownRecord;
use super::store::read;
use super::store::write::Known;
use super::{EmbeddedIntake, edits};
use crate::analysis::Words;
use crate::article::{Article, Doubt, DoubtKind, Origin};
use crate::identity;

impl EmbeddedIntake<'_> {
    /// Whether what a record says becomes the article's text. The copy that was saved last is shown,
    /// unless it is poorer: a cookie wall, a teaser or the summary of a feed stands behind the page,
    /// whichever came first.
    pub(super) fn weigh(
        &self,
        claimed: &Known,
        origin: &Origin,
        record: Option<&KnownRecord>,
        article: &Article,
    ) -> rusqlite::Result<Stand> {
        let Some(stored) = self.extracted(claimed)? else { return Ok(Stand::Current(None)) };
        if record.is_some_and(|record| record.digest.is_some() && record.digest == claimed.digest) {
            // It is the record whose text is shown. Read anew it is taken as it is; written over with
            // less of the same, it is not.
            let is_emptied = is_changed(record, origin)
                && (is_no_article(article) && !is_no_article(&stored)
                    || identity::is_part_of(article, &stored));
            let doubt = is_emptied.then(|| doubt_of_poorer(origin, article, &stored));
            return Ok(if is_emptied { Stand::Behind(doubt) } else { Stand::Current(None) });
        }
        if is_poorer(article, &stored) {
            let tells_itself = !origin.record.is_empty() && is_short(article);
            let doubt = (!tells_itself).then(|| doubt_of_poorer(origin, article, &stored));
            return Ok(Stand::Behind(doubt));
        }
        if !self.is_older(claimed.number, origin)? {
            return Ok(Stand::Current(None));
        }
        if !is_poorer(&stored, article) {
            return Ok(Stand::Behind(None));
        }
        let shown = self.copy_shown(claimed)?.filter(|_| !is_short(&stored));
        Ok(Stand::Current(shown.map(|copy| doubt_of_poorer(&copy, &stored, article))))
    }

    /// Whether another copy of the article was saved after this one.
    fn is_older(&self, number: i64, origin: &Origin) -> rusqlite::Result<bool> {
        let newer = self.files_of_others(number, origin, origin.modified)?;
        Ok(newer.iter().any(|file| stands(file)))
    }

    /// Where the text lies that an article shows: place, member and record.
    fn copy_shown(&self, claimed: &Known) -> rusqlite::Result<Option<Origin>> {
        let origin = |row: &rusqlite::Row<'_>| {
            let (place, member, record) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(Origin { place, member, record, ..Origin::default() })
        };
        self.connection
            .prepare_cached(
                "SELECT place, member, record FROM records WHERE article = ?1 AND digest = ?2
                  ORDER BY number LIMIT 1",
            )?
            .query_row(params![claimed.number, claimed.digest], origin)
            .optional()
    }

    /// The doubts about poorer copies that an article has, but for one about this record: they outlive
    /// what is shown.
    pub(super) fn doubts_of_copies(&self, claimed: &Known, origin: &Origin) -> rusqlite::Result<Vec<Doubt>> {
        let mut doubts = self.extracted(claimed)?.map_or_else(Vec::new, |stored| stored.doubts);
        let about = about_copy(origin);
        doubts.retain(|doubt| doubt.kind == DoubtKind::CopyPoorer && !doubt.reason.starts_with(&about));
        Ok(doubts)
    }

    /// Keeps with what an article shows the doubt about a copy, or none any more: in a revision of its own,
    /// where that changes anything.
    pub(super) fn doubt_copy(
        &mut self,
        claimed: &Known,
        origin: &Origin,
        doubt: Option<Doubt>,
    ) -> rusqlite::Result<()> {
        let (Some(revision), Some(digest)) = (claimed.revision, &claimed.digest) else { return Ok(()) };
        let stored = read::article(&self.connection, revision.unsigned_abs(), true)?;
        let Some(mut stored) = stored else { return Ok(()) };
        edits::uncorrect(&self.connection, claimed.number, &mut stored)?;
        let about = about_copy(origin);
        let mut doubts = stored.doubts.clone();
        doubts.retain(|known| known.kind != DoubtKind::CopyPoorer || !known.reason.starts_with(&about));
        doubts.extend(doubt);
        if doubts == stored.doubts {
            return Ok(());
        }
        stored.doubts = doubts;
        self.put_current(claimed.number, &stored, digest)
    }
}

/// Where a copy stands among those of its article, and what is to be doubted.
pub(super) enum Stand {
    /// It is what the article shows.
    Current(Option<Doubt>),
    /// It is kept behind what the article shows.
    Behind(Option<Doubt>),
}

fn is_no_article(article: &Article) -> bool {
    article.doubts.iter().any(|doubt| doubt.kind == DoubtKind::NotAnArticle)
}

fn is_short(article: &Article) -> bool {
    article.doubts.iter().any(|doubt| doubt.kind == DoubtKind::TextShort)
}

fn words(article: &Article) -> usize {
    Words::new(&article.text).count()
}

/// Whether a copy is much less than another: no article where the other is one, a text that says itself
/// that it is short and is shorter, or less than half of the words.
fn is_poorer(copy: &Article, other: &Article) -> bool {
    if is_no_article(copy) != is_no_article(other) {
        return is_no_article(copy);
    }
    let (here, there) = (words(copy), words(other));
    (is_short(copy) && here < there) || here * 2 < there
}

/// How the reason of a doubt about a copy begins: many copies may lie in one file.
fn about_copy(copy: &Origin) -> String {
    let parts = [&copy.place, &copy.member, &copy.record].map(String::as_str);
    let named: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("The copy {} holds less", named.join(", "))
}

fn doubt_of_poorer(at: &Origin, copy: &Article, shown: &Article) -> Doubt {
    let what = if is_no_article(copy) && !is_no_article(shown) { ", and looks like no article" } else { "" };
    let reason = format!(
        "{}: {} words, where the text that is shown has {}{what}.",
        about_copy(at),
        words(copy),
        words(shown)
    );
    Doubt { kind: DoubtKind::CopyPoorer, field: "text".to_owned(), reason }
}
