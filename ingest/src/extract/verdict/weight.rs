//! What speaks for and against an article, each with its points, where nothing is unmistakable.
//!
//! The points follow a logistic regression over 1,229 articles of many publishers and some 940 pages of
//! sites of every kind (front pages, shops, forums, forms), rounded to whole numbers.

use super::super::edges::ends_sentence;
use super::super::page::selector;
use super::super::text::{bare, word_count};
use super::kinds::{Kind, by_path, by_title, names_an_article};
use super::{FEW, Seen, Verdict};

/// From so many points on a page is no article.
const NONE: i32 = 4;
/// From so many points on it is doubted that it is one.
const DOUBTED: i32 = 1;

/// What was found against an article, and how it weighs with what was found for it.
#[derive(Default)]
struct Scales {
    points: i32,
    reasons: Vec<(i32, String)>,
    kind: Option<Kind>,
}

impl Scales {
    fn against(&mut self, points: i32, reason: impl Into<String>) {
        self.points += points;
        self.reasons.push((points, reason.into()));
    }

    fn pro(&mut self, points: i32) {
        self.points -= points;
    }

    /// What the page looks like, with the weightiest reasons.
    fn words(mut self) -> String {
        const MOST: usize = 3;
        self.reasons.sort_by_key(|(points, _)| -points);
        let reasons: Vec<String> = self.reasons.into_iter().take(MOST).map(|(_, reason)| reason).collect();
        let kind = self.kind.map_or("no article by the look of it", Kind::name);
        format!("{kind}: {}", reasons.join(", "))
    }
}

/// Weighs a page.
pub(super) fn weigh(seen: &Seen<'_>) -> Verdict {
    let mut scales = Scales::default();
    weigh_statements(seen, &mut scales);
    weigh_signature(seen, &mut scales);
    weigh_address(seen, &mut scales);
    weigh_title(seen, &mut scales);
    weigh_text(seen, &mut scales);
    weigh_links(seen, &mut scales);
    match scales.points {
        NONE.. => Verdict::NotArticle(scales.words()),
        DOUBTED.. => Verdict::Doubtful(scales.words()),
        _ => Verdict::Article,
    }
}

/// What the page says that it is.
fn weigh_statements(seen: &Seen<'_>, scales: &mut Scales) {
    if seen.has_own_node {
        scales.pro(4);
    }
    match seen.graph_type() {
        kind if kind.starts_with("article") => scales.pro(3),
        kind @ ("website" | "profile" | "object" | "product") => {
            scales.against(1, format!("OpenGraph calls it a {kind}"));
        }
        kind if kind.starts_with("video") => scales.against(1, "OpenGraph calls it a video"),
        _ => {}
    }
    let lists = ["CollectionPage", "SearchResultsPage", "ProfilePage", "ContactPage", "AboutPage"];
    if let Some(kind) = lists.into_iter().find(|kind| seen.has_type(&[kind])) {
        scales.against(2, format!("its JSON-LD calls it {kind}"));
        scales.kind = match kind {
            "SearchResultsPage" => Some(Kind::Search),
            "ContactPage" | "AboutPage" => Some(Kind::Service),
            _ => Some(Kind::Topic),
        };
    }
}

/// Who signed and dated it, and how near to its headline.
fn weigh_signature(seen: &Seen<'_>, scales: &mut Scales) {
    const NEAR: &[&str] = &["json-ld", "meta", "microdata", "script", "byline"];
    let is_near = |place: Option<&str>| place.is_some_and(|place| NEAR.contains(&place));
    match (is_near(seen.case.dated) || is_near(seen.case.named), seen.is_signed()) {
        (true, _) => scales.pro(4),
        (_, true) => scales.pro(1),
        _ => scales.against(0, "no date and no author"),
    }
}

/// What its address is like.
fn weigh_address(seen: &Seen<'_>, scales: &mut Scales) {
    let Some(url) = &seen.address else { return };
    if names_an_article(url) {
        return scales.pro(4);
    }
    match by_path(url) {
        Some(kind) => {
            scales.kind = scales.kind.or(Some(kind));
            scales.against(4, format!("its address is that of {}", kind.name()));
        }
        None => scales.against(1, "no headline in its address"),
    }
}

/// Whether it has a headline.
fn weigh_title(seen: &Seen<'_>, scales: &mut Scales) {
    const SHORT: usize = 3;
    let page = seen.case.page;
    let headed = by_title(seen.case.title).map(|kind| (kind, 4));
    // The title of the window is the site's, too.
    let said = headed.or_else(|| by_title(&seen.title_tag()).map(|kind| (kind, 2)));
    if let Some((kind, points)) = said {
        // Where the address says the same, that is one statement made twice.
        let points = if scales.kind == Some(kind) { 1 } else { points };
        scales.kind = Some(kind);
        scales.against(points, format!("its title says so: {:?}", seen.case.title));
    }
    if page.html.select(selector!("h1")).next().is_none() {
        scales.against(1, "no main heading");
    }
    if word_count(seen.case.title) <= SHORT {
        scales.against(1, "no headline but a short title");
    }
}

/// Whether there is a text of its own, in one piece.
fn weigh_text(seen: &Seen<'_>, scales: &mut Scales) {
    const PARAGRAPH: usize = 12;
    const SOME: usize = 120;
    const LONG: usize = 500;
    match seen.signs.prose_together {
        300.. => scales.pro(5),
        150.. => scales.pro(3),
        80.. => scales.pro(2),
        40.. => scales.pro(1),
        _ => scales.against(0, "no paragraphs that stand together"),
    }
    let paragraphs = seen.case.text.split("\n\n").filter(|text| ends_sentence(text)).map(word_count);
    let prose: usize = paragraphs.filter(|words| *words >= PARAGRAPH).sum();
    if prose >= SOME {
        scales.pro(1);
    }
    if prose >= LONG {
        scales.pro(2);
    }
    match seen.words {
        150.. => scales.pro(1),
        FEW.. => {}
        words => scales.against(1, format!("{words} words of text")),
    }
    if seen.case.page.html.select(selector!("input[type='password' i]")).next().is_some() {
        scales.against(2, "it asks for a password");
    }
}

/// Whether it leads to other articles more than it says itself.
fn weigh_links(seen: &Seen<'_>, scales: &mut Scales) {
    const FEW_TOGETHER: usize = 80;
    let links = &seen.signs.telling_links;
    let stories = seen.signs.linked_headings.max(links.len() / 3);
    if seen.signs.prose_together < FEW_TOGETHER {
        match stories {
            24.. => scales.against(3, format!("it leads to {} other stories", stories)),
            12.. => scales.against(2, format!("it leads to {} other stories", stories)),
            _ => {}
        }
    }
    let paragraphs = seen.case.text.split("\n\n");
    let linked: usize = paragraphs.filter(|text| links.contains(&bare(text))).map(word_count).sum();
    if linked > 0 && linked * 10 >= seen.words * 3 {
        scales.against(2, "much of its text is links");
    }
    let cut_off = seen.case.text.split("\n\n").filter(|text| text.ends_with('…') || text.ends_with("..."));
    if cut_off.count() >= 3 {
        scales.against(1, "its paragraphs break off");
    }
}
