//! The bundled sample archive: what it promises, and that each article comes out as its table says.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dateline_index::article::Article;
use dateline_index::registry::Registry;
use dateline_ingest::actors::Actors;
use dateline_ingest::extract::{Rules, extract};
use dateline_ingest::pipeline::{Options, Work, extract_paths};
use dateline_ingest::raw::Extracted;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample")
}

/// One row of `sample-events.tsv`.
struct Row {
    file: String,
    record: String,
    event_date: String,
    published: String,
    title: String,
    authors: Vec<String>,
    source: String,
    language: String,
    actors: Vec<String>,
}

fn table() -> Vec<Row> {
    let text = include_str!("../sample-events.tsv");
    let names = |cell: &str| {
        cell.split(';').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
    };
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        assert_eq!(cells.len(), 11, "{line}");
        Row {
            file: cells[0].into(),
            record: cells[1].into(),
            event_date: cells[2].into(),
            published: cells[4].into(),
            title: cells[5].into(),
            authors: names(cells[6]),
            source: cells[7].into(),
            language: cells[9].into(),
            actors: names(cells[10]),
        }
    };
    text.lines().skip(1).map(row).collect()
}

/// All articles of the sample, by file and record.
fn articles(registry: &Arc<Registry>) -> BTreeMap<(String, String), Article> {
    let actors = Actors::new(Arc::clone(registry));
    let work: Work = Arc::new(move |raw, _| {
        let mut extracted = extract(raw, &Rules::default());
        if let Extracted::Article { article, .. } = &mut extracted {
            actors.recognise(article);
        }
        extracted
    });
    let mut found = BTreeMap::new();
    let summary = extract_paths(&[folder()], &Options::default(), &work, &mut |origin, extracted| {
        if matches!(&extracted, Extracted::Skipped(reason) if reason.starts_with("hidden")) {
            return;
        }
        let Extracted::Article { article, .. } = extracted else { panic!("{}: {extracted:?}", origin.file) };
        let file = origin.place.strip_prefix("sample/").unwrap().to_owned();
        found.insert((file, origin.record), *article);
    });
    assert_eq!(summary.unwrap().tally.failed, 0);
    found
}

#[test]
fn every_article_comes_out_as_its_table_says() {
    let registry = Arc::new(Registry::builtin());
    let found = articles(&registry);
    let table = table();
    assert_eq!(found.len(), table.len());
    let (mut named, mut expected) = (0, 0);
    for row in &table {
        let article = &found[&(row.file.clone(), row.record.clone())];
        let place = format!("{} {}", row.file, row.record);
        assert_eq!(article.title, row.title, "{place}");
        let authors: Vec<_> = article.bylines.iter().map(|byline| byline.0.clone()).collect();
        assert_eq!(authors, row.authors, "{place}");
        let published = article.published.as_ref().unwrap_or_else(|| panic!("{place} has no date"));
        assert_eq!(published.date.first_day().to_string(), row.published, "{place}");
        assert!(row.event_date <= row.published, "{place} is older than its event");
        assert_eq!(
            article.language.map(|language| language.code().to_owned()).as_deref(),
            Some(row.language.as_str())
        );
        // A text copy does not say where it comes from.
        let source = article.source.as_ref().map(|source| source.name.as_str());
        let stated = if row.file.ends_with(".txt") { None } else { Some(row.source.as_str()) };
        assert_eq!(source, stated, "{place}");
        let labels: BTreeSet<_> = article
            .mentions
            .iter()
            .map(|mention| registry.actor_of(&mention.name, mention.kind).label)
            .collect();
        expected += row.actors.len();
        named += row.actors.iter().filter(|actor| labels.contains(*actor)).count();
    }
    assert!(named * 100 >= expected * 90, "{named} of {expected} actors of the table are found");
}

/// Words and lines of the page around an article that must not be taken for its text.
const FURNITURE: [&str; 12] = [
    "cookie",
    "Live Story",
    "min read",
    "Subscribe",
    "newsletter",
    "Share this",
    "Read more",
    "Related",
    "Most read",
    "Follow",
    "Lesezeit",
    "Partager",
];

#[test]
fn no_furniture_is_left_in_the_texts() {
    for ((file, record), article) in articles(&Arc::new(Registry::builtin())) {
        for line in article.text.lines().filter(|line| line.len() < 90) {
            let left = FURNITURE.iter().find(|word| line.contains(*word));
            assert!(left.is_none(), "{file} {record}: {line:?}");
        }
    }
}

#[test]
fn the_sample_is_as_rich_as_it_promises() {
    let found = articles(&Arc::new(Registry::builtin()));
    assert!(found.len() >= 60);
    let words = |article: &Article| article.text.split_whitespace().count();
    assert!(found.values().filter(|article| words(article) > 600).count() >= 15);
    let mut languages: BTreeMap<String, usize> = BTreeMap::new();
    for row in table() {
        *languages.entry(row.language).or_default() += 1;
    }
    languages.remove("en");
    assert!(languages.len() >= 3 && languages.values().all(|count| *count >= 2), "{languages:?}");
    let outlets: BTreeSet<_> = table().into_iter().map(|row| row.source).collect();
    assert_eq!(outlets.len(), 3, "{outlets:?}");
    let kinds: BTreeSet<_> =
        found.keys().filter_map(|(file, _)| file.rsplit('.').next().map(str::to_owned)).collect();
    assert_eq!(kinds, BTreeSet::from(["html".into(), "jsonl".into(), "txt".into()]));
}

/// What tells the pages of one content system from those of another.
const SIGNS: [&str; 12] = [
    "application/ld+json",
    "@graph",
    "article:published_time",
    "itemprop=",
    "hentry",
    "parsely",
    "<html amp",
    "<table",
    "datemodified",
    "og:title",
    "<time",
    "dc.date",
];

#[test]
fn the_pages_have_eight_shapes_or_more() {
    let shapes: BTreeSet<Vec<bool>> = table()
        .iter()
        .filter(|row| row.file.ends_with(".html"))
        .map(|row| {
            let bytes = std::fs::read(folder().join(&row.file)).unwrap();
            let page = String::from_utf8_lossy(&bytes).to_lowercase();
            SIGNS.iter().map(|sign| page.contains(sign)).collect()
        })
        .collect();
    assert!(shapes.len() >= 8, "{}", shapes.len());
}

#[test]
fn no_two_articles_share_a_sentence() {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for ((file, record), article) in articles(&Arc::new(Registry::builtin())) {
        let place = format!("{file} {record}");
        for sentence in article.text.split(['.', '!', '?', '\n']) {
            let words: Vec<_> = sentence.split_whitespace().map(str::to_lowercase).collect();
            if words.len() < 6 {
                continue;
            }
            let other = seen.insert(words.join(" "), place.clone());
            assert!(other.as_ref().is_none_or(|other| *other == place), "{place} and {other:?}: {sentence}");
        }
    }
}
