//! A plain-text copy, as a reader made it from a page, becomes an article.

use dateline_index::article::{BlockKind, Origin};

use super::blocks::Piece;
use super::text::{squeeze, without_controls};
use super::{Outcome, Rules, edges, furniture, markdown, verdict};

mod dateline;
mod draft;
mod fields;
mod foot;
mod head;
mod headline;
mod labels;
mod paragraphs;

pub(super) use fields::Fields;
use head::Head;

/// A line with what its markup said of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    /// What it is, where markup says so.
    pub(super) kind: Option<BlockKind>,
}

/// Extracts a text.
pub(super) fn extract(source: &str, origin: &Origin, rules: &Rules) -> Outcome {
    let source = without_controls(&source.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " "));
    let mut fields = Fields::default();
    let pieces = read(&source, origin, &mut fields);
    if pieces.is_empty() && fields.titles.is_empty() {
        let reason = match source.trim().is_empty() {
            true => "the text is empty",
            false => "nothing is left of the text beside addresses, labels and the lines of a page",
        };
        return Outcome::NotArticle(reason.to_owned(), Box::default());
    }
    let title = fields.titles.first().map(|title| title.value.clone()).unwrap_or_default();
    let is_signed = !fields.dates.is_empty() || !fields.authors.is_empty();
    let no_article = verdict::copy_is_none(&title, &pieces, is_signed);
    let draft = Box::new(draft::choose(fields, &pieces, origin, rules));
    match no_article {
        Some(reason) => Outcome::NotArticle(reason, draft),
        None => Outcome::Draft(draft),
    }
}

/// Reads head and foot of a copy into fields; what is left is its text.
fn read(source: &str, origin: &Origin, fields: &mut Fields) -> Vec<Piece> {
    let order = dateline::order_of(source);
    let mut lines = match is_markdown(origin) {
        true => {
            let (front, rest) = markdown::front_matter(source);
            front.offer(fields, order);
            markdown::lines(rest)
        }
        false => lines(source),
    };
    lines = labels::unwrap_mail(lines, fields);
    labels::take(&mut lines, fields, order);
    if let Some(parted) = dateline::parted_head(&lines) {
        lines = parted;
    }
    let whole = format!(" {} ", squeeze(source));
    let (rest, in_menus) = Head { fields, order, whole }.read(&lines);
    let mut pieces = paragraphs::paragraphs(&rest);
    if in_menus {
        foot::drop_footer(&mut pieces);
    }
    edges::mark_headings(&mut pieces);
    dateline::read(&pieces, fields, order);
    foot::take_note(&mut pieces, fields);
    foot::take_closing_byline(&mut pieces, fields);
    fields.settle_lone_name();
    furniture::strip(pieces)
}

fn is_markdown(origin: &Origin) -> bool {
    let names = [&origin.member, &origin.file, &origin.place];
    names.iter().any(|name| name.to_ascii_lowercase().ends_with(".md"))
}

fn lines(source: &str) -> Vec<Line> {
    source.lines().map(|line| Line { text: squeeze(line), kind: None }).collect()
}
