//! What a page says about its article besides its text, its people and its dates: address, title,
//! source, section, tags, standfirst, language. Each field is chosen from its candidates, with evidence.

use dateline_index::article::{DoubtKind, Source};
use dateline_index::language::Language;
use url::Url;

use super::candidate::{Candidate, evidence};
use super::page::Page;
use super::{Draft, address, headline, language, outlet, section, site, standfirst, tags};

/// What a page says about its article.
#[derive(Debug, Default)]
pub(super) struct About {
    pub(super) title: String,
    pub(super) url: Option<Url>,
    /// What the page calls its site, best first.
    pub(super) sites: Vec<String>,
    /// The fields that are settled, with their evidence and doubts, for the article that is to come.
    pub(super) draft: Draft,
}

impl About {
    /// Reads it; `known` is the address that the page's origin states.
    pub(super) fn read(page: &Page, known: Option<&str>) -> Self {
        let mut about = Self::default();
        let addresses = address::candidates(page, known);
        about.url = about.draft.settle("url", &addresses, address::choose(&addresses), Url::to_string);
        let names = site::candidates(page, about.url.as_ref());
        about.sites = site::names(&names);
        about.title = about.draft.title_of(page, &about.sites);
        about.draft.source = about.draft.source_of(&names, about.url.as_ref());
        let sections = section::candidates(page, about.url.as_ref(), &about.sites, &about.title);
        about.draft.section =
            about.draft.settle("section", &sections, section::choose(&sections), String::clone);
        let lists = tags::candidates(page, &about.sites, &about.title);
        let list = about.draft.settle("tags", &lists, tags::choose(&lists), |tags| tags.join("; "));
        about.draft.tags = list.unwrap_or_default();
        about
    }
}

impl Draft {
    /// Keeps where a field was found and what else it could have been; gives the value chosen.
    pub(super) fn settle<T: Clone>(
        &mut self,
        field: &'static str,
        candidates: &[Candidate<T>],
        (chosen, why): (Option<usize>, &str),
        show: impl Fn(&T) -> String,
    ) -> Option<T> {
        self.evidence.push(evidence(field, candidates, chosen, why, show));
        let candidate = &candidates[chosen?];
        self.found.insert(field.to_owned(), candidate.found.name().to_owned());
        Some(candidate.value.clone())
    }

    /// Takes back a field that was settled, and says why.
    pub(super) fn unsettle(&mut self, field: &'static str, why: &str) {
        self.found.remove(field);
        for evidence in self.evidence.iter_mut().filter(|evidence| evidence.field == field) {
            evidence.candidates.iter_mut().for_each(|offer| offer.chosen = false);
            why.clone_into(&mut evidence.why);
        }
    }

    fn title_of(&mut self, page: &Page, sites: &[String]) -> String {
        let candidates = headline::candidates(page, sites);
        let choice = headline::choose(&candidates);
        let chosen =
            self.settle("title", &candidates, (choice.place, &choice.why), |title| title.text().to_owned());
        if let Some(reason) = choice.doubt {
            self.doubt(DoubtKind::TitlesDisagree, "title", reason);
        }
        chosen.map(|title| title.text().to_owned()).unwrap_or_default()
    }

    fn source_of(&mut self, names: &[Candidate<String>], url: Option<&Url>) -> Option<Source> {
        let domain = url.and_then(address::domain);
        let choice = outlet::choose(names, domain.as_deref());
        let name = self.settle("source", names, choice, String::clone)?;
        Some(Source { name, domain })
    }

    /// The standfirst, and whether readers see it.
    pub(super) fn standfirst_of(&mut self, page: &Page, title: &str) -> Option<(String, bool)> {
        let candidates = standfirst::candidates(page, title);
        let choice = standfirst::choose(&candidates);
        let is_seen = choice.0.is_some_and(|place| standfirst::is_seen(&candidates[place]));
        self.settle("standfirst", &candidates, choice, String::clone).map(|text| (text, is_seen))
    }

    /// The language of a page's text.
    pub(super) fn language_of(&mut self, page: &Page, text: &str) -> Option<Language> {
        let candidates = language::candidates(page, text);
        let choice = language::choose_of(&candidates, text);
        if let Some(reason) = choice.doubt {
            self.doubt(DoubtKind::LanguagesDisagree, "language", reason);
        }
        self.settle("language", &candidates, (choice.place, choice.why), |language| {
            language.name().to_owned()
        })
    }
}
