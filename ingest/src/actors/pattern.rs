//! Finds people that no list knows, by the title or role before their name: "Governor Ada Lind",
//! "spokesman Pedro Alves".

use dateline_index::actor::{ActorKind, Mention};

use super::Recognizer;
use super::lists::{NOT_IN_PERSONS, OPENERS, PARTICLES, ROLES, TAILS, TITLES, holds, kept_titles};
use super::words::{Case, FieldText};

/// The longest name of a person in words.
const MAX_WORDS: usize = 6;

/// Titles and roles, and the names after them.
#[derive(Debug, Default)]
pub struct Titles;

impl Recognizer for Titles {
    fn name(&self) -> &'static str {
        "pattern"
    }

    fn mentions(&self, field: &FieldText<'_>) -> Vec<Mention> {
        let mut mentions = Vec::new();
        let mut place = 1;
        while place < field.words.len() {
            match is_after_title(field, place).then(|| person(field, place)).flatten() {
                Some(last) => {
                    mentions.push(mention(field, place, last));
                    place = last + 1;
                }
                None => place += 1,
            }
        }
        mentions
    }
}

fn is_after_title(field: &FieldText<'_>, first: usize) -> bool {
    if field.words[first].case != Case::Capital || field.title_case {
        return false;
    }
    let Some(before) = field.neighbour_before(first) else { return false };
    let list = if field.words[before].case == Case::Lower { ROLES } else { TITLES };
    holds(list, &field.folded(before))
}

/// The last word of the person's name that opens at a word, if it has two words at least and none
/// that people are not called.
fn person(field: &FieldText<'_>, first: usize) -> Option<usize> {
    let first = after_titles(field, first)?;
    let (mut last, mut carrying, mut initials) = (None, 0, 0);
    for place in first..field.words.len().min(first + MAX_WORDS) {
        if place > first && !continues(field, place) {
            break;
        }
        let (word, folded) = (field.words[place], field.folded(place));
        let initial = word.end - word.start == 1;
        match word.case {
            Case::Lower if holds(PARTICLES, &folded) => continue,
            // "Chow Shu-kai"
            Case::Lower if ties(field, place) => {}
            Case::Lower => break,
            // Letters in capitals are an acronym, not a name.
            Case::Capitals if !initial => break,
            _ if place > first && holds(OPENERS, &folded) => break,
            // "Manager Dr Ada Lind"
            _ if place > first && holds(TITLES, &folded) && !kept_titles().contains(folded.as_str()) => {
                return None;
            }
            _ if holds(NOT_IN_PERSONS, &folded) => return None,
            _ => {}
        }
        carrying += usize::from(!initial && !holds(PARTICLES, &folded));
        initials += usize::from(initial);
        last = (!initial).then_some(place).or(last);
    }
    last.filter(|_| carrying >= 2 || carrying == 1 && initials > 0)
}

/// The first word from there on that is no title: "Foreign Minister General …".
fn after_titles(field: &FieldText<'_>, first: usize) -> Option<usize> {
    let mut place = first;
    while holds(TITLES, &field.folded(place)) {
        place += 1;
        field.words.get(place)?;
        field.neighbour_before(place)?;
    }
    Some(place)
}

/// Whether a small word belongs to the name by its hyphen.
fn ties(field: &FieldText<'_>, place: usize) -> bool {
    let word = field.words[place];
    field.gap_before(place) == "-" && word.end - word.start <= 5 && !holds(TAILS, &field.folded(place))
}

fn continues(field: &FieldText<'_>, place: usize) -> bool {
    match field.gap_before(place) {
        " " | "\n" | "\u{a0}" | "-" | "\u{2011}" => true,
        ". " | "." => field.words[place - 1].end - field.words[place - 1].start == 1,
        _ => false,
    }
}

fn mention(field: &FieldText<'_>, first: usize, last: usize) -> Mention {
    let first = after_titles(field, first).unwrap_or(first);
    let (start, end) = (field.words[first].start, field.words[last].end);
    let text = &field.text[start..end];
    Mention {
        field: field.field,
        start,
        end,
        text: text.to_owned(),
        name: text.split_whitespace().collect::<Vec<_>>().join(" "),
        kind: ActorKind::Person,
        found_by: "pattern".to_owned(),
        resolved_by: "title".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use dateline_index::actor::Field;

    use super::*;

    fn found(text: &str) -> Vec<String> {
        let mentions = Titles.mentions(&FieldText::new(Field::Text, text, None));
        mentions.into_iter().map(|mention| mention.name).collect()
    }

    #[test]
    fn a_title_or_a_role_leads_to_a_full_name() {
        assert_eq!(
            found("President Ada Lind met the envoy, spokesman Pedro de la Cruz said."),
            ["Ada Lind", "Pedro de la Cruz"]
        );
        assert_eq!(
            found("Foreign Minister Col. J. R. Okoro and Gen. Abd al-Rahman Saleh's men"),
            ["J. R. Okoro", "Abd al-Rahman Saleh"]
        );
    }

    #[test]
    fn a_hyphen_ties_syllables_but_no_verbs() {
        let text = "Foreign Minister Chow Shu-kai and the President Ada Lind-led talks";
        assert_eq!(found(text), ["Chow Shu-kai", "Ada Lind"]);
    }

    #[test]
    fn offices_companies_and_single_names_are_no_persons() {
        for text in [
            "General Motors Corp said",
            "the General Assembly",
            "Deputy Prime Minister",
            "Chief Executive Officer",
            "President Lind spoke",
            "Secretary General. Peter Nowak left",
            "Major League Baseball",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }
}
