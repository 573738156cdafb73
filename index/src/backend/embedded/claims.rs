//! Which article a record is, where its origin is not known already.
//!
//! The record's identity decides: its own id, its address, its place. Where that identity belongs to
//! an article whose file is gone, the file was moved and the article goes with it; where only the place
//! speaks for it, the text must agree as well. Where the other file still stands, the two are one
//! article if their headlines agree or half of their text does (an id or an address can be wrong: home
//! pages give themselves as canonical), and two articles with a doubt otherwise; two files that merely
//! lie alike are two articles always. Equal bytes whose file is gone were renamed. A file that was written
//! over with another article is that one from then on: the one before stays, with what people said of it.

use std::path::Path;

use rusqlite::{OptionalExtension, params};

use super::seen::KnownRecord;
use super::store::read;
use super::store::write::{self, Known};
use super::{EmbeddedIntake, edits};
use crate::article::{Article, ArticleId, Doubt, DoubtKind, Origin};
use crate::identity;
use crate::record::Identity;

/// Articles of one stated id or address that a record is compared with.
const CONTENDERS: u32 = 8;

impl EmbeddedIntake<'_> {
    /// Finds the article that an identity stands for, or makes a new one.
    pub(super) fn claim(
        &mut self,
        identity: &Identity,
        origin: &Origin,
        article: &mut Article,
    ) -> rusqlite::Result<Known> {
        let stated = identity::key(identity, origin);
        let mut doubt = None;
        for copy in 1.. {
            let key = match copy {
                1 => stated.clone(),
                2..=CONTENDERS => format!("{stated}\n#{copy}"),
                // An id or address that everything carries tells nothing: where it lies must do.
                _ => format!("{stated}\n{}\n#{copy}", identity::key(&Identity::Place, origin)),
            };
            let Some(known) = self.owner(&key)? else {
                article.doubts.extend(doubt);
                if let (Identity::Place, Some(moved)) = (identity, self.moved(origin)?) {
                    return Ok(moved);
                }
                let id =
                    if copy == 1 { identity::id_of(identity, origin) } else { identity::id_of_key(&key) };
                return self.new_article(&key, id);
            };
            match self.rival(&known, origin)? {
                // A disk that is not plugged in looks like files that are gone: where nothing but the
                // place speaks for it, the text must speak for it, too.
                Rival::Gone if *identity == Identity::Place => {
                    if self.is_same(&known, article)? {
                        return Ok(known);
                    }
                }
                Rival::Gone if !self.is_another(&known, article)? => return Ok(known),
                Rival::Stands if *identity == Identity::Place => {}
                Rival::Stands if self.is_same(&known, article)? => {
                    return Ok(known);
                }
                Rival::Gone | Rival::Stands => {
                    doubt.get_or_insert_with(|| shared_identity(identity, &known.id));
                }
            }
        }
        unreachable!("copies do not end")
    }

    /// The doubt of a record whose stated id or address belongs to another article.
    pub(super) fn doubt_of(
        &self,
        identity: &Identity,
        origin: &Origin,
        own: i64,
    ) -> rusqlite::Result<Option<Doubt>> {
        if *identity == Identity::Place {
            return Ok(None);
        }
        let owner = self.owner(&identity::key(identity, origin))?;
        let other = owner.filter(|owner| owner.number != own && owner.revision.is_some());
        Ok(other.map(|other| shared_identity(identity, &other.id)))
    }

    fn owner(&self, key: &str) -> rusqlite::Result<Option<Known>> {
        let owner: Option<i64> = self
            .connection
            .prepare_cached("SELECT article FROM identities WHERE key = ?1")?
            .query_row([key], |row| row.get(0))
            .optional()?;
        owner.map(|number| write::known(&self.connection, number)).transpose().map(Option::flatten)
    }

    fn new_article(&self, key: &str, wanted: ArticleId) -> rusqlite::Result<Known> {
        let mut id = wanted;
        // The id can be taken by an article that got it in another way.
        while write::known_by_id(&self.connection, &id)?.is_some() {
            id = identity::id_of_key(&format!("{key}\n{id}"));
        }
        let number = write::new_article(&self.connection, &id)?;
        self.connection
            .prepare_cached("INSERT INTO identities (key, article) VALUES (?1, ?2)")?
            .execute(params![key, number])?;
        Ok(Known { number, id, revision: None, digest: None })
    }

    /// The article of a record that is no longer what it was. An id of its own stands. Lines without a name
    /// are known by their number only, and a line that is put in or taken out moves all below it: equal
    /// bytes in the same file are the same article still; a line that tells the same story was edited;
    /// anything else is another article. What has another name or is a file keeps its article unless it
    /// was written over with another one.
    pub(super) fn owner_of_changed(
        &self,
        file: i64,
        own: Known,
        identity: &Identity,
        origin: &Origin,
        article: &Article,
    ) -> rusqlite::Result<Option<Known>> {
        if matches!(identity, Identity::Given(_)) {
            return Ok(Some(own));
        }
        if *identity != Identity::Place || origin.record.is_empty() {
            return Ok(if self.is_another(&own, article)? { None } else { Some(own) });
        }
        let elsewhere: Option<i64> = self
            .connection
            .prepare_cached(
                "SELECT article FROM records WHERE hash = ?1 AND file = ?2 AND article IS NOT NULL LIMIT 1",
            )?
            .query_row(params![origin.hash, file], |row| row.get(0))
            .optional()?;
        match elsewhere {
            Some(number) => write::known(&self.connection, number),
            None if self.is_same(&own, article)? => Ok(Some(own)),
            None => Ok(None),
        }
    }

    /// The article of equal bytes whose file is gone: it was renamed, or its folder was.
    fn moved(&self, origin: &Origin) -> rusqlite::Result<Option<Known>> {
        if origin.hash.is_empty() {
            return Ok(None);
        }
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT article FROM records WHERE hash = ?1 AND article IS NOT NULL LIMIT 16",
        )?;
        let numbers: Vec<i64> =
            statement.query_map([&origin.hash], |row| row.get(0))?.collect::<Result<_, _>>()?;
        for number in numbers {
            if let Some(known) = write::known(&self.connection, number)?
                && known.revision.is_some()
                && matches!(self.rival(&known, origin)?, Rival::Gone)
            {
                return Ok(Some(known));
            }
        }
        Ok(None)
    }

    /// Whether another origin of an article still stands.
    fn rival(&self, known: &Known, origin: &Origin) -> rusqlite::Result<Rival> {
        if known.revision.is_none() {
            return Ok(Rival::Gone);
        }
        let others = self.files_of_others(known.number, origin, i64::MIN)?;
        Ok(if others.iter().any(|file| stands(file)) { Rival::Stands } else { Rival::Gone })
    }

    /// The files of other origins of an article that were saved after a moment; enough of them to ask.
    pub(super) fn files_of_others(
        &self,
        number: i64,
        origin: &Origin,
        after: i64,
    ) -> rusqlite::Result<Vec<String>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT path FROM records JOIN files ON files.number = records.file
              WHERE article = ?1 AND records.modified > ?2 AND NOT (path = ?3 AND member = ?4 AND record = ?5)
              LIMIT 16",
        )?;
        let key = params![number, after, origin.file, origin.member, origin.record];
        statement.query_map(key, |row| row.get(0))?.collect()
    }

    fn is_same(&self, known: &Known, article: &Article) -> rusqlite::Result<bool> {
        let stored = self.extracted(known)?;
        Ok(stored.is_some_and(|stored| identity::is_same_article(&stored, article)))
    }

    fn is_another(&self, known: &Known, article: &Article) -> rusqlite::Result<bool> {
        let stored = self.extracted(known)?;
        Ok(stored.is_some_and(|stored| identity::is_another_article(&stored, article)))
    }

    /// An article's current revision as extraction made it, without its mentions.
    pub(super) fn extracted(&self, known: &Known) -> rusqlite::Result<Option<Article>> {
        let Some(revision) = known.revision else { return Ok(None) };
        let mut stored = read::article(&self.connection, revision.unsigned_abs(), false)?;
        if let Some(stored) = &mut stored {
            edits::uncorrect(&self.connection, known.number, stored)?;
        }
        Ok(stored)
    }
}

enum Rival {
    Gone,
    Stands,
}

/// Whether the bytes of a record are other ones than before.
pub(super) fn is_changed(known: Option<&KnownRecord>, origin: &Origin) -> bool {
    known.is_some_and(|record| record.hash != origin.hash)
}

/// Whether a file is still there. One that cannot be asked about is.
pub(super) fn stands(file: &str) -> bool {
    Path::new(file).try_exists().unwrap_or(true)
}

fn shared_identity(identity: &Identity, other: &ArticleId) -> Doubt {
    let (field, what) = match identity {
        Identity::Given(_) => ("id", "id"),
        Identity::Url(_) | Identity::Place => ("url", "address"),
    };
    Doubt {
        kind: DoubtKind::IdentityShared,
        field: field.to_owned(),
        reason: format!("another article with another text ({other}) has the same {what}"),
    }
}
