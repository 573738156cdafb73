//! The fields of the tantivy index, how each is analysed, stored and counted. One table.
//!
//! | field | holds | for |
//! | --- | --- | --- |
//! | `title`, `standfirst`, `text` | words, stems, capitals, with positions | words, phrases, prefixes |
//! | `article` | the article's number, indexed and fast | replacing, ties, reading |
//! | `revision` | the change that wrote it, fast | reading the very text that was indexed |
//! | `name` | numbers of names of actors and places with their prominence, fast, many | rows |
//! | `author`, `tag` | numbers, fast, many | rows |
//! | `source`, `section`, `language`, `year`, `date_found` | numbers, fast, one | rows |
//! | `published`, `first_day`, `last_day` | local seconds and days from 1970, fast | order and span |
//!
//! No text is stored: `archive.db` has it.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::actor;
use crate::analysis::{self, CAPITALS_MARK, STEM_MARK, Stems, Words};
use crate::language::Language;

/// Changes with the fields or with the analysis of text: an index of another version is built anew.
pub(super) const SCHEMA_VERSION: u32 = 3;

/// The name under which the tokenizer is registered.
const TOKENIZER: &str = "dateline";

/// The fields of the index.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    pub(super) title: Field,
    pub(super) standfirst: Field,
    pub(super) text: Field,
    pub(super) article: Field,
    pub(super) revision: Field,
    pub(super) name: Field,
    pub(super) author: Field,
    pub(super) tag: Field,
    pub(super) source: Field,
    pub(super) section: Field,
    pub(super) language: Field,
    pub(super) year: Field,
    pub(super) date_found: Field,
    pub(super) published: Field,
    pub(super) first_day: Field,
    pub(super) last_day: Field,
}

impl Fields {
    /// The schema and its fields.
    pub(super) fn schema() -> (Schema, Self) {
        let mut builder = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(TOKENIZER)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let words = TextOptions::default().set_indexing_options(indexing);
        let fast: NumericOptions = FAST.into();
        let fields = Self {
            title: builder.add_text_field("title", words.clone()),
            standfirst: builder.add_text_field("standfirst", words.clone()),
            text: builder.add_text_field("text", words),
            article: builder.add_u64_field("article", FAST | INDEXED),
            revision: builder.add_u64_field("revision", fast.clone()),
            name: builder.add_u64_field("name", fast.clone()),
            author: builder.add_u64_field("author", fast.clone()),
            tag: builder.add_u64_field("tag", fast.clone()),
            source: builder.add_u64_field("source", fast.clone()),
            section: builder.add_u64_field("section", fast.clone()),
            language: builder.add_u64_field("language", fast.clone()),
            year: builder.add_u64_field("year", fast.clone()),
            date_found: builder.add_u64_field("date_found", fast.clone()),
            published: builder.add_i64_field("published", fast.clone()),
            first_day: builder.add_i64_field("first_day", fast.clone()),
            last_day: builder.add_i64_field("last_day", fast),
        };
        (builder.build(), fields)
    }

    /// The fields that a word is looked for in.
    pub(super) fn of(&self, field: Option<actor::Field>) -> Vec<Field> {
        match field {
            None => vec![self.title, self.standfirst, self.text],
            Some(actor::Field::Title) => vec![self.title],
            Some(actor::Field::Standfirst) => vec![self.standfirst],
            Some(actor::Field::Text) => vec![self.text],
        }
    }
}

/// Registers the analysis of text with an index that was just opened.
pub(super) fn register_tokenizer(index: &tantivy::Index) {
    index.tokenizers().register(TOKENIZER, Analysis::default());
}

/// Ends the language code that stands before every text that is indexed.
const LANGUAGE_END: char = '\u{1f}';

/// A text as the tokenizer takes it: tantivy knows one tokenizer a field, while the stems of a text
/// depend on its article's language, so the language goes with the text.
pub(super) fn with_language(language: Option<Language>, text: &str) -> String {
    let code = language.as_ref().map_or("", |language| language.code());
    format!("{code}{LANGUAGE_END}{text}")
}

/// The tokens of `index/src/analysis.rs`, for tantivy.
#[derive(Debug, Default)]
struct Analysis {
    stems: Vec<(Option<Language>, Stems)>,
}

impl Clone for Analysis {
    /// The stems that were met are a memory only: a copy begins without.
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Tokenizer for Analysis {
    type TokenStream<'a> = Tokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens<'a> {
        let (code, text) = text.split_once(LANGUAGE_END).unwrap_or(("", text));
        let language = Language::from_code(code);
        let known = self.stems.iter().position(|(known, _)| *known == language);
        let place = known.unwrap_or_else(|| {
            self.stems.push((language, Stems::new(language)));
            self.stems.len() - 1
        });
        Tokens {
            text,
            words: Words::new(text),
            stems: &mut self.stems[place].1,
            token: Token::default(),
            pending: Vec::new(),
        }
    }
}

struct Tokens<'a> {
    text: &'a str,
    words: Words<'a>,
    stems: &'a mut Stems,
    token: Token,
    /// More tokens at the position of this one.
    pending: Vec<String>,
}

impl TokenStream for Tokens<'_> {
    fn advance(&mut self) -> bool {
        if let Some(text) = self.pending.pop() {
            self.token.text = text;
            return true;
        }
        let Some(word) = self.words.next() else { return false };
        let printed = &self.text[word.start..word.end];
        analysis::fold_word(printed, &mut self.token.text);
        self.token.position = word.position;
        self.token.offset_from = word.start;
        self.token.offset_to = word.end;
        let folded = &self.token.text;
        if analysis::is_capitals(printed) {
            self.pending.push(format!("{CAPITALS_MARK}{folded}"));
        }
        if let Some(stem) = self.stems.stem(printed, folded) {
            self.pending.push(format!("{STEM_MARK}{stem}"));
        }
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_carries_the_word_its_stem_and_its_capitals() {
        let mut analysis = Analysis::default();
        let text = with_language(Some(Language::ENGLISH), "IS attacks. It is");
        let mut stream = analysis.token_stream(&text);
        let mut tokens = Vec::new();
        stream.process(&mut |token| tokens.push((token.position, token.text.clone())));
        let expected = [(0, "is"), (0, "^is"), (1, "attacks"), (1, "~attack"), (2, "it"), (3, "is")];
        assert_eq!(tokens, expected.map(|(position, text)| (position, text.to_owned())));
    }
}
