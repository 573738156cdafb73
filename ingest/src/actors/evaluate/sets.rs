//! The set of actors of whole articles: precision, recall and their mean, over all articles together
//! (micro) and as the mean of all articles (macro).
//!
//! Names of the gold become actors as names of articles do, so that "US" and "United States" are one.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use dateline_index::actor::{ActorId, ActorKind};
use dateline_index::article::Article;
use dateline_index::registry::{NameRule, Registry, fold};

use super::{Annotated, Counts, Gold, Group};
use crate::actors::Actors;

const KINDS: [ActorKind; 4] =
    [ActorKind::Person, ActorKind::Organisation, ActorKind::State, ActorKind::Place];

/// What is measured of a group.
#[derive(Clone, Debug, Default)]
pub struct GroupScores {
    /// Over all articles together.
    pub counts: Counts,
    /// Actors of its kinds that were found and that no code of the corpus names: the gold could not have
    /// named them, so they count neither as right nor as wrong.
    pub without_code: usize,
    /// Actors of the gold that no name known for them stands in the text for: a reader has inferred them.
    pub inferred: usize,
    /// The sums of precision, recall and F1 of the articles in which the gold names somebody of the group.
    sums: [f64; 3],
    /// How many they are.
    pub articles: usize,
}

impl GroupScores {
    /// The means over the articles in which the gold names somebody: precision, recall, F1.
    #[must_use]
    pub fn means(&self) -> [f64; 3] {
        self.sums.map(|sum| if self.articles == 0 { 0.0 } else { sum / self.articles as f64 })
    }

    /// The recall of those that the text prints a name of.
    #[must_use]
    pub fn recall_of_printed(&self) -> f64 {
        let printed = self.counts.gold.saturating_sub(self.inferred);
        if printed == 0 { 0.0 } else { self.counts.reached as f64 / printed as f64 }
    }

    fn add(&mut self, counts: Counts) {
        self.counts.gold += counts.gold;
        self.counts.found += counts.found;
        self.counts.right += counts.right;
        self.counts.reached += counts.reached;
        if counts.gold > 0 {
            self.articles += 1;
            for (sum, value) in self.sums.iter_mut().zip([counts.precision(), counts.recall(), counts.f1()]) {
                *sum += value;
            }
        }
    }
}

/// All that is measured of the articles of a corpus.
#[derive(Clone, Debug, Default)]
pub struct SetScores {
    /// Articles whose actors somebody has named.
    pub articles: usize,
    /// Articles of which nobody has said who is in them: passed over.
    pub without_gold: usize,
    /// Each group by itself: the kind must agree, too.
    pub groups: BTreeMap<Group, GroupScores>,
    /// All groups together, whatever the kinds.
    pub all: GroupScores,
    /// What was missed though it is printed, as `(article, group, names)`, the first of them the one in the gold.
    pub missed: Vec<(String, Group, Vec<String>)>,
}

/// Who is found in articles beside who is in them.
#[must_use]
pub fn evaluate_sets(actors: &Actors, articles: &[Annotated]) -> SetScores {
    let registry = actors.registry();
    let codes = Codes::of(articles, registry);
    let mut scores = SetScores::default();
    for Annotated { article, gold } in articles {
        let Some(gold) = gold else {
            scores.without_gold += 1;
            continue;
        };
        scores.articles += 1;
        let mut article = article.clone();
        actors.recognise(&mut article);
        let found = found(&article, registry);
        let gold: Vec<Meant> = gold.iter().map(|gold| Meant::new(gold, registry)).collect();
        scores.add(&article, &gold, &found, &codes);
    }
    scores
}

