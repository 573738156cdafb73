//! Whole articles and what people say who is in them: JSON Lines, a record as ingest reads it, with a
//! field `actors`.

use std::io::{self, BufRead};

use dateline_index::actor::ActorKind;
use dateline_index::article::{Article, Origin};
use serde_json::{Map, Value};

use super::codes;
use super::proper::name_in;
use crate::extract::{Rules, extract};
use crate::raw::{Extracted, RawBody, RawDocument};

/// An article of a corpus.
#[derive(Clone, Debug)]
pub struct Annotated {
    /// As ingest stores it, without its mentions.
    pub article: Article,
    /// Who is in it; none where nobody has said.
    pub gold: Option<Vec<Gold>>,
}

/// An actor that people say is in an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gold {
    /// As what.
    pub group: Group,
    /// Its names; it is found if any of them leads to an actor that was found.
    pub names: Vec<String>,
    /// Whether it was chosen from a list of codes: then nobody outside of that list could have been named.
    pub coded: bool,
}

/// The groups in which corpora name actors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// `people`, `person`.
    People,
    /// `individuals`: people who did it, apart from those to whom it was done.
    Individuals,
    /// `orgs`, `organization`.
    Organisations,
    /// `companies`.
    Companies,
    /// `exchanges`.
    Exchanges,
    /// `places`, `place`: states are among them.
    Places,
}

impl Group {
    pub(super) fn from_key(key: &str) -> Option<Self> {
        match key {
            "people" | "person" => Some(Self::People),
            "individuals" => Some(Self::Individuals),
            "orgs" | "organization" => Some(Self::Organisations),
            "companies" => Some(Self::Companies),
            "exchanges" => Some(Self::Exchanges),
            "places" | "place" => Some(Self::Places),
            _ => None,
        }
    }

    /// What it is called.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Individuals => "individuals",
            Self::Organisations => "organisations",
            Self::Companies => "companies",
            Self::Exchanges => "exchanges",
            Self::Places => "places",
        }
    }

    /// The kinds of its actors.
    #[must_use]
    pub fn kinds(self) -> &'static [ActorKind] {
        match self {
            Self::People | Self::Individuals => &[ActorKind::Person],
            Self::Organisations | Self::Companies | Self::Exchanges => {
                &[ActorKind::Organisation, ActorKind::Institution, ActorKind::ArmedGroup]
            }
            Self::Places => &[ActorKind::State, ActorKind::Place],
        }
    }

    pub(super) fn is_of_people(self) -> bool {
        self.kinds() == [ActorKind::Person]
    }
}

/// Reads articles, one a line. Empty lines are passed over.
///
/// # Errors
///
/// What reading fails with, and lines that are no object of JSON, are no article, or whose `actors` are
/// none, with their number.
pub fn read_articles(input: impl BufRead) -> io::Result<Vec<Annotated>> {
    let mut articles = Vec::new();
    for (number, line) in input.lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let read = annotated(&line).map_err(|fault| {
            io::Error::new(io::ErrorKind::InvalidData, format!("line {}: {fault}", number + 1))
        })?;
        articles.push(read);
    }
    match articles.iter().any(|article| article.gold.is_some()) {
        true => Ok(articles),
        false => {
            Err(io::Error::new(io::ErrorKind::InvalidData, "no line says in `actors` who is in its article"))
        }
    }
}

fn annotated(line: &str) -> Result<Annotated, String> {
    let mut fields: Map<String, Value> = serde_json::from_str(line)
        .map_err(|error| format!("an object such as {{\"text\": …}} expected: {error}"))?;
    let gold = match fields.remove("actors") {
        None | Some(Value::Null) => None,
        Some(actors) => Some(gold(&actors)?),
    };
    let raw = RawDocument { origin: Origin::default(), body: RawBody::Fields(fields) };
    match extract(raw, &Rules { keep_all: true, ..Rules::default() }) {
        Extracted::Article { article, .. } => Ok(Annotated { article: *article, gold }),
        Extracted::NotArticle(reason)
        | Extracted::Unsupported(reason)
        | Extracted::Skipped(reason)
        | Extracted::Failed(reason) => Err(reason),
    }
}

