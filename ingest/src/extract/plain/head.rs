//! What stands above the text of a copy: headline, byline, date line, outlet, standfirst, and, where
//! somebody copied the whole page, its menus.

use dateline_index::published::PartialDate;

use super::super::candidate::{Candidate, Found};
use super::super::furniture::{is_furniture, is_minutes, without_credit};
use super::super::lists::{
    AGENCIES, BYLINE_LABELS, BYLINE_OPENERS, DATE_LABELS, NAME_PARTICLES, OUTLET_WORDS, ROLES, SECTION_WORDS,
    UPDATE_LABELS, listed, opens_with,
};
use super::super::months::month;
use super::super::text::{bare, fold, word_count};
use super::super::written::Order;
use super::super::{address, byline, date};
use super::Line;
use super::fields::Fields;
use super::headline::first_paragraph;
use super::labels::bare_host;

/// More lines above the first paragraph are a page's menus.
const MOST_LINES: usize = 14;

/// A headline that is a sentence may have so many words.
const LONGEST_HEADLINE: usize = 30;

/// Reads the head of some lines into fields.
pub(super) struct Head<'a> {
    pub(super) fields: &'a mut Fields,
    pub(super) order: Order,
    /// The whole copy in small letters: whether a name is that of a person is asked of it.
    pub(super) whole: String,
}

impl Head<'_> {
    /// Reads the head; what is left is the text, and whether menus stood above it.
    pub(super) fn read(&mut self, lines: &[Line]) -> (Vec<Line>, bool) {
        let body = first_paragraph(lines);
        let above = lines[..body].iter().filter(|line| !line.text.is_empty()).count();
        let in_menus = above > MOST_LINES;
        let start = if in_menus { self.headline_under_menus(&lines[..body]) } else { 0 };
        let lines = self.after_title(&lines[start..], body - start);
        (self.read_lines(lines, first_paragraph(lines)), in_menus)
    }

    /// The lines after the headline. A stated one holds; a mail's subject only where the copy repeats it or has
    /// no headline of its own.
    fn after_title<'l>(&mut self, lines: &'l [Line], body: usize) -> &'l [Line] {
        let stated = self.fields.titles.first().cloned();
        if let Some(title) = &stated {
            let rest = skip_repeated(lines, &title.value);
            if title.found == Found::Record || rest.len() < lines.len() {
                return rest;
            }
        }
        let stated = std::mem::take(&mut self.fields.titles);
        let longest = if stated.is_empty() { LONGEST_HEADLINE } else { 0 };
        let rest = self.take_title(lines, body, longest);
        self.fields.titles.extend(stated);
        rest
    }

    /// Reads a line above the headline; `false` if it says nothing that is known.
    pub(super) fn is_above_headline(&mut self, line: &str) -> bool {
        if is_furniture(line) || is_minutes(&fold(line)) || is_trail(line) {
            return true;
        }
        if let Some(url) = bare_host(line) {
            self.fields.url.get_or_insert(url);
            return true;
        }
        (self.day_of(line).is_some() || !byline::signed_line(line).is_empty()) && self.read_line(line)
    }

    /// Reads the lines between headline and text. What says nothing that is known counts as head only where
    /// something known follows it before the text; `body` is where the first paragraph stands.
    fn read_lines(&mut self, lines: &[Line], body: usize) -> Vec<Line> {
        const LONGEST_HEAD: usize = 40;
        let mut pending: Vec<usize> = Vec::new();
        let mut kept: Vec<Line> = Vec::new();
        let mut end = 0;
        let mut expects_name = false;
        for (place, line) in lines.iter().enumerate().take(LONGEST_HEAD) {
            let text = line.text.as_str();
            if text.is_empty() {
                continue;
            }
            let is_name = std::mem::take(&mut expects_name) && self.name_after_label(text);
            let folded = fold(text);
            expects_name = listed(&BYLINE_OPENERS, &folded) || listed(&BYLINE_LABELS, &folded);
            let is_role = !pending.is_empty() && listed(&ROLES, &folded);
            if is_name || expects_name || is_role || self.read_line(text) {
                let last = pending.last().copied();
                for place in std::mem::take(&mut pending) {
                    if !self.unclaimed(&lines[place].text, last == Some(place)) {
                        kept.extend([lines[place].clone(), Line { text: String::new(), kind: None }]);
                    }
                }
                end = place + 1;
            } else if may_be_above(line, pending.is_empty(), place < body) {
                pending.push(place);
            } else {
                break;
            }
        }
        kept.extend_from_slice(&lines[end..]);
        kept
    }

    /// "By", and the name on the next line.
    fn name_after_label(&mut self, line: &str) -> bool {
        let names = byline::names_in(line, true);
        let is_name =
            !names.is_empty() && word_count(line) <= 8 && names.iter().all(|n| byline::looks_like_name(n));
        if is_name {
            self.fields.authors(names, Found::Byline, "line under the headline");
        }
        is_name
    }

    /// Reads a line of the head; `false` if it is none that is known.
    fn read_line(&mut self, line: &str) -> bool {
        const LONGEST: usize = 14;
        if is_furniture(line) || is_minutes(&fold(line)) {
            return true;
        }
        if let Some(url) = bare_host(line) {
            self.fields.url.get_or_insert(url);
            return true;
        }
        let names = byline::signed_line(line);
        let mut known = !names.is_empty();
        self.fields.authors(names, Found::Byline, "line near the headline");
        if word_count(line) <= LONGEST && date::date_line(line, self.order).is_some() {
            known = true;
            self.fields.date(line, self.order, Found::Text, "line near the headline");
            self.beside_date(line);
        } else if !known && date::date_line(&without_update_label(line), self.order).is_some() {
            // "Updated 3 May 2020".
            self.fields.updated = date::read(line, self.order);
            known = true;
        }
        known
    }

    /// "The Paper — 3 May 2019", "Jane Doe | 3 May 2019": who stands beside a date.
    fn beside_date(&mut self, line: &str) {
        for part in line.split(['|', '•', '·', '—', '–']).flat_map(|part| part.split(" - ")).map(str::trim)
        {
            let is_name = !part.contains(|c: char| c.is_numeric()) && byline::looks_like_name(part);
            if part.len() == line.trim().len() || !is_name || is_furniture(part) {
                continue;
            }
            if part.split_whitespace().all(|word| listed(&DATE_LABELS, &fold(word))) {
                continue;
            }
            if is_outlet(part) {
                self.fields.outlet.get_or_insert(Candidate::new(
                    part.to_owned(),
                    Found::Byline,
                    "beside the date",
                ));
            } else {
                self.name_alone(part, true);
            }
        }
    }

    /// A line that says nothing of itself: an outlet, an author, a section, a standfirst; `false` if it is text.
    pub(super) fn unclaimed(&mut self, line: &str, beside_known: bool) -> bool {
        let words = word_count(line);
        if is_outlet(line) && words <= 5 {
            let outlet = Candidate::new(line.to_owned(), Found::Text, "line near the headline");
            self.fields.outlet.get_or_insert(outlet);
        } else if self.name_alone(line, beside_known) {
            return true;
        } else if words <= 3 {
            self.fields.section.get_or_insert_with(|| line.to_owned());
        } else if self.fields.standfirst.is_none() && !is_caption(line) {
            self.fields.standfirst = Some(line.to_owned());
        } else {
            return false;
        }
        true
    }

    /// Takes a name that stands alone, if it is a person's: no word of the text, and not spoken of in it.
    fn name_alone(&mut self, line: &str, beside_known: bool) -> bool {
        let words: Vec<&str> = line.split_whitespace().collect();
        let is_agency = words.len() == 1 && listed(&AGENCIES, &fold(line));
        let is_word = |word: &&str| {
            let small = format!(" {} ", word.to_lowercase());
            !listed(&NAME_PARTICLES, &fold(word)) && self.whole.contains(&small)
        };
        let is_person = (2..=4).contains(&words.len())
            && words
                .iter()
                .all(|word| word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '’' | '\'')))
            && words
                .iter()
                .all(|word| word.starts_with(char::is_uppercase) || listed(&NAME_PARTICLES, &fold(word)))
            && line.chars().any(char::is_lowercase)
            && !words.iter().any(|word| listed(&SECTION_WORDS, &fold(word)) || is_word(word))
            && (beside_known || self.whole.matches(line).count() < 2);
        if (is_agency || is_person) && (beside_known || self.fields.lone_name.is_none()) {
            self.fields.lone_name = Some(line.to_owned());
        }
        is_agency || is_person
    }

    /// The day of a line that begins as date lines do: "What happened on 3 May 2019" is a headline.
    pub(super) fn day_of(&self, line: &str) -> Option<PartialDate> {
        const MOST_WORDS: usize = 12;
        let day = date::date_line(line, self.order).filter(|_| word_count(line) <= MOST_WORDS)?;
        let parts = line.split(['|', '•', '·', '—', '–']).flat_map(|part| part.split(" - "));
        let begins = |part: &str| {
            let first = part.split_whitespace().next().unwrap_or_default();
            let first = fold(first.trim_matches(|c: char| !c.is_alphanumeric()));
            first.starts_with(char::is_numeric) || listed(&DATE_LABELS, &first) || month(&first).is_some()
        };
        let is_name_first =
            line.split_once(',').is_some_and(|(name, rest)| word_count(name) <= 4 && begins(rest));
        (parts.map(str::trim).any(begins) || is_name_first).then_some(day)
    }
}

