//! Whether a name means its owner here, judged by the words beside it.

use dateline_index::actor::{ActorKind, Field, Mention};

use super::capitals::is_small;
use super::gazetteer::Pattern;
use super::lists::{
    BEFORE_US, BEHIND_ARTICLES, COMMON_NOUNS, FOLLOWERS, GIVEN_NAMES, GOVERNMENT_NOUNS, GOVERNMENT_VERBS,
    OPENERS, PARTICLES, PORTFOLIOS, THINGS, TITLES, holds,
};
use super::words::{Case, FieldText};

/// Whether a name of the registry, found from the first to the last word, means its owner.
/// `before` is a mention that ends right before it ("the Russian Senate" is not the American one).
pub(super) fn accepts(
    field: &FieldText<'_>,
    first: usize,
    last: usize,
    pattern: &Pattern,
    before: Option<&Mention>,
) -> bool {
    if is_in_address(field, first, last)
        || is_shouted_word(field, first, last)
        || is_currency(field, field.words[last].end)
        || pattern.wary && is_common_here(field, first, last, pattern)
    {
        return false;
    }
    let after_actor = before.is_some_and(|before| before.kind != ActorKind::Person);
    let after_state = before.is_some_and(|before| before.kind == ActorKind::State);
    match pattern.kind {
        Some(ActorKind::Institution | ActorKind::Organisation | ActorKind::ArmedGroup)
            if pattern.wary && (after_state || goes_on_with_of(field, last)) =>
        {
            false
        }
        Some(ActorKind::Person) if pattern.bare => {
            (after_actor || stands_free_before(field, first))
                && stands_free_after(field, last)
                && !pattern.wary
                || pattern.wary && follows_title(field, first)
        }
        Some(ActorKind::Person) => {
            !names_a_thing(field, last) && !is_ship(field, first) && !is_numbered(field, last)
        }
        _ if pattern.wary => !is_part_of_person(field, first, last),
        _ => true,
    }
}

/// Whether a surname at that word stands for a person by itself: not behind another name ("Laura
/// Bush") and not before one ("Bush Intercontinental").
pub(super) fn stands_alone(field: &FieldText<'_>, first: usize, last: usize) -> bool {
    stands_free_before(field, first) && stands_free_after(field, last)
}

/// Whether a title stands right before that word.
pub(super) fn follows_title(field: &FieldText<'_>, first: usize) -> bool {
    field.neighbour_before(first).is_some_and(|before| holds(TITLES, &field.folded(before)))
}

/// Whether a capital at these words stands for its government: "Tehran said", "between Tehran and",
/// "Tehran's nuclear …".
pub(super) fn stands_for_government(field: &FieldText<'_>, first: usize, last: usize) -> bool {
    let before = field.neighbour_before(first).map(|place| field.folded(place));
    let before = before.as_deref().unwrap_or_default();
    if matches!(before, "in" | "near" | "from" | "outside" | "around" | "to" | "at" | "of" | "west" | "east")
    {
        return false;
    }
    if matches!(before, "with" | "against" | "between" | "urged" | "accused") {
        let next = field.neighbour_after(last);
        return next.is_none_or(|next| field.words[next].case == Case::Lower);
    }
    let Some(after) = (last + 1 < field.words.len()).then(|| field.folded(last + 1)) else { return false };
    if after == "s" {
        let nouns = (last + 2..last + 4).filter(|place| *place < field.words.len());
        return nouns.into_iter().any(|place| holds(GOVERNMENT_NOUNS, &field.folded(place)));
    }
    field.neighbour_after(last).is_some() && holds(GOVERNMENT_VERBS, &after)
}

fn stands_free_before(field: &FieldText<'_>, first: usize) -> bool {
    if first > 0 && field.gap_before(first) == "-" {
        return !holds(PARTICLES, &field.folded(first - 1));
    }
    let Some(before) = field.neighbour_before(first) else { return true };
    let (word, folded) = (field.words[before], field.folded(before));
    if holds(GIVEN_NAMES, &folded) && word.case != Case::Lower {
        return false;
    }
    match word.case {
        // A particle in small letters belongs to the name: it is another one then.
        Case::Lower => !holds(PARTICLES, &folded),
        Case::Capitals => word.end - word.start > 1,
        Case::Capital => {
            field.title_case || writes_nouns_large(field) || holds(TITLES, &folded) || holds(OPENERS, &folded)
        }
    }
}

fn stands_free_after(field: &FieldText<'_>, last: usize) -> bool {
    let Some(after) = field.neighbour_after(last) else { return true };
    let folded = field.folded(after);
    match field.words[after].case {
        Case::Capital if holds(THINGS, &folded) => false,
        Case::Capital => {
            field.title_case
                || writes_nouns_large(field)
                || holds(FOLLOWERS, &folded)
                || holds(TITLES, &folded)
                || holds(OPENERS, &folded)
        }
        _ => true,
    }
}

/// Whether the language gives every noun a capital, so that one beside a name says nothing.
fn writes_nouns_large(field: &FieldText<'_>) -> bool {
    field.language.is_some_and(|language| language.code() == "de")
}

fn names_a_thing(field: &FieldText<'_>, last: usize) -> bool {
    field
        .neighbour_after(last)
        .is_some_and(|after| field.words[after].case != Case::Lower && holds(THINGS, &field.folded(after)))
}

/// Whether a common name is the head of a longer one: "Congress of Trade Unions".
fn goes_on_with_of(field: &FieldText<'_>, last: usize) -> bool {
    let after = field.neighbour_after(last);
    after.is_some_and(|after| field.folded(after) == "of" && field.neighbour_after(after).is_some())
}

