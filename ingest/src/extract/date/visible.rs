//! The dates that readers see: beside the headline, in elements that are called dates, at the head and the
//! foot of the text.

use dateline_index::published::Precision;
use scraper::ElementRef;

use super::order::PageOrder;
use super::outline::{Outline, Zone};
use super::parts::text_in;
use super::stated::of_element;
use super::{Says, Stated, is_date_line, labels};
use crate::extract::candidate::{Candidate, Found};
use crate::extract::lists::{BESIDE_PARTS, NEVER_PARTS, OTHER_PARTS};
use crate::extract::page::Page;
use crate::extract::text::{fold, word_count};
use crate::extract::written::{Written, dates};

/// So many lines below the headline its own line of date and authors stands, and half as many above it.
const NEAR: usize = 6;

/// A line of more bytes is no date line.
const LONGEST_LINE: usize = 200;
/// Nor is one a sentence about the publication.
const LONGEST_SENTENCE: usize = 500;

/// Each date that readers see.
pub(super) fn candidates(page: &Page, outline: &Outline<'_>, order: PageOrder) -> Vec<Candidate<Stated>> {
    let mut seen = Seen { page, outline, order, found: Vec::new(), places: Vec::new() };
    for line in 0..outline.lines.len() {
        seen.line(line);
    }
    for (element, line) in &outline.dated {
        seen.element(*element, *line);
    }
    seen.found
}

struct Seen<'a> {
    page: &'a Page,
    outline: &'a Outline<'a>,
    order: PageOrder,
    found: Vec<Candidate<Stated>>,
    /// The places where something was found, each once with what it said.
    places: Vec<(&'static str, Says)>,
}

