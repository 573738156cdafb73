//! How far what the head of a page states repeats a heading that readers see.

use std::collections::HashSet;

use super::headings::Heading;
use super::headline::Headline;
use super::text::{bare, word_count};

/// How far a statement repeats a heading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Agreement {
    #[default]
    None,
    /// Half of the words.
    Words,
    /// It begins or ends with the heading.
    Part,
    Same,
}

/// What the head of a page states, bare: it is compared with many headings.
pub(super) struct Statement {
    text: String,
    raw: String,
}

impl Statement {
    /// `None` for what the head does not state.
    pub(super) fn of(headline: &Headline) -> Option<Self> {
        let Headline::Stated { text, raw } = headline else { return None };
        Some(Self { text: bare(text), raw: bare(raw) })
    }
}

/// How far that of the statements does which repeats the heading most.
pub(super) fn best(heading: &Heading, statements: &[Statement]) -> Agreement {
    let heading_bare = bare(&heading.text);
    let kicker = heading.kicker.as_deref().map(bare).unwrap_or_default();
    let whole = format!("{kicker} {heading_bare}");
    let agreements = statements.iter().map(|statement| of(heading, &heading_bare, &whole, statement));
    agreements.max().unwrap_or_default()
}

fn of(heading: &Heading, heading_bare: &str, whole: &str, statement: &Statement) -> Agreement {
    let Statement { text, raw } = statement;
    if heading_bare == text || heading_bare == raw || whole == text {
        return Agreement::Same;
    }
    if begins(raw, heading_bare) && 2 * word_count(heading_bare) > word_count(text).min(3)
        || raw.ends_with(&format!(" {heading_bare}")) && (word_count(heading_bare) > 3 || heading.in_article)
        || begins(heading_bare, text) && word_count(text) > 2
    {
        return Agreement::Part;
    }
    if shared(heading_bare, text) >= 0.5 { Agreement::Words } else { Agreement::None }
}

/// Whether a bare text begins with another and goes on.
pub(super) fn begins(text: &str, start: &str) -> bool {
    !start.is_empty() && text.strip_prefix(start).is_some_and(|rest| rest.starts_with(' '))
}

/// The share of the words of the shorter text that the longer one has, too; letters in pairs for
/// languages without spaces.
pub(super) fn shared(one: &str, other: &str) -> f64 {
    let units = |text: &str| -> HashSet<String> {
        if word_count(text) > text.split(' ').count() * 2 {
            let letters: Vec<char> = text.chars().filter(|c| *c != ' ').collect();
            return letters.windows(2).map(|pair| pair.iter().collect()).collect();
        }
        text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let (one, other) = (units(one), units(other));
    let fewer = one.len().min(other.len());
    if fewer == 0 { 0.0 } else { one.intersection(&other).count() as f64 / fewer as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agreed(heading: &str, stated: &str) -> Agreement {
        let heading = Heading { text: heading.to_owned(), ..Heading::default() };
        let stated = Headline::Stated { text: stated.to_owned(), raw: stated.to_owned() };
        best(&heading, &Statement::of(&stated).into_iter().collect::<Vec<_>>())
    }

    #[test]
    fn agreement_is_told_from_likeness() {
        assert_eq!(agreed("Guns fall silent", "GUNS FALL SILENT!"), Agreement::Same);
        assert_eq!(agreed("Guns fall silent", "Guns fall silent, a paper says"), Agreement::Part);
        assert_eq!(
            agreed("Guns fall silent at the canal", "At the canal, guns are silent"),
            Agreement::Words
        );
        assert_eq!(agreed("Guns fall silent", "Oil must take the long way"), Agreement::None);
    }

    #[test]
    fn one_common_word_at_the_end_is_no_part() {
        assert_eq!(agreed("News", "A long story of many words - News"), Agreement::Words);
    }

    #[test]
    fn languages_without_spaces_are_compared_by_letters() {
        assert!(shared("习近平向论坛致贺信", "习近平致贺信") > 0.5);
        assert!(shared("习近平向论坛致贺信", "话剧河北各市巡演结束") < 0.5);
    }
}
