//! Every line that the terminal shows: answers to stdout, all else to stderr, and the exit codes.
//!
//! 0: done. 1: not done. 2: wrong usage. A broken pipe is no failure: the reader has seen enough.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use anyhow::Result;
use serde::Serialize;

use crate::config::Usage;

/// Prints an answer and lets it go at once, so that a program that reads along sees it.
pub(crate) fn answer(line: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush())?;
    Ok(())
}

/// Prints an answer as one line of JSON.
pub(crate) fn json(value: &impl Serialize) -> Result<()> {
    answer(&serde_json::to_string(value)?)
}

/// Tells something beside the answer.
#[expect(clippy::print_stderr, reason = "this is the module that prints")]
pub(crate) fn tell(line: &str) {
    eprintln!("{line}");
}

/// Tells why a command could not be done.
pub(crate) fn failed(error: &anyhow::Error) -> ExitCode {
    let is_broken_pipe = |cause: &(dyn std::error::Error + 'static)| {
        cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    };
    if error.chain().any(is_broken_pipe) {
        return ExitCode::SUCCESS;
    }
    tell(&format!("dateline: {error:#}"));
    if error.is::<Usage>() {
        tell("Try `dateline --help`.");
        return ExitCode::from(2);
    }
    ExitCode::FAILURE
}

/// Bold and faint where the answer goes to a terminal that wants it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    colour: bool,
}

impl Style {
    pub(crate) fn of_stdout() -> Self {
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        Self { colour: wanted && io::stdout().is_terminal() }
    }

    pub(crate) fn bold(self, text: &str) -> String {
        if self.colour { format!("\x1b[1m{text}\x1b[0m") } else { text.to_owned() }
    }

    pub(crate) fn faint(self, text: &str) -> String {
        if self.colour { format!("\x1b[2m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// A match: bold and underlined, in brackets where there is no colour.
    pub(crate) fn mark(self, text: &str) -> String {
        if self.colour { format!("\x1b[1;4m{text}\x1b[0m") } else { format!("[{text}]") }
    }
}

/// A text that a terminal can show: what would move its cursor or turn its direction is taken out,
/// and lines become one.
pub(crate) fn plain(text: &str) -> String {
    let keep = |c: char| {
        let bidi = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if c.is_whitespace() { Some(' ') } else { (!c.is_control() && !bidi).then_some(c) }
    };
    text.chars().filter_map(keep).collect()
}

/// A text of several lines that a terminal can show.
pub(crate) fn lines(text: &str) -> String {
    text.lines().map(plain).collect::<Vec<_>>().join("\n")
}

/// A number with its thousands apart: 1,229.
pub(crate) fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A number with its noun: 1 article, 2 articles.
pub(crate) fn count(n: u64, noun: &str) -> String {
    let plural = if n == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", number(n))
}

/// What is said of a page that lies behind the end of its list.
pub(crate) fn past_the_end(offset: usize, total: u64, noun: &str) -> String {
    format!("The list ends before --offset {offset}: it has {}.", count(total, noun))
}

/// Bytes as people read them.
pub(crate) fn bytes(n: u64) -> String {
    indicatif::HumanBytes(n).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_nouns_agree() {
        assert_eq!(number(0), "0");
        assert_eq!(number(1_229), "1,229");
        assert_eq!(number(12_345_678), "12,345,678");
        assert_eq!((count(1, "article"), count(1_000, "file")), ("1 article".into(), "1,000 files".into()));
    }

    #[test]
    fn a_headline_cannot_command_the_terminal() {
        assert_eq!(plain("a\x1b[31mred\u{202e}\nb"), "a[31mred b");
    }
}
