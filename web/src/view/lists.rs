//! What the pages of lists share: values to narrow by, and the way from page to page.

use super::{counted, number};

/// A value to narrow a list by, with what one gets by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Narrow {
    pub(crate) label: String,
    pub(crate) count: String,
    /// Where it leads: to the list narrowed by it, or without it if it is chosen.
    pub(crate) link: String,
    pub(crate) chosen: bool,
}

impl Narrow {
    pub(crate) fn new(label: impl Into<String>, count: u64, link: String, chosen: bool) -> Self {
        Self { label: label.into(), count: number(count), link, chosen }
    }
}

/// From page to page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pager {
    /// `21–40 of 187 records`; empty where all are on the page.
    pub(crate) span: String,
    pub(crate) first: Option<String>,
    pub(crate) next: Option<String>,
    /// `187 records`, where the page lies behind the last of them.
    pub(crate) past: String,
}

impl Pager {
    /// The way around a page of `shown` things from `offset` on; `to` makes the address of an offset.
    pub(crate) fn new(
        offset: usize,
        shown: usize,
        total: u64,
        thing: &str,
        next: Option<usize>,
        to: impl Fn(usize) -> String,
    ) -> Self {
        let is_part = offset > 0 || next.is_some();
        let last = offset.saturating_add(shown) as u64;
        let span = if is_part && shown > 0 {
            format!("{}–{} of {}", number(offset as u64 + 1), number(last), counted(total, thing))
        } else {
            String::new()
        };
        let past = if shown == 0 && total > 0 { counted(total, thing) } else { String::new() };
        Self { span, past, first: (offset > 0).then(|| to(0)), next: next.map(to) }
    }
}
