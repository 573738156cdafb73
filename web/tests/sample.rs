//! A made-up archive of two fictional outlets, and a backend that scans it: what the pages are
//! tried on. Shared by the tests and the preview.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use dateline_index::actor::{ActorKind, Field, Mention};
use dateline_index::article::{Article, ArticleId, Block, BlockKind, Byline, Doubt, Origin, Source};
use dateline_index::backend::{About, Backend, Error, Result, StoredArticle, Writer};
use dateline_index::language::Language;
use dateline_index::published::{PartialDate, Published};
use dateline_index::query::Query;
use dateline_index::registry::Registry;
use dateline_index::search::*;

/// Scans its articles for the typed words, as plain substrings.
pub struct Scan {
    pub articles: Vec<Article>,
    pub asked: Mutex<Vec<SearchRequest>>,
    pub title: Mutex<String>,
    /// What every search says besides its hits.
    pub problems: Vec<Problem>,
    /// Searches that run now, and the most that ever ran at once.
    pub running: Mutex<(usize, usize)>,
    /// How long each search takes.
    pub delay: Duration,
}

impl Scan {
    pub fn new(articles: Vec<Article>) -> Self {
        let title = Mutex::new("The Harbour Archive".to_owned());
        Self {
            articles,
            asked: Mutex::default(),
            title,
            problems: Vec::new(),
            running: Mutex::default(),
            delay: Duration::ZERO,
        }
    }

    fn begin(&self) {
        let mut running = self.running.lock().unwrap();
        running.0 += 1;
        running.1 = running.1.max(running.0);
    }

    fn values(&self, article: &Article, facet: Facet) -> Vec<(String, String, Option<ActorKind>)> {
        let plain = |text: &str| vec![(text.to_owned(), text.to_owned(), None)];
        let mut values = match facet {
            Facet::Actor => actors(article),
            Facet::Author => article.bylines.iter().flat_map(|byline| plain(&byline.0)).collect(),
            Facet::Source => article.source.iter().flat_map(|source| plain(&source.name)).collect(),
            Facet::Section => article.section.iter().flat_map(|section| plain(section)).collect(),
            Facet::Language => {
                article.language.iter().map(|l| (l.code().to_owned(), l.name().to_owned(), None)).collect()
            }
            Facet::Year => {
                article.published.iter().flat_map(|p| plain(&p.date.first_day().year().to_string())).collect()
            }
        };
        if values.is_empty() {
            values.push((NONE.into(), "unknown".into(), None));
        }
        values.sort();
        values.dedup();
        values
    }

    fn matches(&self, article: &Article, request: &SearchRequest, but: Option<Facet>) -> bool {
        let text = format!("{} {}", article.title, article.text).to_lowercase();
        let words = request.q.to_lowercase();
        let chosen = request.choices.iter().all(|(&facet, choice)| {
            let values = self.values(article, facet);
            let has = |value: &String| values.iter().any(|known| known.0 == *value);
            let any = request.mode(facet) == Mode::Any;
            let includes = choice.include.is_empty()
                || (any && but == Some(facet))
                || if any { choice.include.iter().any(has) } else { choice.include.iter().all(has) };
            includes && !choice.exclude.iter().any(has)
        });
        let (from, to) = request.days();
        let date = article.published.as_ref().map(|published| published.date);
        let after = from.is_none_or(|from| date.is_some_and(|date| date.first_day() >= from));
        let before = to.is_none_or(|to| date.is_some_and(|date| date.last_day() <= to));
        chosen
            && after
            && before
            && words.split_whitespace().all(|word| text.contains(word.trim_matches('"')))
    }

    fn facet(&self, facet: Facet, request: &SearchRequest) -> Vec<FacetCount> {
        let choice = request.choices.get(&facet).cloned().unwrap_or_default();
        let mut counts: BTreeMap<(String, String, Option<ActorKind>), u64> = BTreeMap::new();
        for article in self.articles.iter().filter(|article| self.matches(article, request, Some(facet))) {
            for value in self.values(article, facet) {
                *counts.entry(value).or_default() += 1;
            }
        }
        for value in &choice.exclude {
            counts.entry((value.clone(), value.clone(), None)).or_insert(1);
        }
        let mut counts: Vec<_> = counts
            .into_iter()
            .map(|((value, label, kind), count)| FacetCount {
                included: choice.include.contains(&value),
                excluded: choice.exclude.contains(&value),
                value,
                label,
                kind,
                count,
            })
            .collect();
        counts.sort_by(|a, b| (a.value == NONE).cmp(&(b.value == NONE)).then(b.count.cmp(&a.count)));
        counts.truncate(request.facet_limit);
        counts
    }

