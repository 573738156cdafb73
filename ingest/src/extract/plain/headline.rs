//! Which line of a copy is its headline, and where its text begins.

use super::super::candidate::Found;
use super::super::edges::ends_sentence;
use super::super::furniture::is_furniture;
use super::super::text::{bare, word_count};
use super::super::written::Order;
use super::super::{byline, date};
use super::Line;
use super::head::Head;
use super::paragraphs::is_wrapped;

impl Head<'_> {
    /// Where the headline stands among the lines of menus: the last line that could be one before the byline or
    /// the date, which stand near the text; else the one that stands twice, else the last one.
    pub(super) fn headline_under_menus(&self, lines: &[Line]) -> usize {
        const NEAR: usize = 12;
        let fits = |place: usize| {
            let text = &lines[place].text;
            (4..=30).contains(&word_count(text))
                && !ends_sentence(text)
                && !is_furniture(text)
                && byline::signed_line(text).is_empty()
                && self.day_of(text).is_none()
        };
        let near = lines.len().saturating_sub(NEAR * 2);
        let about = (near..lines.len()).find(|&place| {
            let text = &lines[place].text;
            !text.is_empty() && (!byline::signed_line(text).is_empty() || self.day_of(text).is_some())
        });
        let before = about.and_then(|about| (0..about).rev().find(|&place| fits(place)));
        let twice = || Openings::of(lines).place_of_last_again(lines, fits);
        before.or_else(twice).or_else(|| (near..lines.len()).rev().find(|&place| fits(place))).unwrap_or(0)
    }

    /// Takes the headline: the first line that says nothing else. `body` is where the first paragraph stands,
    /// which is taken for the headline, too, if it has no more than `longest` words.
    pub(super) fn take_title<'l>(&mut self, lines: &'l [Line], body: usize, longest: usize) -> &'l [Line] {
        let mut place = 0;
        while place < lines.len() {
            let text = &lines[place].text;
            if !(text.is_empty() || self.is_above_headline(text)) {
                break;
            }
            place += 1;
        }
        let fits = |line: &&Line| {
            (place < body || word_count(&line.text) <= longest) && !self.opens_text(lines, place)
        };
        let Some(first) = lines.get(place).filter(fits) else {
            return &lines[place..];
        };
        let stretch = lines[place..].iter().take_while(|line| !line.text.is_empty()).count();
        if place >= body && is_paragraph(&lines[place..place + stretch]) {
            return &lines[place..];
        }
        let (kicker, place) = match self.headline_after_kicker(lines, place, body) {
            Some(next) => (Some(first.text.clone()), next),
            None => (None, place),
        };
        let mut title = lines[place].text.clone();
        let mut next = place + 1;
        if let Some(more) =
            lines.get(next).filter(|more| is_second_half(&lines[place].text, &more.text, lines))
        {
            title = format!("{title} {}", more.text);
            next += 1;
        }
        let from = if lines[place].kind.is_some() { Found::Heading } else { Found::Text };
        self.fields.title(&title, from, "first line");
        if let Some(kicker) = kicker {
            self.unclaimed(&kicker, false);
        }
        &lines[next..]
    }

    /// Whether a line is a sentence with which the text begins: long, closed by a full stop, and neither
    /// byline nor date line after it, as under headlines that are sentences.
    fn opens_text(&self, lines: &[Line], place: usize) -> bool {
        const FEWEST_WORDS: usize = 10;
        const LOOKED_AT: usize = 3;
        let line = &lines[place];
        if line.kind.is_some()
            || word_count(&line.text) < FEWEST_WORDS
            || !line.text.ends_with(['.', '。', '۔'])
        {
            return false;
        }
        let mut next = lines[place + 1..].iter().filter(|line| !line.text.is_empty()).take(LOOKED_AT);
        let is_about = |line: &Line| {
            !byline::signed_line(&line.text).is_empty()
                || self.day_of(&line.text).is_some()
                || is_furniture(&line.text)
        };
        !next.any(is_about)
    }

    /// "POLITICS", and then the headline: where the first line is a word or two, and a longer one follows.
    fn headline_after_kicker(&mut self, lines: &[Line], place: usize, body: usize) -> Option<usize> {
        const LONGEST_KICKER: usize = 3;
        if word_count(&lines[place].text) > LONGEST_KICKER {
            return None;
        }
        let rest = place + 1..body.min(lines.len());
        let next = rest.into_iter().find(|&next| !lines[next].text.is_empty())?;
        let text = &lines[next].text;
        let is_headline = (4..=30).contains(&word_count(text))
            && !text.ends_with('.')
            && !is_furniture(text)
            && byline::signed_line(text).is_empty()
            && self.day_of(text).is_none();
        is_headline.then_some(next)
    }
}

