//! What the elements of a page hold and lie in, each counted in one pass: a page may have 200,000.

use std::collections::HashMap;

use super::edges::ends_sentence;
use super::features::count;
use super::labels::{Label, label_of};
use super::segments::{Element, Segment, Segments};

/// Of how many elements that a segment lies in names are weighed together.
const NEAR: usize = 4;

/// What an element lies in, itself included.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Within {
    pub(super) quote: bool,
    pub(super) table: bool,
    pub(super) article: bool,
    /// What labels say against it and for it; those of elements that hold most of the page's prose
    /// say nothing.
    pub(super) label: Label,
    /// How many block elements it lies in.
    pub(super) depth: usize,
    main: bool,
    /// From the main element up to the first that holds this one, too.
    apart: usize,
    /// The weights of the labels of the nearest elements.
    near: [f32; NEAR],
}

impl Within {
    /// What the labels of the nearest elements weigh.
    pub(super) fn weight(&self) -> f32 {
        self.near.iter().sum()
    }
}

/// Segments that lie in elements of the same names, all the way up: pages are made from templates.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Alike {
    pub(super) segments: f32,
    pub(super) words: f32,
    pub(super) linked: f32,
    pub(super) prose: f32,
    pub(super) sentences: f32,
}

/// The elements of a page, by number.
pub(super) struct Tree {
    /// Words of prose, words, words in links, of block elements.
    pub(super) inside: Vec<[f32; 3]>,
    pub(super) within: Vec<Within>,
    pub(super) all_prose: usize,
    /// Of each segment.
    pub(super) prose: Vec<usize>,
    /// Segments of prose in the main element.
    pub(super) marks: Vec<usize>,
    /// The element that holds most of the prose most closely.
    main: usize,
    /// The nearest block element around each, itself included.
    block: Vec<usize>,
    /// The names of each element and of those around it, as a hash.
    path: Vec<u64>,
    /// By the path of a segment's block element, and by that of the block element around it.
    alike: [HashMap<u64, Alike>; 2],
}

impl Tree {
    pub(super) fn of(page: &Segments<'_>) -> Self {
        let (elements, segments) = (&page.elements, &page.segments);
        let mut block: Vec<usize> = Vec::with_capacity(elements.len());
        for (id, element) in elements.iter().enumerate() {
            block.push(if element.block || id == 0 { id } else { block[element.parent] });
        }
        let prose: Vec<usize> = segments.iter().map(prose_of).collect();
        let mut inside = vec![[0.0; 3]; elements.len()];
        // Prose by how far down it stands: here, one down, two down, and further with less and less weight.
        let mut close = vec![[0.0_f32; 4]; elements.len()];
        for (segment, &prose) in segments.iter().zip(&prose) {
            let (id, words) = (block[segment.element], count(segment.words));
            add(&mut inside[id], [count(prose), words, words * segment.linked]);
            close[id][0] += count(prose);
        }
        for id in (1..elements.len()).rev().filter(|&id| elements[id].block) {
            let up = block[elements[id].parent];
            let [here, one, two, more] = close[id];
            let of_child = inside[id];
            add(&mut inside[up], of_child);
            add(&mut close[up], [0.0, here, one, 0.75 * (two + more)]);
        }
        let closeness: Vec<f32> = close.iter().map(|close| close.iter().sum()).collect();
        let main = (0..elements.len()).max_by(|&a, &b| closeness[a].total_cmp(&closeness[b])).unwrap_or(0);
        let mut tree = Self {
            inside,
            within: Vec::new(),
            all_prose: prose.iter().sum(),
            prose,
            marks: Vec::new(),
            main,
            block,
            path: Vec::new(),
            alike: Default::default(),
        };
        tree.look_up(page);
        tree.find_twins(page);
        tree.gather(page);
        tree
    }

    /// What each element lies in.
    fn look_up(&mut self, page: &Segments<'_>) {
        let most = 0.6 * count(self.all_prose);
        let mut steps = vec![None; page.elements.len()];
        page.chain(self.main).enumerate().for_each(|(step, id)| steps[id] = Some(step));
        // Elements of one kind are many.
        let mut kinds: HashMap<(&str, [&str; 4]), (Label, u64)> = HashMap::new();
        for (id, element) in page.elements.iter().enumerate() {
            let mut within = if id == 0 { Within::default() } else { self.within[element.parent] };
            let name = element.name;
            within.quote |= name == "blockquote";
            within.table |= name == "table";
            within.article |= name == "article" || name == "main";
            within.main |= id == self.main;
            within.depth += usize::from(element.block);
            within.apart = steps[id].unwrap_or(within.apart);
            let kind = kinds.entry((name, element.labels));
            let (label, hash) = *kind.or_insert_with(|| (label_of(name, &element.labels), hash_of(element)));
            if self.inside[id][0] <= most || most == 0.0 {
                within.label.least = within.label.least.min(label.least);
                within.label.most = within.label.most.max(label.most);
                within.label.sum += label.sum;
                within.near.rotate_right(1);
                within.near[0] = label.weight;
            }
            let above = if id == 0 { 0 } else { self.path[element.parent] };
            self.path.push((above.rotate_left(5) ^ hash).wrapping_mul(PRIME));
            self.within.push(within);
        }
    }

