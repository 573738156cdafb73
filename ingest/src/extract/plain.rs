//! A plain-text copy, as a reader made it from a page, becomes an article.

use dateline_index::article::{BlockKind, Byline, DoubtKind, Origin, Source};
use dateline_index::record::Identity;

use super::blocks::{Piece, join};
use super::candidate::{Candidate, Found, evidence};
use super::edges::ends_sentence;
use super::furniture::{self, is_furniture};
use super::markdown;
use super::text::{squeeze, without_controls, word_count};
use super::{Draft, Outcome, Rules, address, byline, date, edges, language, notes};

mod dateline;
mod fields;
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
    let order = dateline::order_of(&source);
    let mut fields = Fields::default();
    let mut lines = if is_markdown(origin) {
        let (front, rest) = markdown::front_matter(&source);
        front.offer(&mut fields, order);
        markdown::lines(rest)
    } else {
        lines(&source)
    };
    lines = labels::unwrap_mail(lines, &mut fields);
    labels::take(&mut lines, &mut fields, order);
    if let Some(parted) = dateline::parted_head(&lines) {
        lines = parted;
    }
    let whole = format!(" {} ", squeeze(&source));
    let (rest, in_menus) = Head { fields: &mut fields, order, whole }.read(&lines);
    let mut pieces = paragraphs::paragraphs(&rest);
    if in_menus {
        drop_footer(&mut pieces);
    }
    edges::mark_headings(&mut pieces);
    dateline::read(&pieces, &mut fields, order);
    take_note(&mut pieces, &mut fields);
    take_closing_byline(&mut pieces, &mut fields);
    fields.settle_lone_name();
    let pieces = furniture::strip(pieces);
    if pieces.is_empty() && fields.titles.first().is_none_or(|title| word_count(&title.value) < 3) {
        return Outcome::Skipped("the text is empty".to_owned());
    }
    Outcome::Draft(Box::new(draft(fields, &pieces, rules)))
}

fn is_markdown(origin: &Origin) -> bool {
    let names = [&origin.member, &origin.file, &origin.place];
    names.iter().any(|name| name.to_ascii_lowercase().ends_with(".md"))
}

fn lines(source: &str) -> Vec<Line> {
    source.lines().map(|line| Line { text: squeeze(line), kind: None }).collect()
}

/// Chooses among what the copy offers.
fn draft(mut fields: Fields, pieces: &[Piece], rules: &Rules) -> Draft {
    let (text, blocks) = join(pieces);
    let stands_in = fields.titles.is_empty();
    if stands_in {
        fields.title(&first_words(pieces), Found::Text, "first sentence");
    }
    let published = date::choose(&fields.dates, rules.latest);
    let dated = published.as_ref().and_then(|published| {
        fields
            .dates
            .iter()
            .position(|date| date.value == published.date && date.found.name() == published.found)
    });
    let shown_names = |names: &Vec<String>| names.join("; ");
    let texts = [Candidate::new(first_words(pieces), Found::Text, "what is left of the copy")];
    let evidence = vec![
        evidence("title", &fields.titles, Some(0), "the first place that names one", String::clone),
        evidence(
            "authors",
            &fields.authors,
            (!fields.authors.is_empty()).then_some(0),
            "the first place that names any",
            shown_names,
        ),
        evidence("published", &fields.dates, dated, "the first place that states one", ToString::to_string),
        evidence(
            "text",
            &texts,
            Some(0),
            "the copy without head, author's note and furniture",
            String::clone,
        ),
    ];
    let mut draft = Draft {
        updated: updated(&fields, published.as_ref(), rules),
        published,
        source: source(&fields),
        language: language::choose(&text, fields.language.as_deref()),
        identity: fields.url.as_ref().map_or(Identity::Place, |url| address::identity(Some(url))),
        url: fields
            .url
            .as_ref()
            .filter(|url| url.path() != "/" || url.query().is_some())
            .map(ToString::to_string),
        text,
        blocks,
        evidence,
        ..Draft::default()
    };
    doubt(&mut draft, &fields, stands_in, rules);
    let found = |place: Found| place.name().to_owned();
    if let Some(title) = fields.titles.into_iter().next() {
        draft.found.insert("title".to_owned(), found(title.found));
        draft.title = title.value;
    }
    if let Some(authors) = fields.authors.into_iter().next() {
        draft.found.insert("authors".to_owned(), found(authors.found));
        draft.bylines = authors.value.into_iter().map(Byline).collect();
    }
    if draft.source.is_some() {
        let place = fields.outlet.map_or(Found::Url, |outlet| outlet.found);
        draft.found.insert("source".to_owned(), found(place));
    }
    draft.found.insert("text".to_owned(), found(Found::Text));
    draft.standfirst = fields.standfirst;
    draft.section = fields.section;
    draft.tags = fields.tags;
    draft
}

