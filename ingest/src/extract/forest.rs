//! Boosted regression trees (J. H. Friedman, "Greedy function approximation: a gradient boosting
//! machine", Annals of Statistics 29, 2001), read from a text file.
//!
//! A file names its features, gives the probability above which a "yes" is one, the score before any tree, and then
//! the nodes of each tree:
//! `feature threshold left right` (a value up to the threshold goes left, to the node of that number
//! in its tree) or `score`. The scores of the leaves that are reached add up to log-odds.

/// Trees whose scores add up.
#[derive(Debug)]
pub(super) struct Forest {
    /// The names of the features, in the order in which values are given.
    pub(super) names: Vec<&'static str>,
    threshold: f32,
    base: f32,
    /// The nodes of all trees, those of each by themselves.
    nodes: Vec<Node>,
    /// Where each tree begins.
    roots: Vec<u32>,
}

/// A node: of a leaf, `left` is itself and `value` its score.
#[derive(Clone, Copy, Debug)]
struct Node {
    feature: u32,
    value: f32,
    left: u32,
    right: u32,
}

impl Forest {
    /// Reads a file; `None` if it is no forest.
    pub(super) fn read(file: &'static str) -> Option<Self> {
        let (names, nodes, roots) = (Vec::new(), Vec::new(), Vec::new());
        let mut forest = Self { names, threshold: 0.5, base: 0.0, nodes, roots };
        for line in file.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let mut words = line.split_whitespace();
            match words.next()? {
                "features" => forest.names = words.collect(),
                "threshold" => forest.threshold = words.next()?.parse().ok()?,
                "base" => forest.base = words.next()?.parse().ok()?,
                "tree" => forest.roots.push(u32::try_from(forest.nodes.len()).ok()?),
                first => {
                    let here = u32::try_from(forest.nodes.len()).ok()?;
                    let root = *forest.roots.last()?;
                    forest.nodes.push(Node::read(first, words, &forest.names, root, here)?);
                }
            }
        }
        forest.is_sound().then_some(forest)
    }

    /// Every walk ends: both ways of a split lead further down in its tree.
    fn is_sound(&self) -> bool {
        let ends = self.roots.iter().skip(1).copied().map(|end| end as usize).chain([self.nodes.len()]);
        self.roots.iter().map(|root| *root as usize).zip(ends).all(|(root, end)| {
            let is_sound = |place: usize| {
                let Node { value, left, right, .. } = self.nodes[place];
                let inside = |to: u32| (to as usize) > place && (to as usize) < end;
                value.is_finite() && (left as usize == place || inside(left) && inside(right))
            };
            root < end && (root..end).all(is_sound)
        })
    }

    /// The probability that these values speak for: 0 to 1.
    pub(super) fn probability(&self, values: &[f32]) -> f32 {
        let score = self.roots.iter().map(|root| self.descend(*root, values)).sum::<f32>() + self.base;
        1.0 / (1.0 + (-score).exp())
    }

    /// Whether these values speak for it.
    pub(super) fn accepts(&self, values: &[f32]) -> bool {
        self.probability(values) > self.threshold
    }

    fn descend(&self, root: u32, values: &[f32]) -> f32 {
        let mut place = root;
        loop {
            let Node { feature, value, left, right } = self.nodes[place as usize];
            if left == place {
                return value;
            }
            let given = values.get(feature as usize).copied().unwrap_or_default();
            place = if given <= value { left } else { right };
        }
    }
}

impl Node {
    fn read<'a>(
        first: &str,
        mut rest: impl Iterator<Item = &'a str>,
        names: &[&str],
        root: u32,
        here: u32,
    ) -> Option<Self> {
        let Some(feature) = names.iter().position(|name| *name == first) else {
            return Some(Self { feature: 0, value: first.parse().ok()?, left: here, right: here });
        };
        let value = rest.next()?.parse().ok()?;
        let mut to = || root.checked_add(rest.next()?.parse().ok()?).filter(|to| *to != here);
        Some(Self { feature: u32::try_from(feature).ok()?, value, left: to()?, right: to()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# two trees\nfeatures long linked\nbase -1\ntree\nlong 10.5 1 2\n-2\n2\ntree\nlinked 0.5 1 2\n1\n-4\n";

    #[test]
    fn the_leaves_that_are_reached_add_up() {
        let forest = Forest::read(FILE).expect("a forest");
        let odds = |p: f32| (p / (1.0 - p)).ln();
        assert!((odds(forest.probability(&[11.0, 0.0])) - 2.0).abs() < 1e-4);
        assert!((odds(forest.probability(&[10.5, 0.9])) + 7.0).abs() < 1e-2);
    }

    #[test]
    fn a_file_whose_walks_would_not_end_is_refused() {
        assert!(Forest::read("features a\nbase 0\ntree\na 1 0 1\n2\n").is_none());
        assert!(Forest::read("features a\nbase 0\ntree\na 1 1 5\n2\n").is_none());
        assert!(Forest::read("features a\nbase 0\ntree\nunknown 1 1 2\n").is_none());
    }
}
