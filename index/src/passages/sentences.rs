//! Sentences of a text, and windows of them around the places that matter.

use std::ops::Range;

/// Windows of whole sentences, at most `length` bytes each, that together hold all the places (which
/// are in order of their starts). A sentence longer than that is cut at words around each place.
pub(super) fn windows(
    text: &str,
    length: usize,
    places: impl Iterator<Item = Range<usize>>,
) -> Vec<Range<usize>> {
    let sentences = sentences(text);
    let mut windows: Vec<Range<usize>> = Vec::new();
    let mut next = 0;
    for place in places {
        if windows.last().is_some_and(|last| place.end <= last.end) {
            continue;
        }
        while next + 1 < sentences.len() && sentences[next].end <= place.start {
            next += 1;
        }
        let Some(sentence) = sentences.get(next) else { continue };
        // A phrase can reach over the end of a sentence.
        let whole = sentence.start..sentence.end.max(place.end);
        windows.push(if whole.len() <= length {
            extended(text, &sentences[next..], whole, length)
        } else {
            cut_around(text, &whole, &place, length)
        });
    }
    windows
}

/// The sentence around each place (which are in order of their starts and fit the text), at most `length`
/// bytes of it.
pub(super) fn around(text: &str, length: usize, places: &[Range<usize>]) -> Vec<Range<usize>> {
    let sentences = sentences(text);
    let mut next = 0;
    let around = places.iter().map(|place| {
        while next + 1 < sentences.len() && sentences[next].end <= place.start {
            next += 1;
        }
        let Some(sentence) = sentences.get(next) else { return place.clone() };
        // A name can reach over the end of a sentence, and begin before it where the text is odd.
        let whole = sentence.start.min(place.start)..sentence.end.max(place.end);
        if whole.len() <= length { whole } else { cut_around(text, &whole, place, length) }
    });
    around.collect()
}

/// The first sentences of a text.
pub(super) fn first_window(text: &str, length: usize) -> Option<Range<usize>> {
    let sentences = sentences(text);
    let first = sentences.first()?.clone();
    if first.len() <= length {
        return Some(extended(text, &sentences, first, length));
    }
    let start = first.start;
    Some(cut_around(text, &first, &(start..start), length))
}

/// A window made longer by the sentences behind it, as far as they fit and their line goes: a heading
/// is not run into the paragraph below it.
fn extended(text: &str, sentences: &[Range<usize>], mut window: Range<usize>, length: usize) -> Range<usize> {
    let first_end = window.end;
    for sentence in sentences.iter().filter(|sentence| sentence.end > first_end) {
        let goes_on = sentence.start <= window.end || !text[window.end..sentence.start].contains('\n');
        if !goes_on || sentence.end - window.start > length {
            break;
        }
        window.end = sentence.end;
    }
    window
}

/// A stretch of a long sentence around a place, cut at spaces.
fn cut_around(text: &str, sentence: &Range<usize>, place: &Range<usize>, length: usize) -> Range<usize> {
    let spare = length.saturating_sub(place.len());
    let mut start = place.start.saturating_sub(spare / 3).max(sentence.start);
    start = ceil(text, start).min(place.start);
    let mut end = (start + length).max(place.end).min(sentence.end);
    end = floor(text, end).max(place.end);
    if start > sentence.start
        && let Some(space) = text[start..place.start].find(char::is_whitespace)
    {
        start += space;
    }
    if end < sentence.end
        && let Some(space) = text[place.end..end].rfind(char::is_whitespace)
    {
        end = place.end + space;
    }
    trimmed(text, start..end)
}

fn ceil(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let inside = &text[range.clone()];
    let start = range.start + (inside.len() - inside.trim_start().len());
    start..start + inside.trim().len()
}

/// Sentences, without the white space around them: they end with a stop and a space, and with a line.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut push = |range: Range<usize>| {
        let range = trimmed(text, range);
        if text[range.clone()].chars().any(char::is_alphanumeric) {
            sentences.push(range);
        }
    };
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let behind = at + c.len_utf8();
        let next = chars.peek().map(|(_, c)| *c);
        let ends = match c {
            '\n' => true,
            '。' | '！' | '？' => true,
            '.' => next.is_none_or(ends_sentence) && !is_abbreviation(&text[start..at]),
            '!' | '?' | '؟' | '…' | '۔' | '।' => next.is_none_or(ends_sentence),
            _ => false,
        };
        if ends {
            // A closing quotation mark belongs to the sentence that it ends.
            let end = match next {
                Some(quote) if c != '\n' && is_closing_quote(quote) => {
                    chars.next();
                    behind + quote.len_utf8()
                }
                _ => behind,
            };
            push(start..end);
            start = end;
        }
    }
    push(start..text.len());
    sentences
}

fn ends_sentence(next: char) -> bool {
    next.is_whitespace() || is_closing_quote(next)
}

fn is_closing_quote(c: char) -> bool {
    matches!(c, '"' | '”' | '’' | '»' | '）' | ')')
}

/// "U.S.", "Mr.", "J.": a stop behind a single letter, or behind a short word that titles are cut to.
fn is_abbreviation(before: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let mut letters = word.chars();
    let single = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
    single
        || matches!(
            word,
            "Dr" | "Gen"
                | "Gov"
                | "Jan"
                | "Feb"
                | "Aug"
                | "Sept"
                | "Oct"
                | "Nov"
                | "Dec"
                | "Lt"
                | "Mr"
                | "Mrs"
                | "Ms"
                | "No"
                | "Nr"
                | "Prof"
                | "Rep"
                | "Sen"
                | "Sgt"
                | "St"
                | "vs"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn sentences_end_where_readers_see_them_end() {
        assert_eq!(
            split("The U.S. said no. “Why?” asked Gen. Powell.\n\nA heading\nEnde 3.5 Prozent!"),
            ["The U.S. said no.", "“Why?”", "asked Gen. Powell.", "A heading", "Ende 3.5 Prozent!"]
        );
        assert_eq!(split(" \n . … "), Vec::<&str>::new());
        assert_eq!(split("第一。第二"), ["第一。", "第二"]);
    }

    #[test]
    fn a_heading_is_not_run_into_the_paragraph_below_it() {
        let text = "It ended on Monday. Nobody cheered.\n\nNine days in August\n\nThe first city fell.";
        let shown =
            |place: Range<usize>| text[windows(text, 300, std::iter::once(place))[0].clone()].to_owned();
        assert_eq!(shown(0..2), "It ended on Monday. Nobody cheered.");
        assert_eq!(shown(37..41), "Nine days in August");
    }

    #[test]
    fn a_sentence_without_end_is_cut_at_words_around_the_place() {
        let text = format!("{} needle {}", "hay ".repeat(500), "straw ".repeat(500));
        let at = text.find("needle").unwrap_or(0);
        let windows = windows(&text, 100, std::iter::once(at..at + 6));
        let shown = &text[windows[0].clone()];
        assert!(shown.len() <= 100 && shown.contains("needle"));
        assert!(shown.starts_with("hay") && shown.ends_with("straw"), "{shown}");
    }
}
