//! Names that go with a corrected field: those in a headline, and those of who signed it or ran it.

use crate::actor::{self, Mention};
use crate::article::Article;
use crate::registry;

/// The mentions with those of a new headline: names that the article bore already, where they stand in it.
pub(super) fn of_title(article: &Article) -> Vec<Mention> {
    let mut names: Vec<&Mention> = article.mentions.iter().collect();
    // "Islamic State" before "Islamic"; of one spelling what the old headline meant.
    names.sort_by_key(|mention| (std::cmp::Reverse(mention.text.len()), mention.field));
    let title = &article.title;
    let mut found: Vec<Mention> = Vec::new();
    for name in names.into_iter().filter(|name| !name.text.is_empty()) {
        for (start, printed) in title.match_indices(&name.text) {
            let end = start + printed.len();
            let free = found.iter().all(|other| end <= other.start || other.end <= start);
            if free && is_word(title, start, end) {
                found.push(Mention { field: actor::Field::Title, start, end, ..name.clone() });
            }
        }
    }
    found.sort_by_key(|mention| mention.start);
    let others = article.mentions.iter().filter(|mention| mention.field != actor::Field::Title);
    found.extend(others.cloned());
    found
}

fn is_word(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

/// An article's own outlet and its own authors are not its actors.
pub(super) fn drop_own(article: &mut Article) {
    let names = article.bylines.iter().map(|byline| byline.0.as_str());
    let own: Vec<String> =
        names.chain(article.source.iter().map(|source| source.name.as_str())).map(registry::slug).collect();
    article.mentions.retain(|mention| !own.contains(&registry::slug(&mention.name)));
}
