//! Which elements are open: a model of a parser's stack that is never shallower than the real one
//! by more than the events it counts.

use super::names::{
    BARRIERS, BLOCKS, BREAKOUT, CELLS, DEFINITIONS, FOREIGN, FORMATTING, HEADINGS, IMPLIED, INDENTED,
    INTEGRATION, LISTS, MARKERS, Name, ROW_GROUPS, RUBY, SCOPED, TABLE_BARRIERS, TABLE_PARTS, is_special,
};

const A: Name = Name::of("a");
const BUTTON: Name = Name::of("button");
const NOBR: Name = Name::of("nobr");
const OPTION: Name = Name::of("option");
const P: Name = Name::of("p");
const TABLE: Name = Name::of("table");
const TR: Name = Name::of("tr");

#[derive(Clone, Copy)]
struct Open {
    name: Name,
    /// How many were lost, and the floor, as they were outside, for a marker.
    outside: (usize, usize),
}

/// The open elements of a page.
#[derive(Default)]
pub(super) struct Stack {
    open: Vec<Open>,
    /// Formatting elements that were closed by a block around them: a parser opens them anew.
    lost: Vec<Name>,
    /// How many of the lost ones lie outside the innermost marker, out of reach.
    floor: usize,
    /// How often formatting and blocks overlapped: each may leave the real stack one deeper.
    pub(super) overlaps: usize,
    /// How many of the open elements are indented.
    pub(super) indents: usize,
    foreign: usize,
    noscripts: usize,
    paragraphs: usize,
}

impl Stack {
    pub(super) fn depth(&self) -> usize {
        self.open.len() + self.lost.len()
    }

    /// How many elements a parser opens anew when it goes on.
    pub(super) fn lost(&self) -> usize {
        self.lost.len()
    }

    pub(super) fn len(&self) -> usize {
        self.open.len()
    }

    pub(super) fn is_foreign(&self) -> bool {
        self.foreign > 0
    }

    pub(super) fn is_in_noscript(&self) -> bool {
        self.noscripts > 0
    }

    pub(super) fn has(&self, name: Name) -> bool {
        self.open.iter().any(|open| open.name.is(name))
    }

    pub(super) fn push(&mut self, name: Name) {
        self.open.push(Open { name, outside: (self.lost.len(), self.floor) });
        if name.among(MARKERS) {
            self.floor = self.lost.len();
        }
        self.indents += usize::from(name.among(INDENTED));
        self.foreign += usize::from(name.among(FOREIGN));
        self.noscripts += usize::from(name.is(const { Name::of("noscript") }));
        self.paragraphs += usize::from(name.is(P));
    }

    fn forget(&mut self, open: Open) {
        if open.name.among(MARKERS) {
            self.lost.truncate(open.outside.0);
            self.floor = open.outside.1;
        } else if open.name.among(FORMATTING) {
            self.lost.push(open.name);
        }
        self.indents -= usize::from(open.name.among(INDENTED));
        self.foreign -= usize::from(open.name.among(FOREIGN));
        self.noscripts -= usize::from(open.name.is(const { Name::of("noscript") }));
        self.paragraphs -= usize::from(open.name.is(P));
    }

    /// Closes all from a place on. Formatting that was open inside is lost.
    pub(super) fn truncate(&mut self, place: usize) {
        while self.open.len() > place {
            if let Some(open) = self.open.pop() {
                self.forget(open);
            }
        }
    }

    fn find(&self, wanted: impl Fn(Name) -> bool, stops: impl Fn(Name) -> bool) -> Option<usize> {
        find(&self.open, wanted, stops)
    }

    /// From which place on a start tag closes what is open; `Err` if the tag itself is ignored
    /// there.
    pub(super) fn closed_by_start(&self, name: Name) -> Result<usize, Ignored> {
        let keep = self.open.len();
        if !self.is_foreign() {
            return self.closed_in_html(name, keep);
        }
        let outermost =
            self.open.iter().rposition(|open| open.name.among(INTEGRATION)).map_or(0, |at| at + 1);
        let foreign = self.open[outermost..].iter().position(|open| open.name.among(FOREIGN));
        match foreign.filter(|_| name.among(BREAKOUT)).map(|at| outermost + at) {
            // Back in ordinary markup, the tag closes there what it closes elsewhere.
            Some(place) => self.closed_in_html(name, place),
            None => Ok(keep),
        }
    }

