//! What the elements of a page hold and lie in, each counted in one pass: a page may have 200,000.

use std::collections::HashMap;

use super::edges::ends_sentence;
use super::features::count;
use super::labels::label_scores;
use super::segments::{Segment, Segments};

/// What an element lies in, itself included.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Within {
    pub(super) quote: bool,
    pub(super) table: bool,
    pub(super) article: bool,
    /// The least and the sum of what labels say against it; those of elements that hold most of the
    /// page's prose say nothing.
    pub(super) least_label: f32,
    pub(super) sum_of_labels: f32,
    main: bool,
    /// From the main element up to the first that holds this one, too.
    apart: usize,
    /// How many block elements it lies in.
    depth: usize,
}

/// The elements of a page, by number.
pub(super) struct Tree {
    /// Words of prose, words, words in links, of block elements.
    pub(super) inside: Vec<[f32; 3]>,
    pub(super) within: Vec<Within>,
    /// The element that holds most of the prose most closely.
    main: usize,
    pub(super) all_prose: usize,
    /// Segments of prose in the main element.
    pub(super) marks: Vec<usize>,
    /// The nearest block element around each, itself included.
    block: Vec<usize>,
}

impl Tree {
    pub(super) fn of(page: &Segments) -> Self {
        let (elements, segments) = (&page.elements, &page.segments);
        let mut block: Vec<usize> = Vec::with_capacity(elements.len());
        for (id, element) in elements.iter().enumerate() {
            block.push(if element.block || id == 0 { id } else { block[element.parent] });
        }
        let mut inside = vec![[0.0; 3]; elements.len()];
        // Prose by how far down it stands: here, one down, two down, and further with less and less weight.
        let mut close = vec![[0.0_f32; 4]; elements.len()];
        let mut all_prose = 0;
        for segment in segments {
            let (id, prose) = (block[segment.element], prose_of(segment));
            let words = count(segment.words);
            add(&mut inside[id], [count(prose), words, words * segment.linked]);
            close[id][0] += count(prose);
            all_prose += prose;
        }
        for id in (1..elements.len()).rev().filter(|&id| elements[id].block) {
            let up = block[elements[id].parent];
            let [here, one, two, more] = close[id];
            let of_child = inside[id];
            add(&mut inside[up], of_child);
            add(&mut close[up], [0.0, here, one, 0.75 * (two + more)]);
        }
        let closeness = |id: usize| close[id].iter().sum::<f32>();
        let main = (0..elements.len()).max_by(|&a, &b| closeness(a).total_cmp(&closeness(b))).unwrap_or(0);
        let mut tree = Self { inside, within: Vec::new(), main, all_prose, marks: Vec::new(), block };
        tree.within = tree.all_within(page);
        let marks = segments
            .iter()
            .enumerate()
            .filter(|(_, segment)| prose_of(segment) > 0 && tree.within[segment.element].main);
        tree.marks = marks.map(|(place, _)| place).collect();
        tree
    }

    fn all_within(&self, page: &Segments) -> Vec<Within> {
        let most = 0.6 * count(self.all_prose);
        let path: Vec<usize> = page.chain(self.main).collect();
        // Elements of one kind are many.
        let mut scores: HashMap<(&str, &str), (f32, f32)> = HashMap::new();
        let mut all: Vec<Within> = Vec::with_capacity(page.elements.len());
        for (id, element) in page.elements.iter().enumerate() {
            let mut within = if id == 0 { Within::default() } else { all[element.parent] };
            let name = &*element.name;
            within.quote |= name == "blockquote";
            within.table |= name == "table";
            within.article |= name == "article" || name == "main";
            within.main |= id == self.main;
            within.depth += usize::from(element.block);
            if let Some(steps) = path.iter().position(|&on_path| on_path == id) {
                within.apart = steps;
            }
            let (least, sum) = *scores
                .entry((name, &*element.labels))
                .or_insert_with(|| label_scores(name, &element.labels));
            if self.inside[id][0] <= most || most == 0.0 {
                within.least_label = within.least_label.min(least);
                within.sum_of_labels += sum;
            }
            all.push(within);
        }
        all
    }

    /// The block elements around a segment, innermost first.
    pub(super) fn blocks<'a>(&'a self, page: &'a Segments, place: usize) -> impl Iterator<Item = usize> + 'a {
        let first = self.block[page.segments[place].element];
        std::iter::successors(Some(first), move |&id| (id != 0).then(|| self.block[page.elements[id].parent]))
    }

    /// Whether a segment lies in the main element; and how many block elements lie between them, or how
    /// many elements up from the main one holds both.
    pub(super) fn way_to_main(&self, page: &Segments, place: usize) -> (bool, usize) {
        let within = self.within[self.block[page.segments[place].element]];
        match within.main {
            true => (true, within.depth - self.within[self.main].depth),
            false => (false, within.apart),
        }
    }
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
