//! Given names, surnames and towns, from `ingest/data/tagger/names.txt`.

use dateline_index::actor::Field;
use dateline_ingest::actors::FieldText;
use dateline_ingest::actors::tagger::{Hashed, Lexicon, known, tokens};

const NAMES: &str = include_str!("../../data/tagger/names.txt");

/// Adds them to what is known of words.
pub(crate) fn add(lexicon: &mut Lexicon) {
    let mut what = 0;
    for line in NAMES.lines().filter(|line| !line.starts_with('#')) {
        match line {
            "[given]" => what = known::GIVEN,
            "[surname]" => what = known::SURNAME,
            "[city]" => what = known::CITY,
            "[region]" => what = known::REGION,
            "[town]" => what = known::TOWN,
            _ => {
                let field = FieldText::new(Field::Text, line, None);
                let words = tokens(&field)
                    .iter()
                    .map(|token| Hashed::new(&line[token.start..token.end]).word)
                    .collect::<Vec<_>>();
                lexicon.insert_name(&words, what);
            }
        }
    }
}