    /// The same among the lowest `keep` open elements, outside drawings and formulas.
    fn closed_in_html(&self, name: Name, keep: usize) -> Result<usize, Ignored> {
        let open = &self.open[..keep];
        if name.among(TABLE_PARTS) {
            return self.closed_by_table_part(name).ok_or(Ignored);
        }
        let top_is = |group: &[Name]| open.last().is_some_and(|open| open.name.among(group));
        let item = |group: &[Name]| {
            let passes =
                |n: Name| !is_special(n) || n.among(const { &[Name::of("address"), Name::of("div"), P] });
            find(open, |open| open.among(group), |open| !passes(open))
        };
        let mut place = keep;
        if name.is(const { Name::of("li") }) {
            place = item(&[name]).unwrap_or(keep);
        } else if name.among(DEFINITIONS) {
            place = item(DEFINITIONS).unwrap_or(keep);
        } else if name.among(const { &[OPTION, Name::of("optgroup")] }) {
            place = keep - usize::from(top_is(&[OPTION]));
        } else if name.among(RUBY) {
            let inside =
                find(open, |open| open.is(const { Name::of("ruby") }), |open| open.among(BARRIERS)).is_some();
            let implied = open.iter().rev().take_while(|open| open.name.among(IMPLIED)).count();
            place = if inside { keep - implied } else { keep };
        } else if name.is(BUTTON) {
            place = find(open, |open| open.is(BUTTON), |open| open.among(BARRIERS)).unwrap_or(keep);
        }
        if self.paragraphs > 0 && name.among(BLOCKS) {
            let stops = |open: Name| open.among(BARRIERS) || open.is(BUTTON);
            place = place.min(find(open, |open| open.is(P), stops).unwrap_or(keep));
        }
        if place == keep && name.among(HEADINGS) && top_is(HEADINGS) {
            place = keep - 1;
        }
        Ok(place)
    }

    fn closed_by_table_part(&self, name: Name) -> Option<usize> {
        let table = self.find(|open| open.is(TABLE), |open| open.among(TABLE_BARRIERS))?;
        let stays = |open: Name| match name {
            _ if name.is(TR) => open.among(ROW_GROUPS),
            _ if name.among(CELLS) && !name.is(const { Name::of("caption") }) => {
                open.is(TR) || open.among(ROW_GROUPS)
            }
            _ => false,
        };
        let kept = self.open[table + 1..].iter().take_while(|open| stays(open.name)).count();
        Some(table + 1 + kept)
    }

    /// From which place on an end tag closes what is open; `None` if it closes nothing.
    pub(super) fn closed_by_end(&self, name: Name) -> Option<usize> {
        if name.among(TABLE_PARTS) {
            return self.find(|open| open.is(name), |open| open.among(TABLE_BARRIERS));
        }
        if name.is(TABLE) {
            return self.find(|open| open.is(TABLE), |open| open.among(TABLE_BARRIERS));
        }
        if name.among(HEADINGS) {
            return self.find(|open| open.among(HEADINGS), |open| open.among(BARRIERS));
        }
        let is_list_item = name.is(const { Name::of("li") });
        let stops = |open: Name| {
            let through = name.among(BLOCKS) || name.among(SCOPED) || name.among(FORMATTING);
            match through {
                true => {
                    open.among(BARRIERS)
                        || (is_list_item && open.among(LISTS))
                        || (name.is(P) && open.is(BUTTON))
                }
                false => is_special(open),
            }
        };
        self.find(|open| open.is(name), stops)
    }

    /// Follows a start tag of something with content, as a parser would.
    pub(super) fn start(&mut self, name: Name) {
        if (name.is(A) || name.is(NOBR))
            && !self.is_foreign()
            && let Some(place) = self.find(|open| open.is(name), |open| open.among(MARKERS))
        {
            self.close_formatting(place);
        }
        if let Ok(place) = self.closed_by_start(name) {
            self.truncate(place);
            self.push(name);
        }
    }

    /// Follows an end tag, as a parser would. Tells whether it closed anything.
    pub(super) fn end(&mut self, name: Name) -> bool {
        let place = self.closed_by_end(name);
        match place {
            Some(place) if name.among(FORMATTING) => self.close_formatting(place),
            // A form leaves what is open inside it open.
            Some(place) if name.is(const { Name::of("form") }) => {
                self.open.remove(place);
            }
            Some(place) => self.truncate(place),
            None => self.find_again(name),
        }
        place.is_some()
    }

    /// Closes one formatting element. Blocks that are open inside stay open.
    fn close_formatting(&mut self, place: usize) {
        if self.open[place + 1..].iter().any(|open| is_special(open.name)) {
            self.overlaps += 1;
            self.open.remove(place);
        } else {
            self.truncate(place);
            self.lost.pop();
        }
    }

    /// An end tag of formatting that was lost: it will not be opened anew.
    fn find_again(&mut self, name: Name) {
        let reachable = &self.lost[self.floor.min(self.lost.len())..];
        if let Some(place) = reachable.iter().rposition(|lost| lost.is(name)) {
            self.lost.remove(self.floor + place);
        }
    }
}

/// From the top down: the first that is wanted, unless one that stops the search comes before.
fn find(open: &[Open], wanted: impl Fn(Name) -> bool, stops: impl Fn(Name) -> bool) -> Option<usize> {
    let last = open.iter().rposition(|open| wanted(open.name) || stops(open.name))?;
    wanted(open[last].name).then_some(last)
}

/// A start tag that means nothing where it stands: a cell outside any table.
pub(super) struct Ignored;