fn is_ship(field: &FieldText<'_>, first: usize) -> bool {
    field
        .neighbour_before(first)
        .is_some_and(|before| matches!(field.slice(field.words[before]), "USS" | "HMS"))
}

/// Whether a name that is also a given name or a surname belongs to a person here: "Michael
/// Jordan", "Jordan Peterson".
fn is_part_of_person(field: &FieldText<'_>, first: usize, last: usize) -> bool {
    if let Some(before) = field.neighbour_before(first) {
        let word = field.words[before];
        let initial = word.case == Case::Capitals && word.end - word.start == 1;
        if word.case != Case::Lower && (initial || holds(GIVEN_NAMES, &field.folded(before))) {
            return true;
        }
    }
    if field.title_case || writes_nouns_large(field) {
        return false;
    }
    field.neighbour_after(last).is_some_and(|after| {
        let folded = field.folded(after);
        field.words[after].case == Case::Capital
            && !holds(FOLLOWERS, &folded)
            && !holds(TITLES, &folded)
            && !holds(OPENERS, &folded)
    })
}

/// Whether it stands in an address: "iran.example", "someone@iran".
fn is_in_address(field: &FieldText<'_>, first: usize, last: usize) -> bool {
    let before = field.gap_before(first);
    if before.ends_with('@') || before.ends_with("//") || before.ends_with('_') {
        return true;
    }
    let word = field.words[first];
    let glued = before == "." && first > 0 && {
        let length = field.words[first - 1].end - field.words[first - 1].start;
        length > 1 && (word.case == Case::Lower || field.words[first - 1].case == Case::Lower && length <= 3)
    };
    let goes_on = last + 1 < field.words.len() && {
        let after = field.gap_before(last + 1);
        after == "@" || after == "." && field.words[last + 1].case == Case::Lower
    };
    glued || goes_on
}

/// Whether it says whose dollars are meant: "US $5".
pub(super) fn is_currency(field: &FieldText<'_>, end: usize) -> bool {
    field.text[end..].trim_start_matches([' ', '\u{a0}']).starts_with('$')
}

/// Whether a name of one word is an ordinary word here, since all around it is in capitals as well: "WHO
/// KNOWS", "THE CAR". In brackets it is a name, and so is the "US" of "THE US" and of "US TROOPS".
fn is_shouted_word(field: &FieldText<'_>, first: usize, last: usize) -> bool {
    let behind_article = last == first + 1 && field.folded(first) == "the";
    let folded = field.folded(last);
    if !(first == last || behind_article)
        || field.words[last].case != Case::Capitals
        || !is_small(&folded)
        || !field.is_shouted(first, last)
    {
        return false;
    }
    let rest = &field.text[field.words[last].end..];
    let bracketed = field.gap_before(first).ends_with(['(', '[']) && rest.starts_with([')', ']']);
    let headline = field.field == Field::Title && !is_object(field, first);
    let means_state = || headline || is_behind_article(field, first, last);
    !(bracketed || holds(BEHIND_ARTICLES, &folded) && means_state())
}

/// Whether a word that no article goes before in its ordinary sense is a name by what stands beside it.
fn is_behind_article(field: &FieldText<'_>, first: usize, last: usize) -> bool {
    let noun = |word: &str| holds(COMMON_NOUNS, word) || holds(TITLES, word);
    let before = field.neighbour_before(first).map(|before| field.folded(before));
    let after = field.neighbour_after(last).map(|after| field.folded(after));
    first == 0 || before.as_deref() == Some("the") || after.as_deref().is_some_and(noun)
}

/// Whether a shouted "US" is no state: "TELL US".
fn is_object(field: &FieldText<'_>, place: usize) -> bool {
    field.neighbour_before(place).is_some_and(|before| holds(BEFORE_US, &field.folded(before)))
}

/// Whether a name is a common word here, as it is elsewhere: in a headline with capitals throughout,
/// before a minister's title, between letters of a longer abbreviation.
fn is_common_here(field: &FieldText<'_>, first: usize, last: usize, pattern: &Pattern) -> bool {
    if first != last || pattern.kind == Some(ActorKind::Person) {
        return false;
    }
    let word = field.words[first];
    let body = !matches!(pattern.kind, Some(ActorKind::State | ActorKind::Place));
    let portfolio = || {
        let after = field.neighbour_after(last).filter(|after| field.words[*after].case == Case::Capital);
        after.is_some_and(|after| holds(PORTFOLIOS, &field.folded(after)))
    };
    let tied = || {
        let hyphen =
            |place: usize| field.gap_before(place) == "-" && field.words[place].case == Case::Capitals;
        field.words.len() > last + 1 && hyphen(last + 1)
    };
    match word.case {
        Case::Capital if body => field.title_case || portfolio(),
        Case::Capital => pattern.accented && field.slice(word).is_ascii() && !is_there(field, first),
        Case::Capitals => body && tied(),
        Case::Lower => false,
    }
}

/// Whether somebody can be there: "in Male".
fn is_there(field: &FieldText<'_>, first: usize) -> bool {
    let before = field.neighbour_before(first).map(|before| field.folded(before));
    before.is_some_and(|before| matches!(before.as_str(), "at" | "from" | "in" | "near" | "of" | "to"))
}

/// Whether a number behind the name tells another bearer: "Martin Luther King III".
fn is_numbered(field: &FieldText<'_>, last: usize) -> bool {
    let after = field.neighbour_after(last);
    after.is_some_and(|after| matches!(field.slice(field.words[after]), "II" | "III" | "IV"))
}
