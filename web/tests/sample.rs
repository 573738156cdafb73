//! A made-up archive of fictional outlets in the memory backend: what the pages are tried on. Shared by the tests and the preview.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use dateline_index::actor::{ActorId, ActorKind, Field, Mention};
use dateline_index::article::{
    Article, ArticleId, Block, BlockKind, Byline, Doubt, DoubtKind, Origin, Source,
};
use dateline_index::authority::{Authority, Decided, Logged};
use dateline_index::backend::memory::Memory;
use dateline_index::backend::{About, Backend, NameCount, Named, NewEntry, Result, StoredArticle, Writer};
use dateline_index::doubts::{Doubts, DoubtsRequest};
use dateline_index::edit::{Edit, Edited};
use dateline_index::files::{Files, FilesRequest, ReasonCount, SeenRecord};
use dateline_index::language::Language;
use dateline_index::published::{PartialDate, Published};
use dateline_index::query::Query;
use dateline_index::record::{Bin, Bins};
use dateline_index::registry::Registry;
use dateline_index::search::{Problem, SearchRequest, SearchResponse};

/// The memory backend, under watch.
pub struct Sample {
    memory: Memory,
    /// The questions that reached it.
    pub asked: Mutex<Vec<SearchRequest>>,
    /// What every search says besides its hits.
    pub problems: Vec<Problem>,
    /// Searches that run now, and the most that ever ran at once.
    pub running: Mutex<(usize, usize)>,
    /// How long each search takes at least.
    pub delay: Duration,
}

impl Sample {
    pub fn new(articles: Vec<Article>) -> Self {
        let memory = Memory::new(Arc::new(Registry::builtin()));
        memory.set_title("The Harbour Archive").unwrap();
        let mut writer = memory.writer().unwrap();
        articles.into_iter().for_each(|article| writer.put(article).unwrap());
        writer.commit().unwrap();
        writer.publish().unwrap();
        drop(writer);
        let (asked, running) = (Mutex::default(), Mutex::default());
        Self { memory, asked, problems: Vec::new(), running, delay: Duration::ZERO }
    }

    fn begin(&self) {
        let mut running = self.running.lock().unwrap();
        running.0 += 1;
        running.1 = running.1.max(running.0);
    }
}

impl Backend for Sample {
    fn search(&self, query: &Query, request: &SearchRequest) -> Result<SearchResponse> {
        self.asked.lock().unwrap().push(request.clone());
        self.begin();
        std::thread::sleep(self.delay);
        self.running.lock().unwrap().0 -= 1;
        assert_ne!(request.q, "panic please", "a test asked for it");
        // Scanning for thousands of words takes minutes; that they arrive is what is tried here.
        let query = if request.q.len() > 10_000 { &Query::All } else { query };
        let mut response = self.memory.search(query, request)?;
        response.problems.extend(self.problems.clone());
        Ok(response)
    }

    fn article(&self, id: &ArticleId) -> Result<Option<StoredArticle>> {
        let place = format!("clippings/{id}.html");
        let origin = Origin { file: format!("/srv/{place}"), place, ..Origin::default() };
        let stored = self.memory.article(id)?;
        Ok(stored.map(|stored| StoredArticle { origins: vec![origin], ..stored }))
    }

    fn languages(&self) -> Result<Vec<Language>> {
        self.memory.languages()
    }

    fn writer(&self) -> Result<Box<dyn Writer + '_>> {
        self.memory.writer()
    }

    fn edit(&self, edits: &[Edit]) -> Result<Edited> {
        self.memory.edit(edits)
    }

    fn edits(&self, of: Option<&ArticleId>) -> Result<Vec<Edit>> {
        self.memory.edits(of)
    }

    fn decide(&self, entries: &[NewEntry]) -> Result<Decided> {
        self.memory.decide(entries)
    }

    fn decisions(&self) -> Result<Vec<Logged>> {
        self.memory.decisions()
    }

    fn authority(&self) -> Result<Arc<Authority>> {
        self.memory.authority()
    }

    fn pin(&self, list: &Arc<Registry>, who: &str, at: &str) -> Result<bool> {
        self.memory.pin(list, who, at)
    }

    fn named(&self) -> Result<Named> {
        self.memory.named()
    }

    fn names_of(&self, actor: &ActorId) -> Result<Vec<NameCount>> {
        self.memory.names_of(actor)
    }

    fn reread(&self, articles: &[ArticleId], recognise: &mut dyn FnMut(&mut Article)) -> Result<u64> {
        self.memory.reread(articles, recognise)
    }

    fn ids_like(&self, typed: &str) -> Result<Vec<(ArticleId, String)>> {
        self.memory.ids_like(typed)
    }

    fn doubts(&self, request: &DoubtsRequest) -> Result<Doubts> {
        self.memory.doubts(request)
    }

    fn files(&self, request: &FilesRequest) -> Result<Files> {
        Ok(seen(request))
    }

    fn about(&self) -> Result<About> {
        self.memory.about()
    }

    fn set_title(&self, title: &str) -> Result<()> {
        self.memory.set_title(title)
    }
}

/// What the sample saw: an article, a page that is none, a broken one, a picture.
fn seen(request: &FilesRequest) -> Files {
    let record = |name: &str, bin: Bin, reason: &str| SeenRecord {
        path: format!("{}clippings/{name}", if request.by_place { "" } else { "/srv/" }),
        member: String::new(),
        record: String::new(),
        bin,
        reason: (bin != Bin::Article).then(|| reason.to_owned()),
        article: (bin == Bin::Article).then(|| ArticleId::new("raid-on-hask").unwrap()),
        title: (bin == Bin::Article).then(|| "Raid on Hask".to_owned()),
    };
    let all = [
        record("<front>.html", Bin::NotArticle, "a section front: many links, little text"),
        record("raid-on-hask.html", Bin::Article, ""),
        record("torn.html", Bin::Failed, "the page ends in the middle of a tag"),
        record("map.png", Bin::Unsupported, "unsupported kind of file: PNG"),
    ];
    let found = all.into_iter().filter(|record| {
        record.path.contains(&request.path)
            && record.reason.clone().unwrap_or_default().contains(&request.reason)
    });
    let found: Vec<_> = found.collect();
    let mut bins = Bins::default();
    found.iter().for_each(|record| bins.add(record.bin, 1));
    let records: Vec<_> =
        found.into_iter().filter(|record| request.bin.is_none_or(|bin| bin == record.bin)).collect();
    let reasons = records
        .iter()
        .filter_map(|record| Some(ReasonCount { bin: record.bin, reason: record.reason.clone()?, count: 1 }));
    let total = records.len();
    let page: Vec<_> = records.iter().skip(request.offset).take(request.limit).cloned().collect();
    let reached = request.offset + page.len();
    Files {
        bins,
        total: total as u64,
        reasons: reasons.collect(),
        next: (reached < total && !page.is_empty()).then_some(reached),
        roots: if total == 0 {
            vec![if request.by_place { "clippings" } else { "/srv/clippings" }.into()]
        } else {
            Vec::new()
        },
        records: page,
        problems: Vec::new(),
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
    for (field, place) in [("title", "json-ld"), ("authors", "byline"), ("section", "url")] {
        article.found.insert(field.into(), place.into());
    }
    article.doubts = vec![Doubt {
        kind: DoubtKind::Other,
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
