//! A plain-text copy, as a reader made it from a page, becomes an article.

use dateline_index::article::{BlockKind, Byline, Origin};
use dateline_index::published::Published;
use dateline_index::record::Identity;
use jiff::civil::Date;

use super::blocks::{Piece, join};
use super::candidate::Found;
use super::furniture::{self, is_furniture, without_bracketed_credit};
use super::markdown::{self, FrontMatter};
use super::text::{squeeze, without_controls, word_count};
use super::written::Order;
use super::{Draft, Outcome, Rules, address, byline, date, edges, language, notes};

/// Extracts a text.
pub(super) fn extract(source: &str, origin: &Origin, rules: &Rules) -> Outcome {
    let source = without_controls(&source.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " "));
    let is_markdown = [&origin.member, &origin.file, &origin.place]
        .iter()
        .any(|name| name.to_ascii_lowercase().ends_with(".md"));
    let (front, rest) =
        if is_markdown { markdown::front_matter(&source) } else { (FrontMatter::default(), source.as_str()) };
    let lines = if is_markdown { markdown::lines(rest) } else { lines(rest) };
    let mut head = Head::default();
    let rest = head.read(&lines, &front, rules.latest);
    let mut pieces = paragraphs(rest);
    edges::mark_headings(&mut pieces);
    let note = notes::find(&pieces);
    if let Some(note) = note {
        if head.bylines.is_empty() {
            head.bylines.push(note.author);
        }
        pieces.drain(note.pieces);
    }
    let closing = take_closing_byline(&mut pieces);
    if head.bylines.is_empty() {
        head.bylines = closing;
    }
    let pieces = furniture::strip(pieces);
    let (text, blocks) = join(&pieces);
    if text.is_empty() && word_count(&head.title) < 3 {
        return Outcome::Skipped("the text is empty".to_owned());
    }
    let url = front.url.as_deref().and_then(address::clean);
    let identity = if url.is_some() { address::identity(url.as_ref()) } else { Identity::Place };
    Outcome::Draft(Box::new(Draft {
        title: head.title,
        standfirst: head.standfirst,
        bylines: head.bylines,
        published: head.published,
        section: head.section,
        tags: front.tags,
        language: language::choose(&text, front.language.as_deref()),
        url: url.map(|url| url.to_string()),
        identity,
        text,
        blocks,
        ..Draft::default()
    }))
}

/// A line with what its markup said of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    /// What it is, where markup says so.
    pub(super) kind: Option<BlockKind>,
}

fn lines(source: &str) -> Vec<Line> {
    source.lines().map(|line| Line { text: squeeze(line), kind: None }).collect()
}

/// What stands above the text.
#[derive(Default)]
struct Head {
    title: String,
    standfirst: Option<String>,
    bylines: Vec<Byline>,
    published: Option<Published>,
    section: Option<String>,
}