impl Seen<'_> {
    fn add(&mut self, written: &Written, says: Says, trust: u32, found: Found, place: &'static str) {
        if written.date.precision() >= Precision::Day {
            let other = written.other.filter(|_| !self.order.is_shown);
            self.found.push(Candidate::new(Stated { date: written.date, other, says, trust }, found, place));
            if !self.places.contains(&(place, says)) {
                self.places.push((place, says));
            }
        }
    }

    fn line(&mut self, number: usize) {
        let line = &self.outline.lines[number];
        let text = line.text.as_str();
        if !text.contains(char::is_numeric) {
            return;
        }
        let zone = self.outline.zone(number);
        if self.outline.is_paragraph(number) || text.len() > LONGEST_SENTENCE {
            if matches!(zone, Zone::Below(_)) {
                self.dateline(text);
            }
            if text.len() > LONGEST_SENTENCE {
                return;
            }
        }
        let is_apart = self.is_apart(line.element, zone);
        for written in dates(text, self.order.order) {
            if !is_apart {
                self.written(&written, number, zone);
            } else if self.outline.is_at_the_foot(line.element)
                && labels::says(&written.before) == Says::Change
            {
                self.add(&written, Says::Change, 10, Found::Text, "foot of the page");
            }
        }
    }

    fn written(&mut self, written: &Written, number: usize, zone: Zone) {
        let text = self.outline.lines[number].text.as_str();
        let says = self.says(written, number);
        let is_line = text.len() <= LONGEST_LINE && is_date_line(text, written);
        let (place, labelled, plain) = match zone {
            // The headline itself: a date in it is the article's matter.
            Zone::Above(0) => return,
            Zone::Below(_) if is_line => ("below the headline", 85, 60),
            Zone::Above(_) if is_line => ("above the headline", 80, 55),
            _ if self.outline.is_in_list(self.outline.lines[number].element) => return,
            _ if says != Says::Nothing && (is_line || near_label(written)) => ("line of the page", 45, 0),
            _ if is_line && written.spare_words <= 5 => ("line of the page", 25, 25),
            _ => return,
        };
        let found = if matches!(zone, Zone::Elsewhere) || place == "line of the page" {
            Found::Text
        } else {
            Found::Byline
        };
        // The nearest date is the article's; others beside the headline may be those of its matter.
        let again = self.places.contains(&(place, Says::Nothing));
        let plain = if again { plain * 2 / 3 } else { plain };
        self.add(written, says, by_label(says, labelled, plain), found, place);
    }

    /// What the words before a date say, else the line before it.
    fn says(&self, written: &Written, number: usize) -> Says {
        let said = labels::says(&written.before);
        if said != Says::Nothing || number == 0 {
            return said;
        }
        if !written.before.is_empty() {
            return labels::says_after(written);
        }
        let above = fold(&self.outline.lines[number - 1].text);
        if word_count(&above) <= 5 && (above.ends_with(':') || word_count(&above) <= 2) {
            labels::says(&above)
        } else {
            said
        }
    }

    /// "BERLIN, 3. Mai 2019 – ", "29.11.2022 – Mehrfach": the date that opens the text.
    fn dateline(&mut self, text: &str) {
        const OPENING: usize = 100;
        let end = text.char_indices().nth(OPENING).map_or(text.len(), |(end, _)| end);
        let Some(first) = dates(&text[..end], self.order.order).into_iter().next() else { return };
        let parted = first.after.starts_with(['-', ':', '|', ')', '.', '/']) && first.words_before <= 4;
        if parted || first.before.is_empty() {
            self.add(
                &first,
                Says::Nothing,
                if parted { 45 } else { 30 },
                Found::Text,
                "first words of the text",
            );
        }
    }

    /// An element that is called a date, with little else in it.
    fn element(&mut self, element: ElementRef<'_>, line: usize) {
        let zone = self.outline.zone(line);
        let is_time = element.value().name() == "time";
        // What is marked for machines was read as such.
        if element.value().attr("itemprop").is_some_and(|name| name.contains("date")) {
            return;
        }
        let shown = text_in(element, LONGEST_LINE);
        if shown.len() > LONGEST_LINE {
            return;
        }
        let class = fold(element.value().attr("class").unwrap_or_default());
        let says_change = ["updat", "modif", "change"].iter().any(|word| class.contains(word))
            && !class.contains("publi")
            && !class.contains("entry-date");
        let stated =
            if is_time || element.value().name() == "abbr" { of_element(element) } else { shown.clone() };
        let Some(written) = dates(&stated, self.order.order).into_iter().next() else { return };
        if !is_date_line(&stated, &written) || self.is_apart(element, zone) {
            return;
        }
        let says_first = class.contains("published")
            || class.contains("entry-date")
            || element.value().attr("pubdate").is_some();
        let said = match labels::says(&written.before) {
            Says::Nothing if says_change => Says::Change,
            Says::Nothing if says_first => Says::First,
            said => said,
        };
        let said = if said == Says::Nothing && is_time { self.around(element) } else { said };
        let first_here = !self.places.contains(&("element", said));
        let in_list = zone == Zone::Elsewhere && self.outline.is_in_list(element);
        let (labelled, plain) = match zone {
            _ if in_list && self.outline.is_first_of_list(element) => (25, 25),
            _ if in_list => (10, 5),
            // A date that is a part of the headline's element, and no word of the headline.
            Zone::Above(0) if is_part(&shown, &self.outline.lines[line].text) => (60, 50),
            Zone::Above(0) => return,
            Zone::Below(_) if first_here => (85, 60),
            Zone::Above(_) if first_here => (80, 55),
            Zone::Below(_) | Zone::Above(_) => (60, 40),
            Zone::Elsewhere if first_here => (55, 35),
            Zone::Elsewhere => (20, 15),
        };
        let found = if is_time { Found::Time } else { Found::Byline };
        self.add(&written, said, by_label(said, labelled, plain), found, "element");
    }

    /// What the text around a `<time>` says of it.
    fn around(&self, element: ElementRef<'_>) -> Says {
        const LONGEST: usize = 120;
        let Some(parent) = element.parent().and_then(ElementRef::wrap) else { return Says::Nothing };
        let (own, around) = (fold(&text_in(element, LONGEST)), fold(&text_in(parent, LONGEST)));
        match around.find(&own) {
            Some(place) if around.len() <= LONGEST && !own.is_empty() => labels::says(&around[..place]),
            _ => Says::Nothing,
        }
    }

    fn is_apart(&self, element: ElementRef<'_>, zone: Zone) -> bool {
        let near = match zone {
            Zone::Below(distance) => distance <= NEAR,
            Zone::Above(distance) => distance <= NEAR / 2,
            Zone::Elsewhere => false,
        };
        self.outline.lies_in(element, &NEVER_PARTS)
            || !near && (self.outline.lies_in(element, &OTHER_PARTS) || self.outline.is_at_the_foot(element))
            || zone == Zone::Elsewhere
                && (self.outline.lies_in(element, &BESIDE_PARTS) || self.page.is_apart(element))
    }
}

/// Whether a text opens or ends a line that says more.
fn is_part(text: &str, line: &str) -> bool {
    text.len() < line.len() && (line.starts_with(text) || line.ends_with(text))
}

fn by_label(says: Says, labelled: u32, plain: u32) -> u32 {
    match says {
        Says::First => labelled,
        Says::Nothing => plain,
        Says::Change => 20,
    }
}

/// Whether the label stands right before the date, or right after it where that says it: a sentence may tell
/// of any publication.
fn near_label(written: &Written) -> bool {
    const MOST: usize = 6;
    word_count(&written.before) <= MOST || labels::says(&written.before) == Says::Nothing && written.is_last
}