impl SetScores {
    fn add(&mut self, article: &Article, gold: &[Meant], found: &[Found], codes: &Codes) {
        let text = &format!(" {} {} ", fold(&article.title), fold(&article.text));
        for group in codes.groups.iter().copied() {
            let of_group = distinct(gold.iter().filter(|meant| meant.group == group));
            let (found, outside): (Vec<&Found>, Vec<&Found>) = found
                .iter()
                .filter(|found| group.kinds().contains(&found.kind))
                .partition(|found| codes.can_name(group, found));
            let missed = of_group.iter().filter(|meant| !found.iter().any(|found| meant.is(found)));
            let (printed, inferred): (Vec<&Meant>, Vec<&Meant>) =
                missed.partition(|meant| meant.is_printed(text));
            let missed =
                printed.into_iter().map(|meant| (article.id.to_string(), group, meant.names.clone()));
            self.missed.extend(missed);
            let scores = self.groups.entry(group).or_default();
            scores.without_code += outside.len();
            scores.inferred += inferred.len();
            self.all.inferred += inferred.len();
            scores.add(counts(&of_group, &found));
        }
        let can_name = |found: &&Found| codes.groups.iter().any(|group| codes.can_name(*group, found));
        let (found, outside): (Vec<&Found>, Vec<&Found>) = found.iter().partition(can_name);
        self.all.without_code += outside.len();
        self.all.add(counts(&distinct(gold.iter()), &found));
    }
}

fn counts(gold: &[&Meant], found: &[&Found]) -> Counts {
    Counts {
        gold: gold.len(),
        found: found.len(),
        right: found.iter().filter(|found| gold.iter().any(|meant| meant.is(found))).count(),
        reached: gold.iter().filter(|meant| found.iter().any(|found| meant.is(found))).count(),
    }
}

/// An actor of the gold, and which actors its names lead to.
struct Meant {
    group: Group,
    ids: BTreeSet<ActorId>,
    names: Vec<String>,
    /// All names known for it, folded.
    known: BTreeSet<String>,
}

impl Meant {
    fn new(gold: &Gold, registry: &Registry) -> Self {
        let ids = gold.names.iter().flat_map(|name| KINDS.map(|kind| registry.actor_of(name, kind).id));
        let ids: BTreeSet<ActorId> = ids.collect();
        let entries = ids.iter().filter_map(|id| registry.entry(id));
        // A capital stands for its state in places only, and a name of another language is another word here.
        let known = entries.flat_map(|entry| &entry.names);
        let known = known.filter(|name| name.rule != NameRule::Capital && name.language.is_none());
        let known =
            known.map(|name| fold(&name.text)).chain(gold.names.iter().map(|name| fold(name))).collect();
        Self { group: gold.group, ids, names: gold.names.clone(), known }
    }

    /// Whether a text, folded and with spaces around it, prints any name of it.
    fn is_printed(&self, text: &str) -> bool {
        self.known.iter().any(|name| text.contains(&format!(" {name} ")))
    }

    /// Whether it is somebody who was found: an actor of one of its names, or one printed by one of them.
    /// People are called with titles and roles in a gold ("Ambassador Ada Lind").
    fn is(&self, found: &Found) -> bool {
        self.ids.contains(&found.id)
            || self.names.iter().any(|name| {
                let name = fold(name);
                let titled = |printed: &String| {
                    printed.contains(' ')
                        && name.strip_suffix(printed.as_str()).is_some_and(|rest| rest.ends_with(' '))
                };
                found.printed.contains(&name) || self.group.is_of_people() && found.printed.iter().any(titled)
            })
    }
}

/// An actor that was found in an article, and how it is printed there, folded.
struct Found {
    id: ActorId,
    kind: ActorKind,
    printed: HashSet<String>,
}

fn found(article: &Article, registry: &Registry) -> Vec<Found> {
    let mut found: BTreeMap<ActorId, Found> = BTreeMap::new();
    for mention in &article.mentions {
        let actor = registry.actor_of(&mention.name, mention.kind);
        let found = found.entry(actor.id.clone()).or_insert_with(|| Found {
            id: actor.id,
            kind: actor.kind,
            printed: HashSet::new(),
        });
        found.printed.extend([fold(&mention.text), fold(&mention.name)]);
    }
    found.into_values().collect()
}

