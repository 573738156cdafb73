//! Boosted regression trees (J. H. Friedman, "Greedy function approximation: a gradient boosting
//! machine", Annals of Statistics 29, 2001), read from a text file.
//!
//! A file names its features, gives the score before any tree, and then the nodes of each tree:
//! `feature threshold left right` (a value up to the threshold goes left, to the node of that number
//! in its tree) or `score`. The scores of the leaves that are reached add up to log-odds.

/// Trees whose scores add up.
#[derive(Debug)]
pub(super) struct Forest {
    /// The names of the features, in the order in which values are given.
    pub(super) names: Vec<&'static str>,
    base: f32,
    trees: Vec<Vec<Node>>,
}

#[derive(Clone, Copy, Debug)]
enum Node {
    Leaf(f32),
    Split { feature: usize, threshold: f32, left: usize, right: usize },
}

impl Forest {
    /// Reads a file; `None` if it is no forest.
    pub(super) fn read(file: &'static str) -> Option<Self> {
        let mut forest = Self { names: Vec::new(), base: 0.0, trees: Vec::new() };
        for line in file.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let mut words = line.split_whitespace();
            match words.next()? {
                "features" => forest.names = words.collect(),
                "base" => forest.base = words.next()?.parse().ok()?,
                "tree" => forest.trees.push(Vec::new()),
                first => {
                    let node = Node::read(first, words, &forest.names)?;
                    forest.trees.last_mut()?.push(node);
                }
            }
        }
        forest.is_sound().then_some(forest)
    }

    /// Every walk ends: both ways of a split lead further down.
    fn is_sound(&self) -> bool {
        self.trees.iter().all(|tree| {
            !tree.is_empty()
                && tree.iter().enumerate().all(|(place, node)| match *node {
                    Node::Leaf(score) => score.is_finite(),
                    Node::Split { left, right, .. } => {
                        left > place && right > place && left < tree.len() && right < tree.len()
                    }
                })
        })
    }

    /// The probability that these values speak for: 0 to 1.
    pub(super) fn probability(&self, values: &[f32]) -> f32 {
        let score = self.trees.iter().map(|tree| descend(tree, values)).sum::<f32>() + self.base;
        1.0 / (1.0 + (-score).exp())
    }
}

impl Node {
    fn read<'a>(first: &str, mut rest: impl Iterator<Item = &'a str>, names: &[&str]) -> Option<Self> {
        let Some(feature) = names.iter().position(|name| *name == first) else {
            return Some(Self::Leaf(first.parse().ok()?));
        };
        let threshold = rest.next()?.parse().ok()?;
        let left = rest.next()?.parse().ok()?;
        Some(Self::Split { feature, threshold, left, right: rest.next()?.parse().ok()? })
    }
}

fn descend(tree: &[Node], values: &[f32]) -> f32 {
    let mut place = 0;
    loop {
        match tree[place] {
            Node::Leaf(score) => return score,
            Node::Split { feature, threshold, left, right } => {
                let value = values.get(feature).copied().unwrap_or_default();
                place = if value <= threshold { left } else { right };
            }
        }
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