/// The lines of menus, bare, sorted, each with its place: to find which of them a line begins.
struct Openings(Vec<(String, usize)>);

impl Openings {
    fn of(lines: &[Line]) -> Self {
        let mut bares: Vec<(String, usize)> =
            lines.iter().enumerate().map(|(place, line)| (bare(&line.text), place)).collect();
        bares.sort_unstable();
        Self(bares)
    }

    /// The last line near the text that may be a headline and that one above it begins with: a page's title
    /// stands over its menus, too.
    fn place_of_last_again(&self, lines: &[Line], fits: impl Fn(usize) -> bool) -> Option<usize> {
        /// A headline does not stand further from its text.
        const FARTHEST: usize = 200;
        let near = lines.len().saturating_sub(FARTHEST);
        (near..lines.len())
            .rev()
            .find(|&place| fits(place) && self.begins_before(&bare(&lines[place].text), place))
    }

    /// Whether a line above a place begins with these words.
    fn begins_before(&self, title: &str, place: usize) -> bool {
        let start = self.0.partition_point(|(bare, _)| bare.as_str() < title);
        let mut same = self.0[start..].iter().take_while(|(bare, _)| bare.starts_with(title));
        same.any(|(_, known)| *known < place)
    }
}

/// Where the first paragraph begins: a long line that ends as sentences do, or wrapped lines.
pub(super) fn first_paragraph(lines: &[Line]) -> usize {
    const FEWEST_WORDS: usize = 20;
    let mut place = 0;
    while place < lines.len() {
        if lines[place].text.is_empty() {
            place += 1;
            continue;
        }
        let stretch = lines[place..].iter().take_while(|line| !line.text.is_empty()).count();
        if is_paragraph(&lines[place..place + stretch]) {
            return place;
        }
        let is_long = |line: &Line| word_count(&line.text) >= FEWEST_WORDS && ends_sentence(&line.text);
        if let Some(inside) = lines[place..place + stretch].iter().position(is_long) {
            return place + inside;
        }
        place += stretch;
    }
    lines.len()
}

/// Whether a line goes on with the headline, in a copy whose lines were cut at a width.
fn is_second_half(first: &str, second: &str, lines: &[Line]) -> bool {
    let length = first.chars().count();
    let fits = |stretch: &[Line]| {
        is_paragraph(stretch)
            && stretch
                .iter()
                .map(|line| line.text.chars().count())
                .max()
                .is_some_and(|widest| length + 20 > widest)
    };
    length >= 45
        && !second.is_empty()
        && second.chars().count() < length
        && !ends_sentence(first)
        && byline::signed_line(second).is_empty()
        && date::date_line(second, Order::DayFirst).is_none()
        && lines.split(|line| line.text.is_empty()).any(fits)
}

/// Whether lines are one paragraph that was cut at a width, and none of them is a byline or a date line.
fn is_paragraph(lines: &[Line]) -> bool {
    const FEWEST_WORDS: usize = 25;
    lines.len() >= 3
        && is_wrapped(lines)
        && lines.iter().map(|line| word_count(&line.text)).sum::<usize>() >= FEWEST_WORDS
        && !lines
            .iter()
            .any(|line| date::date_line(&line.text, Order::DayFirst).is_some() && word_count(&line.text) <= 6)
}

#[cfg(test)]
mod tests {
    use dateline_index::article::Origin;

    use crate::extract::{Outcome, Rules, plain};

    fn title(source: &str) -> String {
        match plain::extract(source, &Origin::default(), &Rules::default()) {
            Outcome::Draft(draft) => draft.title,
            _ => String::new(),
        }
    }

    #[test]
    fn the_headline_is_found_under_a_menu_of_many_thousand_lines() {
        let menu: String = (0..20_000).map(|number| format!("All about harbour {number}\n")).collect();
        let text = "Nobody had given the order to open the harbour, and nobody dared to close it again while the \
            crowd of some thousand people stood on the quay and sang.";
        let links = "Sport\n".repeat(60);
        let twice =
            format!("Crowd sings on the quay - The Paper\n{menu}Crowd sings on the quay\n{links}\n{text}\n");
        assert_eq!(title(&twice), "Crowd sings on the quay");
        let once = format!("{menu}Crowd sings on the quay\n\n{text}\n");
        assert_eq!(title(&once), "Crowd sings on the quay");
    }
}