    fn hit(&self, article: &Article, q: &str) -> Hit {
        let word = q.split_whitespace().next().unwrap_or_default().trim_matches('"').to_lowercase();
        let at = article.text.to_lowercase().find(&word).filter(|_| !word.is_empty());
        let from = article.text.floor_char_boundary(at.unwrap_or(0).saturating_sub(60));
        let to = article.text.floor_char_boundary((from + 220).min(article.text.len()));
        let text = article.text[from..to].replace('\n', " ");
        let ranges = at.map(|at| (at - from, at - from + word.len())).into_iter().collect();
        Hit {
            id: article.id.clone(),
            title: article.title.clone(),
            source: article.source.as_ref().map(|source| source.name.clone()),
            authors: article.bylines.iter().map(|byline| byline.0.clone()).collect(),
            published: article.published.clone(),
            section: article.section.clone(),
            language: article.language.map(|language| language.code().to_owned()),
            url: article.url.clone(),
            passages: vec![Passage { field: Field::Text, start: from, text, ranges }],
        }
    }
}

fn actors(article: &Article) -> Vec<(String, String, Option<ActorKind>)> {
    let registry = Registry::builtin();
    let actors = article.mentions.iter().filter(|mention| mention.kind != ActorKind::Place);
    actors
        .map(|mention| registry.actor_of(&mention.name, mention.kind))
        .map(|actor| (actor.id.0, actor.label, Some(actor.kind)))
        .collect()
}

impl Backend for Scan {
    fn search(&self, query: &Query, request: &SearchRequest) -> Result<SearchResponse> {
        self.asked.lock().unwrap().push(request.clone());
        self.begin();
        std::thread::sleep(self.delay);
        self.running.lock().unwrap().0 -= 1;
        assert_ne!(request.q, "panic please", "a test asked for it");
        let start = match request.cursor.as_deref() {
            None => 0,
            Some(cursor) => cursor.parse::<usize>().map_err(|_| Error::Cursor(cursor.into()))?,
        };
        let found: Vec<_> = self.articles.iter().filter(|a| self.matches(a, request, None)).collect();
        let end = (start + request.limit).min(found.len());
        let page = found.get(start..end).unwrap_or_default();
        Ok(SearchResponse {
            total: found.len() as u64,
            reading: query.to_string(),
            problems: self.problems.clone(),
            next: (end < found.len()).then(|| end.to_string()),
            sort: request.sort.unwrap_or(if request.q.is_empty() { Sort::Newest } else { Sort::Relevance }),
            hits: page.iter().map(|article| self.hit(article, &request.q)).collect(),
            facets: Facet::ALL.into_iter().map(|facet| (facet, self.facet(facet, request))).collect(),
        })
    }

    fn article(&self, id: &ArticleId) -> Result<Option<StoredArticle>> {
        let article = self.articles.iter().find(|article| article.id == *id).cloned();
        let place = format!("clippings/{id}.html");
        let origin = Origin { file: format!("/srv/{place}"), place, ..Origin::default() };
        Ok(article.map(|article| StoredArticle { article, origins: vec![origin], revision: 1 }))
    }

    fn writer(&self) -> Result<Box<dyn Writer + '_>> {
        Err(Error::Locked { path: "sample".into(), who: "test".into(), process: "0".into() })
    }

    fn about(&self) -> Result<About> {
        let title = self.title.lock().unwrap().clone();
        Ok(About { id: "sample".into(), title, articles: self.articles.len() as u64, change: 1 })
    }

    fn set_title(&self, title: &str) -> Result<()> {
        title.clone_into(&mut self.title.lock().unwrap());
        Ok(())
    }
}

/// One article in a few words. `actors` are found wherever their name stands.
pub struct Sketch<'a> {
    pub id: &'a str,
    pub title: &'a str,
    pub date: &'a str,
    pub found: &'a str,
    pub source: &'a str,
    pub author: &'a str,
    pub section: &'a str,
    pub language: &'a str,
    pub text: &'a str,
    pub actors: &'a [(&'a str, ActorKind)],
}

