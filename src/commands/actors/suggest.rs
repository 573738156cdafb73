//! Offers what may be one; whoever looks decides.

use anyhow::Result;
use dateline_index::archive::Archive;
use dateline_index::authority::Decision;
use dateline_index::search::Facet;
use dateline_index::suggest::Suggestion;

use crate::ui;

/// Lists suggestions, the weightiest first.
pub(in crate::commands) fn list(
    archive: &Archive,
    facet: Facet,
    words: &str,
    limit: usize,
    json: bool,
) -> Result<()> {
    let suggestions = archive.suggestions(facet, words, limit)?;
    if json {
        return ui::json(&suggestions);
    }
    for suggestion in &suggestions {
        said(facet, suggestion).iter().try_for_each(|line| ui::answer(&ui::plain(line)))?;
    }
    if suggestions.is_empty() {
        ui::answer("Nothing looks as if it were one.")?;
    } else {
        ui::tell(&format!("Of two that are two say so: `dateline {facet}s suggest --not A B`."));
    }
    Ok(())
}

/// `      3  J. Biden (~j-biden), and 340 of Joe Biden (joe-biden): …` and the command.
fn said(facet: Facet, suggestion: &Suggestion) -> [String; 2] {
    let (from, into) = (&suggestion.from, &suggestion.into);
    let name = |label: &str, value: &str| {
        if facet == Facet::Actor { format!("{label} ({value})") } else { label.to_owned() }
    };
    let both = suggestion.shared.filter(|shared| *shared > 0);
    let both =
        both.map_or_else(String::new, |shared| format!("; {} have both", ui::count(shared, "article")));
    [
        format!(
            "{:>8}  {}, and {} of {}: {}{both}",
            ui::number(from.articles),
            name(&from.label, &from.value),
            ui::number(into.articles),
            name(&into.label, &into.value),
            suggestion.why
        ),
        format!("          dateline {facet}s merge {} {}", quoted(&from.value), quoted(&into.value)),
    ]
}

/// A value as a shell takes it.
fn quoted(value: &str) -> String {
    let is_plain =
        value.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '~' | '-' | '_' | '.'));
    if is_plain { value.to_owned() } else { format!("'{}'", value.replace('\'', "'\\''")) }
}

/// That two are two.
pub(in crate::commands) fn distinct(facet: Facet, two: &[String]) -> Decision {
    let named = |place: usize| two.get(place).cloned().unwrap_or_default();
    Decision::Distinct { facet, one: named(0), other: named(1) }
}