fn updated(
    fields: &Fields,
    published: Option<&dateline_index::published::Published>,
    rules: &Rules,
) -> Option<dateline_index::published::Published> {
    let candidate = Candidate::new(fields.updated?, Found::Text, "line near the headline");
    let updated = date::choose(&[candidate], rules.latest)?;
    let later = published.is_none_or(|published| updated.date.sort_key() > published.date.sort_key());
    later.then_some(updated)
}

fn source(fields: &Fields) -> Option<Source> {
    let domain = head::host_of(fields);
    let name = fields.outlet.as_ref().map(|outlet| outlet.value.clone()).or_else(|| domain.clone())?;
    Some(Source { name, domain })
}

/// Says what is uncertain.
fn doubt(draft: &mut Draft, fields: &Fields, stands_in: bool, rules: &Rules) {
    if stands_in {
        draft.doubt(DoubtKind::Other, "title", "the copy has no headline; its first sentence stands in");
    }
    if let Some(figures) = &fields.ambiguous {
        let reason = format!("day and month of {figures:?} could be meant the other way round");
        draft.doubt(DoubtKind::DateAmbiguous, "published", reason);
    }
    if let Some((one, other)) = fields.disagreeing_days(rules.latest) {
        draft.doubt(DoubtKind::DatesDisagree, "published", format!("the copy states {one} and {other}"));
    }
    if fields.guessed_author {
        let reason = "a name without \"By\" beside the headline was taken for the author's";
        draft.doubt(DoubtKind::AuthorMayBeOutlet, "authors", reason);
    }
}

/// The first sentence of a text, or its first dozen words.
fn first_words(pieces: &[Piece]) -> String {
    const MOST: usize = 14;
    let Some(first) = pieces.first() else { return String::new() };
    let words: Vec<&str> = first.text.split_whitespace().collect();
    let end = words.iter().take(MOST).position(|word| ends_sentence(word) && word.chars().count() > 3);
    match end {
        Some(end) => words[..=end].join(" "),
        None if words.len() <= MOST => words.join(" "),
        None => format!("{} …", words[..MOST].join(" ")),
    }
}

/// Drops the links and lines that stand under the text of a copied page.
fn drop_footer(pieces: &mut Vec<Piece>) {
    const FEWEST: usize = 4;
    let is_short = |piece: &Piece| {
        piece.kind != BlockKind::Caption
            && (is_furniture(&piece.text) || word_count(&piece.text) <= 12 && !ends_sentence(&piece.text))
    };
    let run = pieces.iter().rev().take_while(|piece| is_short(piece)).count();
    if run >= FEWEST && run < pieces.len() {
        pieces.truncate(pieces.len() - run);
    }
}

fn take_note(pieces: &mut Vec<Piece>, fields: &mut Fields) {
    if let Some(note) = notes::find(pieces) {
        fields.authors(vec![note.author.0], Found::Text, "note under the text");
        pieces.drain(note.pieces);
    }
}

/// "By Jane Doe" under the text.
fn take_closing_byline(pieces: &mut Vec<Piece>, fields: &mut Fields) {
    let last = pieces.iter().rposition(|piece| !is_furniture(&piece.text));
    let Some(last) = last.filter(|&last| last > 0 && word_count(&pieces[last].text) <= 10) else { return };
    let names = byline::signed_line(&pieces[last].text);
    if !names.is_empty() {
        pieces.truncate(last);
    }
    fields.authors(names, Found::Byline, "line under the text");
}