/// Who is in an article, as the three forms of `actors` say it, each with groups as keys and a list under
/// each: codes as texts (`"usa"`); names of one actor as lists (`["ADA LIND", "LIND"]`); objects with the title of
/// a page of Wikipedia and the printed phrases (`{"link": "Ada_Lind", "names": […]}`). Groups that are no
/// actors (`event`) and phrases that name nobody are left out.
fn gold(actors: &Value) -> Result<Vec<Gold>, String> {
    let groups = actors.as_object().ok_or("an object such as {\"people\": […]} expected in `actors`")?;
    let mut gold = Vec::new();
    for (key, listed) in groups {
        let Some(group) = Group::from_key(key) else { continue };
        let listed = listed.as_array().ok_or_else(|| format!("a list expected in `actors`, `{key}`"))?;
        for actor in listed {
            let actor = one(actor, group).ok_or_else(|| {
                format!("a code, a list of names or an object with `names` expected in `actors`, `{key}`")
            })?;
            if !actor.names.is_empty() {
                gold.push(actor);
            }
        }
    }
    Ok(gold)
}

fn one(actor: &Value, group: Group) -> Option<Gold> {
    let (names, coded) = match actor {
        Value::String(code) => (codes::names(group, code), true),
        Value::Array(phrases) => (proper(phrases, group)?, false),
        Value::Object(actor) => {
            let mut names = proper(actor.get("names")?.as_array()?, group)?;
            names.extend(actor.get("link").and_then(Value::as_str).map(title));
            (names, false)
        }
        _ => return None,
    };
    Some(Gold { group, names, coded })
}

fn proper(phrases: &[Value], group: Group) -> Option<Vec<String>> {
    let phrases: Vec<&str> = phrases.iter().map(Value::as_str).collect::<Option<_>>()?;
    let names = phrases.into_iter().filter_map(|phrase| name_in(phrase, group));
    // A town is called with what it lies in: "Irving, Texas".
    let names = names.flat_map(|name| [Some(name), name.split_once(", ").map(|(town, _)| town)]);
    Some(names.flatten().map(str::to_owned).collect())
}

/// The name in the title of a page of Wikipedia: `Ada_Lind_%28composer%29` is Ada Lind.
fn title(link: &str) -> String {
    let parameter = format!("title={}", link.replace('+', "%2B").replace('&', "%26"));
    let decoded =
        url::form_urlencoded::parse(parameter.as_bytes()).next().map(|(_, title)| title.into_owned());
    let title = decoded.unwrap_or_default().replace('_', " ");
    title.split(" (").next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn golds(actors: &str) -> Vec<(Group, Vec<String>)> {
        let line = format!(r#"{{"text": "Talks go on in Bern.", "actors": {actors}}}"#);
        let gold = read_articles(line.as_bytes()).unwrap().remove(0).gold.unwrap();
        gold.into_iter().map(|gold| (gold.group, gold.names)).collect()
    }

    #[test]
    fn three_forms_of_gold_are_read() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(golds(r#"{"places": ["west-germany"]}"#), [(Group::Places, names(&["west germany"]))]);
        assert_eq!(
            golds(r#"{"orgs": [["BAKERS OF BERN", "BOB"], ["ARMED FORCES"]], "people": []}"#),
            [(Group::Organisations, names(&["BAKERS OF BERN", "BOB"]))]
        );
        assert_eq!(
            golds(
                r#"{"person": [{"link": "Ada_Lind_%28poet%29", "names": ["the poet", "Lind"]}], "event": [3]}"#
            ),
            [(Group::People, names(&["Lind", "Ada Lind"]))]
        );
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let good = r#"{"text": "Talks go on.", "actors": {"people": ["lind"]}}"#;
        for (bad, told) in [
            ("{", "line 2: an object"),
            (r#"{"text": "x", "actors": 3}"#, "line 2: an object such as"),
            (r#"{"text": "x", "actors": {"people": [3]}}"#, "`people`"),
        ] {
            let error = read_articles(format!("{good}\n{bad}\n").as_bytes()).unwrap_err().to_string();
            assert!(error.contains(told), "{error}");
        }
        let error = read_articles(r#"{"text": "Talks go on.", "actors": null}"#.as_bytes()).unwrap_err();
        assert!(error.to_string().contains("`actors`"), "{error}");
    }
}
