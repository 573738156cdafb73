//! What makes one doubt that a text is all of it.

use dateline_index::article::{Doubt, DoubtKind};
use serde_json::Value;

use super::super::linked::is_a;
use super::super::page::Page;
use super::super::text::word_count;

/// Whether a page's JSON-LD says that readers pay for it.
pub(super) fn is_paid_for(page: &Page) -> bool {
    let paid = |value: &Value| match value {
        Value::Bool(free) => !free,
        Value::String(free) => free.eq_ignore_ascii_case("false"),
        _ => false,
    };
    page.linked
        .articles()
        .any(|node| !is_a(node, &["LiveBlogPosting"]) && node.get("isAccessibleForFree").is_some_and(paid))
}

/// What makes one doubt that a text is all of it: it is shorter than its description, much shorter
/// than the page says, or short behind a paywall.
pub(in super::super) fn is_short(page: &Page, text: &str, description: Option<&str>) -> Option<Doubt> {
    const SHORT: usize = 150;
    let words = word_count(text);
    let described = description.map_or(0, word_count);
    let stated = page.linked.articles().find_map(|node| {
        let value = node.get("wordCount")?;
        value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())
    });
    let stated = usize::try_from(stated.unwrap_or_default()).unwrap_or_default();
    let reason = if words < described {
        format!("The text has {words} words, its description {described}.")
    } else if stated > SHORT && words < stated / 2 {
        format!("The text has {words} words; the page says that there are {stated}.")
    } else if words < SHORT && is_paid_for(page) {
        format!("Readers pay for this article: {words} words of it can be read.")
    } else {
        return None;
    };
    Some(Doubt { kind: DoubtKind::TextShort, field: "text".to_owned(), reason })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_shorter_than_what_the_page_says_of_it_is_doubted() {
        let page =
            "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"wordCount\":\"900\"}</script>";
        let doubt = is_short(&Page::parse(page), "Only the first words can be read.", None);
        assert_eq!(
            doubt.map(|doubt| doubt.reason).as_deref(),
            Some("The text has 7 words; the page says that there are 900.")
        );
        assert_eq!(is_short(&Page::parse("<p>"), "Enough words.", Some("Words.")), None);
    }
}