impl Head {
    /// Reads the head of the lines; what is left is the text.
    fn read<'a>(&mut self, lines: &'a [Line], front: &FrontMatter, latest: Date) -> &'a [Line] {
        self.title = front.title.clone().unwrap_or_default();
        self.bylines =
            front.authors.iter().flat_map(|text| byline::names_in(text, false)).map(Byline).collect();
        self.date(
            front.date.as_deref().and_then(|text| date::read(text, Order::DayFirst)),
            Found::Record,
            latest,
        );
        let mut lines = lines;
        if self.title.is_empty() {
            lines = self.take_title(lines);
        } else {
            lines = skip_repeated_title(lines, &self.title);
        }
        self.read_lines(lines, latest)
    }

    fn take_title<'a>(&mut self, lines: &'a [Line]) -> &'a [Line] {
        let start = lines
            .iter()
            .position(|line| !line.text.is_empty() && !is_furniture(&line.text))
            .unwrap_or(lines.len());
        let lines = &lines[start..];
        let Some(first) = lines.first() else { return lines };
        let stretch = lines.iter().take_while(|line| !line.text.is_empty()).count();
        let wrapped = stretch >= 3
            && lines[..stretch - 1].iter().all(|line| (50..=100).contains(&line.text.chars().count()));
        let sentence = word_count(&first.text) > 30;
        if wrapped || sentence {
            return lines;
        }
        self.title = first.text.clone();
        &lines[1..]
    }

    fn read_lines<'a>(&mut self, lines: &'a [Line], latest: Date) -> &'a [Line] {
        const LONGEST_HEAD: usize = 16;
        let mut pending: Option<usize> = None;
        let mut end = 0;
        for (place, line) in lines.iter().enumerate().take(LONGEST_HEAD) {
            if line.text.is_empty() {
                continue;
            }
            if self.read_line(&line.text, latest) {
                if let Some(standfirst) = pending.take() {
                    self.unclaimed(&lines[standfirst].text);
                }
                end = place + 1;
            } else if pending.is_none() && can_be_above(&line.text) {
                pending = Some(place);
            } else {
                break;
            }
        }
        &lines[end..]
    }

    /// Reads a line of the head; `false` if it is none that is known.
    fn read_line(&mut self, line: &str, latest: Date) -> bool {
        if is_furniture(line) {
            return true;
        }
        let mut known = false;
        let names = byline::signed_line(line);
        if !names.is_empty() {
            known = true;
            if self.bylines.is_empty() {
                self.bylines = names.into_iter().map(Byline).collect();
            }
        }
        if let Some(found) = date::date_line(line, Order::DayFirst)
            && word_count(line) <= 14
        {
            known = true;
            self.date(Some(found), Found::Text, latest);
        }
        known
    }

    /// A line between title and date that says nothing of itself: a section, or a standfirst.
    fn unclaimed(&mut self, line: &str) {
        if word_count(line) <= 3 {
            self.section.get_or_insert_with(|| line.to_owned());
        } else {
            self.standfirst.get_or_insert_with(|| line.to_owned());
        }
    }

    fn date(&mut self, date: Option<dateline_index::published::PartialDate>, found: Found, latest: Date) {
        let candidates: Vec<_> = date
            .map(|date| super::candidate::Candidate::new(date, found, found.name()))
            .into_iter()
            .collect();
        if self.published.is_none() {
            self.published = date::choose(&candidates, latest);
        }
    }
}

fn can_be_above(line: &str) -> bool {
    word_count(line) <= 45
}

fn skip_repeated_title<'a>(lines: &'a [Line], title: &str) -> &'a [Line] {
    let place = lines.iter().position(|line| !line.text.is_empty());
    match place {
        Some(place) if super::text::bare(&lines[place].text) == super::text::bare(title) => {
            &lines[place + 1..]
        }
        _ => lines,
    }
}

/// The paragraphs of a text: lines that were wrapped are joined again.
fn paragraphs(lines: &[Line]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for stretch in lines.split(|line| line.text.is_empty()).filter(|stretch| !stretch.is_empty()) {
        if stretch.iter().all(|line| line.kind.is_none()) && is_wrapped(stretch) {
            let text = stretch.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ");
            pieces.push(piece(&text, None));
        } else {
            pieces.extend(stretch.iter().map(|line| piece(&line.text, line.kind)));
        }
    }
    pieces
}

/// Whether lines are one paragraph that was cut at a width: all but the last about as long.
fn is_wrapped(stretch: &[Line]) -> bool {
    let Some((last, full)) = stretch.split_last() else { return false };
    let widest = stretch.iter().map(|line| line.text.chars().count()).max().unwrap_or_default();
    !full.is_empty()
        && (40..=140).contains(&widest)
        && full.iter().all(|line| line.text.chars().count() * 10 >= widest * 6)
        && !last.text.starts_with(['-', '*', '•'])
        && !stretch.iter().any(|line| is_furniture(&line.text))
}

fn piece(text: &str, kind: Option<BlockKind>) -> Piece {
    if let Some(kind) = kind {
        return Piece { kind, text: text.to_owned() };
    }
    if let Some(caption) = without_bracketed_credit(text).filter(|_| word_count(text) <= 80) {
        return Piece { kind: BlockKind::Caption, text: caption.to_owned() };
    }
    if let Some(item) = ["- ", "* ", "• "].iter().find_map(|mark| text.strip_prefix(mark)) {
        return Piece { kind: BlockKind::List, text: item.trim().to_owned() };
    }
    Piece { kind: BlockKind::Paragraph, text: text.to_owned() }
}

/// "By Jane Doe" under the text.
fn take_closing_byline(pieces: &mut Vec<Piece>) -> Vec<Byline> {
    let last = pieces.iter().rposition(|piece| !is_furniture(&piece.text));
    let Some(last) = last.filter(|&last| last > 0 && word_count(&pieces[last].text) <= 10) else {
        return Vec::new();
    };
    let names = byline::signed_line(&pieces[last].text);
    if !names.is_empty() {
        pieces.truncate(last);
    }
    names.into_iter().map(Byline).collect()
}
