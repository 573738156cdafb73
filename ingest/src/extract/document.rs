//! A parsed page with its elements by name and attribute: a selector visits those only that could match.

use std::collections::HashMap;
use std::ops::Deref;

use ego_tree::NodeId;
use scraper::{ElementRef, Html};

use super::selector::{ATTRIBUTES, Selector, place_of};

/// A parsed page.
pub(super) struct Document {
    html: Html,
    /// The elements, in the order in which the parser met them.
    elements: Vec<NodeId>,
    /// The places of the elements of each name.
    names: HashMap<Box<str>, Vec<u32>>,
    /// The values of each of [`ATTRIBUTES`].
    attributes: [Values; ATTRIBUTES.len()],
}

/// The values of one attribute on a page, in one text: it is searched in one go.
#[derive(Debug, Default)]
struct Values {
    /// The values in lower case, one after another, each with a line feed behind it.
    text: String,
    /// Where each value ends.
    ends: Vec<usize>,
    /// The last of the holders of each value.
    last: Vec<u32>,
    /// Elements, each with the holder of the same value before it.
    holders: Vec<(u32, Option<u32>)>,
}

impl Document {
    pub(super) fn parse(source: &str) -> Self {
        let html = Html::parse_document(source);
        let mut elements = Vec::new();
        let mut names: HashMap<&str, Vec<u32>> = HashMap::new();
        let mut attributes: [Values; ATTRIBUTES.len()] = Default::default();
        // Classes are many, and mostly the same ones again.
        let mut classes: HashMap<&str, u32> = HashMap::new();
        for element in html.tree.nodes().filter_map(ElementRef::wrap) {
            // What the parser took out of the tree again is no part of the page.
            if element.parent().is_none() {
                continue;
            }
            let place = number(elements.len());
            elements.push(element.id());
            names.entry(element.value().name()).or_default().push(place);
            for (name, value) in element.value().attrs() {
                let Some(attribute) = place_of(name) else { continue };
                let values = &mut attributes[attribute];
                let known = (name == "class").then(|| *classes.entry(value).or_insert(values.next()));
                values.add(known.unwrap_or(values.next()), value, place);
            }
        }
        let names = names.into_iter().map(|(name, places)| (name.into(), places)).collect();
        Self { elements, names, attributes, html }
    }

    /// The elements that match, in the order in which the parser met them: that of the page, but for
    /// what its markup misplaced.
    pub(super) fn select<'a>(&'a self, selector: &'a Selector) -> impl Iterator<Item = ElementRef<'a>> {
        let places = self.candidates(selector);
        let element = |place: u32| {
            let node = self.html.tree.get(self.elements[usize::try_from(place).ok()?])?;
            ElementRef::wrap(node).filter(|element| selector.matches(element))
        };
        places.into_iter().filter_map(element)
    }

    /// The places of the elements that have what the selector asks for at the least, in order.
    fn candidates(&self, selector: &Selector) -> Vec<u32> {
        let keys = selector.keys();
        if keys.any {
            return (0..number(self.elements.len())).collect();
        }
        let named = keys.names.iter().filter_map(|name| self.names.get(name.as_str()));
        let mut places: Vec<u32> = named.flatten().copied().collect();
        let holders = keys.attributes.iter().flat_map(|attribute| &self.attributes[*attribute].holders);
        places.extend(holders.map(|(element, _)| *element));
        for (attribute, pattern) in &keys.values {
            self.attributes[*attribute].find(pattern, &mut places);
        }
        places.sort_unstable();
        places.dedup();
        places
    }
}

impl Deref for Document {
    type Target = Html;

    fn deref(&self) -> &Self::Target {
        &self.html
    }
}

impl Values {
    /// The number of a value that is not there yet.
    fn next(&self) -> u32 {
        number(self.ends.len())
    }

    /// Keeps that an element has a value, which has a number.
    fn add(&mut self, value: u32, text: &str, element: u32) {
        let holder = number(self.holders.len());
        match self.last.get_mut(value as usize) {
            Some(last) => self.holders.push((element, Some(std::mem::replace(last, holder)))),
            None => {
                self.holders.push((element, None));
                self.last.push(holder);
                self.text.extend(text.chars().map(|c| c.to_ascii_lowercase()));
                self.text.push('\n');
                self.ends.push(self.text.len());
            }
        }
    }

    /// Adds the elements with a value in which a pattern is found.
    fn find(&self, pattern: &regex::Regex, places: &mut Vec<u32>) {
        let mut at = 0;
        while let Some(found) = pattern.find_at(&self.text, at) {
            let value = self.ends.partition_point(|end| *end <= found.start());
            at = self.ends[value];
            let mut holder = Some(self.last[value]);
            while let Some(one) = holder {
                let (element, before) = self.holders[one as usize];
                places.push(element);
                holder = before;
            }
        }
    }
}

/// Pages have fewer bytes than such a number counts: see the limits of the first pass over a page.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