impl Sketch<'_> {
    pub fn article(&self) -> Article {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let mut article = Article::empty(ArticleId::new(self.id).unwrap());
        article.title = self.title.into();
        article.bylines = some(self.author).map(Byline).into_iter().collect();
        article.published =
            PartialDate::parse(self.date).map(|date| Published { date, found: self.found.into() });
        article.source = some(self.source).map(|name| Source { name, domain: None });
        article.section = some(self.section);
        article.language = Language::from_code(self.language);
        article.url = Some(format!("https://paper.example/{}", self.id));
        article.text = self.text.into();
        article.mentions = self.mentions();
        article
    }

    fn mentions(&self) -> Vec<Mention> {
        let mut mentions = Vec::new();
        for (field, text) in [(Field::Title, self.title), (Field::Text, self.text)] {
            for &(name, kind) in self.actors {
                mentions.extend(text.match_indices(name).map(|(start, found)| Mention {
                    field,
                    start,
                    end: start + found.len(),
                    text: found.into(),
                    name: name.into(),
                    kind,
                    found_by: "registry".into(),
                    resolved_by: "alias".into(),
                }));
            }
        }
        mentions.sort_by_key(|mention| (mention.field, mention.start));
        mentions
    }
}

/// Articles of many shapes: coarse and missing dates, no author, other scripts, every kind of block.
pub fn articles() -> Vec<Article> {
    use ActorKind::{ArmedGroup, Institution, Organisation, Person, Place, State};
    let sketch = Sketch {
        id: "",
        title: "",
        date: "",
        found: "json-ld",
        source: "",
        author: "",
        section: "",
        language: "en",
        text: "",
        actors: &[],
    };
    let mut articles = vec![
        Sketch {
            id: "ferry-accord", title: "After nine nights in Port Salis, a border accord that nobody will call one",
            date: "2024-01-17T22:40:00+02:00", source: "The Harbour Post", author: "Ines Calloway", section: "World",
            text: "The delegations left the ferry terminal by different doors. Valdoria will reopen the northern border crossing on Monday; Ostrany will let the grain trains through.\n\nWhat was agreed\n\nNeither side used the word accord. The Joint River Commission, which had been given up for dead in the autumn, is to meet every month.\n\nThe border crossing at Hask opens for lorries first.\n\nPrisoners held since the raid of the Red Ridge Front are exchanged by the end of February.\n\n“We have signed a timetable, and a timetable is worth more than a handshake,” said Mara Teixeira, who led the talks for Valdoria.\n\nLorries wait before the closed border crossing at Hask on Tuesday evening.\n\nThe Red Ridge Front, whose raid in June had closed the border, was not at the table. Its statement called the talks theatre. In Port Salis the cafés stayed open until three.",
            actors: &[("Valdoria", State), ("Ostrany", State), ("Mara Teixeira", Person), ("Red Ridge Front", ArmedGroup), ("Joint River Commission", Institution), ("Port Salis", Place), ("Hask", Place)], ..sketch
        }.article(),
        Sketch {
            id: "grain-trains", title: "Grain trains roll again, and Northline Freight counts the cost",
            date: "2024-02-03", found: "meta", source: "The Harbour Post", author: "Tobias Renn", section: "Economy",
            text: "The first forty wagons crossed the border before dawn. Northline Freight says that seven months of waiting cost it a third of its fleet; Valdoria offers loans, Ostrany an apology.\n\nMara Teixeira met the drivers at the depot and promised more.",
            actors: &[("Valdoria", State), ("Ostrany", State), ("Northline Freight", Organisation), ("Mara Teixeira", Person)], ..sketch
        }.article(),
        Sketch {
            id: "raid-on-hask", title: "Raid on Hask closes the last open border crossing",
            date: "2023-06", found: "url", source: "Meridian Weekly", author: "", section: "World",
            text: "Fighters of the Red Ridge Front came down at night and held the customs house at Hask for five hours. Ostrany blamed Valdoria, Valdoria blamed the weather.",
            actors: &[("Valdoria", State), ("Ostrany", State), ("Red Ridge Front", ArmedGroup), ("Hask", Place)], ..sketch
        }.article(),
        Sketch {
            id: "treaty-1956", title: "The river treaty, as those who drafted it remember", date: "1956", found: "text",
            source: "Meridian Weekly", author: "Agnes Holt", section: "",
            text: "Three sheets of paper and one pen made the Joint River Commission. Whoever drew the border on the map did not ask the river.",
            actors: &[("Joint River Commission", Institution)], ..sketch
        }.article(),
        Sketch {
            id: "no-date", title: "A letter found in the customs house", source: "The Harbour Post", section: "Letters",
            text: "Nobody knows who wrote it. It speaks of the border as of a neighbour who has stopped saying good morning.", ..sketch
        }.article(),
        Sketch {
            id: "grenze-offen", title: "Die Grenze ist offen, das Misstrauen bleibt", date: "2024-01-22", found: "time",
            source: "Hafenbote", author: "Jörg Änderle", section: "Ausland", language: "de",
            text: "Am Grenzübergang Hask stauten sich am Montag die Lastwagen bis hinter den Donaudampfschifffahrtsgesellschaftskapitänsmützenladen. Valdoria und Ostrany feiern sich, die Anwohner schlafen mit offenen Fenstern und geschlossenen Läden.",
            actors: &[("Valdoria", State), ("Ostrany", State), ("Hask", Place)],
        }.article(),
        Sketch {
            id: "marz-baz", title: "مرز باز شد، اما اعتماد هنوز نه", date: "2024-01-24", found: "json-ld",
            source: "روزنامه بندر", author: "نرگس کیان", section: "جهان", language: "fa",
            text: "نخستین کامیون‌ها سحرگاه از گذرگاه گذشتند. رانندگان می‌گویند هفت ماه انتظار کافی بود.\n\nدر شهر، مردم با احتیاط از توافق سخن می‌گویند و می‌پرسند که این‌بار چه کسی ضامن آن است.", ..sketch
        }.article(),
    ];
    shape_first(&mut articles[0]);
    let stock = [
        "Customs officers return to their desks",
        "What the river carries in spring",
        "A school between two border posts",
        "The interpreter who heard everything",
        "Night shift at the weighbridge",
        "How a timetable became a treaty",
        "The bridge engineers count bolts",
        "Winter market on both banks",
        "An election fought over a footpath",
        "The last ferry pilot retires",
        "Smugglers complain about the accord",
        "Maps that were never printed",
        "Whose bell rings at noon",
        "The minister crosses on foot",
        "Letters from the closed side",
        "Twelve words that stopped a train",
    ];
    for (place, title) in stock.into_iter().enumerate() {
        let (id, year) =
            (format!("stock-{place}"), format!("{}-{:02}-{:02}", 2009 + place, 1 + place % 12, 1 + place));
        let author = [
            "Ines Calloway",
            "Tobias Renn",
            "Agnes Holt",
            "Ruth Okonjo",
            "Pavel Lind",
            "Dalia Shore",
            "Emre Tan",
            "Sofia Brandt",
        ][place % 8];
        let section = ["World", "Economy", "Culture", "Analysis", "Opinion", "Sport", "Science"][place % 7];
        let text = format!(
            "A dispatch from the border, the {} of a series. Valdoria watched, and Envoy Number {place} of Ostrany took notes for the Assembly of Salis.",
            place + 1
        );
        let envoy = format!("Envoy Number {place}");
        articles.push(
            Sketch {
                id: &id,
                title,
                date: &year,
                source: ["The Harbour Post", "Meridian Weekly"][place % 2],
                author,
                section,
                text: &text,
                actors: &[
                    ("Valdoria", State),
                    ("Ostrany", State),
                    (&envoy, Person),
                    ("Assembly of Salis", Institution),
                ],
                ..sketch
            }
            .article(),
        );
    }
    articles
}

/// Gives the first article a standfirst, tags, doubts, an update, and every kind of block.
fn shape_first(article: &mut Article) {
    article.standfirst = Some("Trucks may cross from Monday, prisoners by the end of the month; what was signed on the ferry is called a timetable.".into());
    article.tags = vec!["borders".into(), "grain".into(), "diplomacy".into()];
    article.updated =
        PartialDate::parse("2024-01-18T07:05:00Z").map(|date| Published { date, found: "meta".into() });
    article.doubts = vec![Doubt {
        field: "section".into(),
        reason: "The page names two sections, “World” and “Border”; the first was taken.".into(),
    }];
    let kinds = [
        BlockKind::Paragraph,
        BlockKind::Heading,
        BlockKind::Paragraph,
        BlockKind::List,
        BlockKind::List,
        BlockKind::Quote,
        BlockKind::Caption,
        BlockKind::Paragraph,
    ];
    let mut start = 0;
    for (paragraph, kind) in article.text.split("\n\n").zip(kinds) {
        article.blocks.push(Block { kind, start, end: start + paragraph.len() });
        start += paragraph.len() + 2;
    }
}