/// Each actor of the gold once, though it stands there twice.
fn distinct<'m>(gold: impl Iterator<Item = &'m Meant>) -> Vec<&'m Meant> {
    let mut seen: Vec<&Meant> = Vec::new();
    for meant in gold {
        if !seen.iter().any(|known| !known.ids.is_disjoint(&meant.ids)) {
            seen.push(meant);
        }
    }
    seen
}

/// The groups of a corpus, and for those whose actors were chosen from codes, whom the codes name.
struct Codes {
    groups: BTreeSet<Group>,
    named: BTreeMap<Group, BTreeSet<ActorId>>,
}

impl Codes {
    fn of(articles: &[Annotated], registry: &Registry) -> Self {
        let mut codes = Self { groups: BTreeSet::new(), named: BTreeMap::new() };
        for gold in articles.iter().filter_map(|article| article.gold.as_ref()).flatten() {
            codes.groups.insert(gold.group);
            if gold.coded {
                codes.named.entry(gold.group).or_default().extend(Meant::new(gold, registry).ids);
            }
        }
        codes
    }

    fn can_name(&self, group: Group, found: &Found) -> bool {
        group.kinds().contains(&found.kind)
            && self.named.get(&group).is_none_or(|named| named.contains(&found.id))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::read_articles;
    use super::*;

    fn scores(lines: &[&str]) -> SetScores {
        let articles = read_articles(lines.join("\n").as_bytes()).unwrap();
        evaluate_sets(&Actors::new(Arc::new(Registry::builtin())), &articles)
    }

    #[test]
    fn names_of_one_actor_are_one_and_codes_bound_what_can_be_wrong() {
        let scores = scores(&[
            r#"{"language": "en", "text": "The United States told Iran, and Washington rejected the reply.", "actors": {"places": ["usa"], "orgs": ["nato"]}}"#,
        ]);
        let places = &scores.groups[&Group::Places];
        assert_eq!((places.counts.gold, places.counts.reached, places.counts.right), (1, 1, 1));
        assert_eq!((places.counts.found, places.without_code), (1, 1), "no code names Iran");
        let bodies = &scores.groups[&Group::Organisations];
        assert_eq!(
            (bodies.counts.gold, bodies.counts.reached, bodies.inferred),
            (1, 0, 1),
            "NATO is not printed"
        );
        assert!(scores.missed.is_empty());
    }

    #[test]
    fn any_name_of_a_list_is_enough_and_descriptions_are_nobody() {
        let scores = scores(&[
            r#"{"language": "en", "text": "The Farabundo Marti National Liberation Front spoke.", "actors": {"orgs": [["FMLN", "THE FRONT"], ["ARMED FORCES"]]}}"#,
            r#"{"language": "en", "text": "The Bakers of Bern baked.", "actors": {"orgs": [["BAKERS UNION OF OSLO"]]}}"#,
        ]);
        let bodies = &scores.groups[&Group::Organisations];
        assert_eq!((bodies.counts.gold, bodies.counts.reached), (2, 1));
        assert!((bodies.means()[1] - 0.5).abs() < 1e-9 && bodies.articles == 2);
    }

    #[test]
    fn an_article_of_which_nobody_says_who_is_in_it_does_not_count() {
        let scores = scores(&[
            r#"{"language": "en", "text": "Ada Lind met Vladimir Putin.", "actors": {"people": []}}"#,
            r#"{"language": "en", "text": "Ada Lind met Vladimir Putin.", "actors": null}"#,
            r#"{"language": "en", "text": "Vladimir Putin left.", "actors": {"people": [["President Vladimir Putin"]]}}"#,
        ]);
        assert_eq!((scores.articles, scores.without_gold), (2, 1));
        let people = &scores.groups[&Group::People];
        assert_eq!((people.counts.gold, people.counts.reached, people.articles), (1, 1, 1));
    }
}