/// Whether a line that says nothing that is known may stand between headline and text: short ones before the
/// first paragraph, and one longer standfirst.
fn may_be_above(line: &Line, is_first: bool, before_text: bool) -> bool {
    const LONGEST: usize = 45;
    line.kind.is_none() && word_count(&line.text) <= LONGEST && (is_first || before_text)
}

fn is_caption(line: &str) -> bool {
    without_credit(line).len() < line.trim().len()
}

/// "Home » World » Asia".
fn is_trail(line: &str) -> bool {
    [" » ", " > ", " › ", " / "].iter().any(|mark| line.matches(mark).count() >= 2)
        || [" » ", " > ", " › "].iter().any(|mark| line.split(mark).count() == 2 && word_count(line) <= 4)
}

fn is_outlet(name: &str) -> bool {
    let words: Vec<String> = name.split_whitespace().map(fold).collect();
    words.len() >= 2 && words.iter().any(|word| listed(&OUTLET_WORDS, word))
}

fn skip_repeated<'l>(lines: &'l [Line], title: &str) -> &'l [Line] {
    let place = lines.iter().take(12).position(|line| bare(&line.text) == bare(title));
    place.map_or(lines, |place| &lines[place + 1..])
}

fn without_update_label(line: &str) -> String {
    let folded = fold(line);
    opens_with(&UPDATE_LABELS, &folded)
        .and_then(|label| folded.get(label.len()..))
        .unwrap_or_default()
        .to_owned()
}

/// The site's name, where only an address speaks for it.
pub(super) fn host_of(fields: &Fields) -> Option<String> {
    fields.url.as_ref().and_then(address::domain)
}
