//! Chooses among what a copy offers for each field, and says what is uncertain about it.

use std::path::Path;

use dateline_index::article::{Byline, DoubtKind, Origin, Source};
use dateline_index::published::Published;
use dateline_index::record::Identity;

use super::super::blocks::{Piece, join};
use super::super::body::shown;
use super::super::candidate::{Candidate, Found, evidence};
use super::super::edges::ends_sentence;
use super::super::text::{squeeze, word_count};
use super::super::{Draft, Rules, address, date, language};
use super::fields::Fields;
use super::head::host_of;

/// Makes an article of what a copy offers.
pub(super) fn choose(mut fields: Fields, pieces: &[Piece], origin: &Origin, rules: &Rules) -> Draft {
    let mut draft = Draft::default();
    (draft.text, draft.blocks) = join(pieces);
    title(&mut draft, &mut fields, pieces, origin);
    authors(&mut draft, &fields);
    dates(&mut draft, &fields, rules);
    outlet(&mut draft, &fields);
    about(&mut draft, &fields);
    let texts = [Candidate::new(shown(pieces), Found::Text, "what is left of the copy")];
    let why = "the copy without head, author's note and furniture";
    draft.settle("text", &texts, (Some(0), why), String::clone);
    draft
}

/// The headline; where a copy has none its first sentence, and where that is long the name of its file.
fn title(draft: &mut Draft, fields: &mut Fields, pieces: &[Piece], origin: &Origin) {
    let mut why = "the first place that names one";
    if fields.titles.is_empty() {
        let sentence = first_words(pieces);
        let named = name_of_file(origin).filter(|_| sentence.is_empty() || sentence.ends_with('…'));
        why = "the copy has no headline";
        let reason = match named {
            Some(name) => {
                fields.title(&name, Found::File, "file name");
                "the copy has no headline; the name of its file stands in"
            }
            None => "the copy has no headline; its first sentence stands in",
        };
        fields.title(&sentence, Found::Text, "first sentence");
        draft.doubt(DoubtKind::Other, "title", reason);
    }
    let chosen = first_of(&fields.titles);
    draft.title = draft.settle("title", &fields.titles, (chosen, why), String::clone).unwrap_or_default();
}

fn authors(draft: &mut Draft, fields: &Fields) {
    let choice = (first_of(&fields.authors), "the first place that names any");
    let names = draft.settle("authors", &fields.authors, choice, |names| names.join("; "));
    draft.bylines = names.unwrap_or_default().into_iter().map(Byline).collect();
    if fields.guessed_author {
        let reason = "a name without \"By\" beside the headline was taken for the author's";
        draft.doubt(DoubtKind::AuthorMayBeOutlet, "authors", reason);
    }
}

fn dates(draft: &mut Draft, fields: &Fields, rules: &Rules) {
    draft.published = date::choose(&fields.dates, rules.latest);
    let is_chosen = |date: &Candidate<_>| {
        let published = draft.published.as_ref();
        published
            .is_some_and(|published| date.value == published.date && date.found.name() == published.found)
    };
    let dated = fields.dates.iter().position(is_chosen);
    let why = "the first place that states one";
    draft.evidence.push(evidence("published", &fields.dates, dated, why, ToString::to_string));
    let changes: Vec<_> = fields
        .updated
        .map(|date| Candidate::new(date, Found::Text, "line near the headline"))
        .into_iter()
        .collect();
    draft.updated =
        date::choose(&changes, rules.latest).filter(|updated| is_later(updated, draft.published.as_ref()));
    if !changes.is_empty() {
        let chosen = draft.updated.is_some().then_some(0);
        let why = "the copy says that it was changed then";
        draft.evidence.push(evidence("updated", &changes, chosen, why, ToString::to_string));
    }
    if let Some(figures) = &fields.ambiguous {
        let reason = format!("day and month of {figures:?} could be meant the other way round");
        draft.doubt(DoubtKind::DateAmbiguous, "published", reason);
    }
    if let Some((one, other)) = fields.disagreeing_days(rules.latest) {
        draft.doubt(DoubtKind::DatesDisagree, "published", format!("the copy states {one} and {other}"));
    }
}

fn is_later(updated: &Published, published: Option<&Published>) -> bool {
    published.is_none_or(|published| updated.date.sort_key() > published.date.sort_key())
}

/// The outlet that the copy names, else the host of its address; and the address.
fn outlet(draft: &mut Draft, fields: &Fields) {
    let domain = host_of(fields);
    let host = domain.clone().map(|host| Candidate::new(host, Found::Url, "host of its address"));
    let names: Vec<_> = fields.outlet.clone().into_iter().chain(host).collect();
    let choice = (first_of(&names), "the outlet that the copy names, else its site");
    let name = draft.settle("source", &names, choice, String::clone);
    draft.source = name.map(|name| Source { name, domain });
    draft.identity = fields.url.as_ref().map_or(Identity::Place, |url| address::identity(Some(url)));
    let pages: Vec<_> = fields
        .url
        .iter()
        .filter(|url| url.path() != "/" || url.query().is_some())
        .map(|url| Candidate::new(url.to_string(), Found::Text, "address in the copy"))
        .collect();
    draft.url = draft.settle("url", &pages, (first_of(&pages), "the copy states it"), String::clone);
}

/// Standfirst, section, tags, language.
fn about(draft: &mut Draft, fields: &Fields) {
    let offered = |value: &Option<String>, place: &'static str| -> Vec<Candidate<String>> {
        value.iter().map(|text| Candidate::new(text.clone(), Found::Text, place)).collect()
    };
    let why = "the copy's head has it";
    let standfirsts = offered(&fields.standfirst, "line under the headline");
    draft.standfirst = draft.settle("standfirst", &standfirsts, (first_of(&standfirsts), why), String::clone);
    let sections = offered(&fields.section, "line near the headline");
    draft.section = draft.settle("section", &sections, (first_of(&sections), why), String::clone);
    let lists: Vec<_> = Some(&fields.tags)
        .filter(|tags| !tags.is_empty())
        .map(|tags| Candidate::new(tags.clone(), Found::Text, "labelled line"))
        .into_iter()
        .collect();
    let tags = draft.settle("tags", &lists, (first_of(&lists), why), |tags| tags.join("; "));
    draft.tags = tags.unwrap_or_default();
    draft.language_by(fields.language.as_deref(), Found::Record);
}

impl Draft {
    /// The language of a record's text, of which the record may say something.
    pub(in super::super) fn language_by(&mut self, said: Option<&str>, place: Found) {
        let candidates = language::candidates_of(&self.text, said, place);
        let choice = language::choose_of(&candidates, &self.text);
        let name = |language: &dateline_index::language::Language| language.name().to_owned();
        self.language = self.settle("language", &candidates, (choice.place, choice.why), name);
    }
}

fn first_of<T>(candidates: &[Candidate<T>]) -> Option<usize> {
    (!candidates.is_empty()).then_some(0)
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

/// What a file is called, where somebody named it with words.
fn name_of_file(origin: &Origin) -> Option<String> {
    const FEWEST: usize = 3;
    let names = [&origin.member, &origin.file, &origin.place];
    let name = names.into_iter().find(|name| !name.is_empty())?;
    let stem = Path::new(name).file_stem()?.to_string_lossy().replace('_', " ");
    let stem = if stem.contains(' ') { stem } else { stem.replace('-', " ") };
    let stem = squeeze(&stem);
    let worded = stem.split(' ').filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1);
    (worded.count() >= FEWEST && word_count(&stem) >= FEWEST).then_some(stem)
}