    /// A column that an advertisement parts is two elements of the same names: all of them are the main one.
    fn find_twins(&mut self, page: &Segments<'_>) {
        let main = self.path[self.main];
        for (id, element) in page.elements.iter().enumerate().skip(1) {
            self.within[id].main |= self.path[id] == main || self.within[element.parent].main;
        }
    }

    /// What the segments of each path have in common, and which are the main element's prose.
    fn gather(&mut self, page: &Segments<'_>) {
        for (place, segment) in page.segments.iter().enumerate() {
            if self.prose[place] > 0 && self.within[segment.element].main {
                self.marks.push(place);
            }
            let words = count(segment.words);
            let ids: Vec<usize> = self.blocks(page, place).take(2).collect();
            for (alike, id) in self.alike.iter_mut().zip(ids) {
                let alike = alike.entry(self.path[id]).or_default();
                alike.segments += 1.0;
                alike.words += words;
                alike.linked += words * segment.linked;
                alike.prose += count(self.prose[place]);
                alike.sentences += f32::from(ends_sentence(&segment.text));
            }
        }
    }

    /// The segments on the path of a segment's block element (level 0), or of the one around it (1).
    pub(super) fn alike(&self, page: &Segments<'_>, place: usize, level: usize) -> Alike {
        let path = self.blocks(page, place).nth(level).map(|id| self.path[id]);
        path.and_then(|path| self.alike[level].get(&path).copied()).unwrap_or_default()
    }

    /// The paths of a segment's block element and of the one around it.
    pub(super) fn paths(&self, page: &Segments<'_>, place: usize) -> [u64; 2] {
        let mut paths = self.blocks(page, place).map(|id| self.path[id]);
        let own = paths.next().unwrap_or_default();
        [own, paths.next().unwrap_or(own)]
    }

    /// The block elements around a segment, innermost first.
    pub(super) fn blocks<'a>(
        &'a self,
        page: &'a Segments<'_>,
        place: usize,
    ) -> impl Iterator<Item = usize> + 'a {
        let first = self.block[page.segments[place].element];
        std::iter::successors(Some(first), move |&id| (id != 0).then(|| self.block[page.elements[id].parent]))
    }

    /// Whether a segment lies in the main element; and how many block elements lie between them, or how
    /// many elements up from the main one holds both.
    pub(super) fn way_to_main(&self, page: &Segments<'_>, place: usize) -> (bool, usize) {
        let within = self.within[self.block[page.segments[place].element]];
        match within.main {
            true => (true, within.depth - self.within[self.main].depth),
            false => (false, within.apart),
        }
    }

    /// Whether labels of this element say something: it holds no more than most of the page's prose.
    pub(super) fn is_part(&self, element: usize) -> bool {
        let most = 0.6 * count(self.all_prose);
        self.inside[element][0] <= most || most == 0.0
    }
}

const PRIME: u64 = 0x0100_0000_01b3;

/// FNV-1a of an element's name and labels, without words that have numbers: they name this one only.
fn hash_of(element: &Element<'_>) -> u64 {
    let words = element.labels.iter().flat_map(|label| label.split_ascii_whitespace());
    let words = words.filter(|word| !word.contains(|c: char| c.is_ascii_digit()));
    let bytes = words.flat_map(|word| [b' '].into_iter().chain(word.bytes()));
    element
        .name
        .bytes()
        .chain(bytes)
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
}

fn add<const N: usize>(sum: &mut [f32; N], part: [f32; N]) {
    sum.iter_mut().zip(part).for_each(|(sum, part)| *sum += part);
}

/// The words of a segment that is prose: sentences, few links.
fn prose_of(segment: &Segment) -> usize {
    const FEWEST: usize = 12;
    const MANY: usize = 25;
    let is_prose = segment.words >= FEWEST
        && segment.linked < 0.35
        && (segment.words >= MANY || ends_sentence(&segment.text));
    if is_prose { segment.words } else { 0 }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_column_that_an_advertisement_parts_is_one() {
        let line = "<p class=x1>The ferry stayed in the harbour for a third day because the wind would not turn.</p>";
        let html = scraper::Html::parse_document(&format!(
            "<div class=row><div class=text>{}</div></div><div class=ad>Buy</div>\
             <div class=row><div class=text>{line}</div></div><div class=row><div class=more>{line}</div></div>",
            line.repeat(9)
        ));
        let page = Segments::of(&html, &HashSet::new());
        let tree = Tree::of(&page);
        let inside: Vec<bool> =
            (0..page.segments.len()).map(|place| tree.way_to_main(&page, place).0).collect();
        assert_eq!(inside[8..], [true, false, true, false]);
    }
}
