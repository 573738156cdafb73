//! Decisions as a TOML file, to be shared and kept in git.

use serde::{Deserialize, Serialize};

use super::Decision;

/// What the file begins with.
const HEAD: &str =
    "# Decisions about actors, authors and sources. `dateline actors import FILE` takes them in.\n";

/// A decision with who made it and when, as a file has it.
#[derive(Debug, Serialize, Deserialize)]
struct Record {
    who: String,
    at: String,
    #[serde(flatten)]
    decision: toml::Table,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File<R> {
    #[serde(default = "Vec::new")]
    decision: Vec<R>,
}

/// A decision that cannot be read, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unreadable(pub String);

/// Writes decisions, each with who made it and when.
pub fn to_toml<'d>(
    decisions: impl IntoIterator<Item = (&'d Decision, &'d str, &'d str)>,
) -> Result<String, Unreadable> {
    let unwritable = |error: toml::ser::Error| Unreadable(error.to_string());
    let mut file = File { decision: Vec::new() };
    for (decision, who, at) in decisions {
        let decision = toml::Table::try_from(decision).map_err(unwritable)?;
        file.decision.push(Record { who: who.to_owned(), at: at.to_owned(), decision });
    }
    let body = toml::to_string(&file).map_err(unwritable)?;
    Ok(format!("{HEAD}\n{body}"))
}

/// A decision as it was read, with who made it and when.
type Read = Result<(Decision, String, String), Unreadable>;

/// Reads decisions, each with who made it and when. One that cannot be read is told with its place in
/// the file and keeps no other from being read; a file that is no TOML is refused as a whole.
pub fn from_toml(text: &str) -> Result<Vec<Read>, Unreadable> {
    let file: File<toml::Table> = toml::from_str(text).map_err(|error| Unreadable(error.to_string()))?;
    let read = |(place, table): (usize, toml::Table)| {
        let fault =
            |error: toml::de::Error| Unreadable(format!("decision {}: {}", place + 1, error.message()));
        let record: Record = table.try_into().map_err(fault)?;
        let decision: Decision = record.decision.try_into().map_err(fault)?;
        Ok((decision, record.who, record.at))
    };
    Ok(file.decision.into_iter().enumerate().map(read).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actor::{Actor, ActorId, ActorKind};
    use crate::search::Facet;

    #[test]
    fn what_is_written_is_read_and_a_faulty_decision_costs_no_other() {
        let actor = |id: &str| Actor { id: ActorId(id.into()), label: id.into(), kind: ActorKind::Person };
        let decisions = [
            Decision::Merge { from: actor("~a"), into: actor("b") },
            Decision::Name { name: "The \"Old\" Man".into(), actor: actor("b"), taken_for: None },
            Decision::Spelling { facet: Facet::Source, from: "A.".into(), into: "A & B".into() },
        ];
        let at = "2024-01-17T08:30:00.000Z";
        let text = to_toml(decisions.iter().map(|decision| (decision, "Ada Byron", at))).unwrap();
        let read: Vec<_> = from_toml(&text).unwrap().into_iter().map(Result::unwrap).collect();
        assert_eq!(read.iter().map(|(decision, ..)| decision.clone()).collect::<Vec<_>>(), decisions);
        assert!(read.iter().all(|(_, who, when)| who == "Ada Byron" && when == at));

        let faulty = text.replace("decide = \"name\"", "decide = \"baptise\"");
        let read = from_toml(&faulty).unwrap();
        let reasons: Vec<String> = read.iter().filter_map(|r| Some(r.as_ref().err()?.to_string())).collect();
        assert_eq!((read.len(), reasons.len()), (3, 1));
        assert!(reasons[0].starts_with("decision 2:") && reasons[0].contains("baptise"), "{reasons:?}");
        assert!(from_toml("decision = 7").is_err() && from_toml("[[decisions]]").is_err());
    }
}
