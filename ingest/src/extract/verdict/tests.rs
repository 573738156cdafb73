//! Pages of every kind that is no article, in many languages, and articles that look like them.

use super::*;
use dateline_index::article::Origin;

use crate::extract::{Outcome, Rules, html};
use dateline_index::article::DoubtKind;

/// What a page of these parts is judged to be.
fn judged(head: &str, body: &str) -> Verdict {
    let page = format!("<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>");
    match html::extract(&page, &Origin::default(), &Rules::default()) {
        Outcome::NotArticle(reason, _) => Verdict::NotArticle(reason),
        Outcome::Draft(draft) => {
            let doubt = draft.doubts.into_iter().find(|doubt| doubt.kind == DoubtKind::NotAnArticle);
            doubt.map_or(Verdict::Article, |doubt| Verdict::Doubtful(doubt.reason))
        }
        Outcome::Skipped(reason) | Outcome::Failed(reason) => panic!("{reason}"),
    }
}

fn refused(kind: &str, head: &str, body: &str, wanted: &str) {
    match judged(head, body) {
        Verdict::NotArticle(reason) if reason.contains(wanted) => {}
        other => panic!("{kind}: wanted {wanted:?}, got {other:?}"),
    }
}

fn prose(paragraphs: usize) -> String {
    (0..paragraphs)
        .map(|number| {
            format!(
                "<p>On day {number} the harbour master said that the ferry would not sail before the wind had turned, \
                 and sent the crowd on the quay home with tickets for the next week.</p>"
            )
        })
        .collect()
}

/// The teasers of a front page: linked headlines, each with a line and a time.
fn teasers(number: usize) -> String {
    (0..number)
        .map(|number| {
            format!(
                "<div class=teaser><h3><a href='/2024/05/{number}-story'>Ferry number {number} stays in the harbour today</a></h3>\
                 <p>The wind is still too strong.</p><time datetime='2024-05-{:02}'>May</time></div>",
                number % 28 + 1
            )
        })
        .collect()
}

const MENU: &str =
    "<nav><ul><li><a href=/>Home</a><li><a href=/world>World</a><li><a href=/sport>Sport</a></ul></nav>";

#[test]
fn a_page_that_is_not_there_is_an_error_in_any_language() {
    for title in [
        "This page does not exist",
        "Diese Seite existiert nicht",
        "Cette page n'existe pas",
        "Esta página no existe",
        "Questa pagina non esiste",
        "Esta página não existe",
        "Deze pagina bestaat niet",
        "Ta strona nie istnieje",
        "Страница не найдена",
        "Bu sayfa bulunamadı",
        "هذه الصفحة غير موجودة",
        "این صفحه وجود ندارد",
    ] {
        let body = format!("{MENU}<h1>{title}</h1><p>Try the front page or the search.</p>");
        refused(title, &format!("<title>{title} - Harbour Post</title>"), &body, "an error page");
        let body = format!("{MENU}<h1>Harbour Post</h1><p>{title}</p>");
        refused(title, "<title>Harbour Post</title>", &body, "an error page");
    }
    let head = "<title>Harbour Post | Page not found</title>";
    refused("behind the name", head, &format!("{MENU}<p>We looked everywhere.</p>"), "an error page");
}

#[test]
fn a_page_that_asks_for_consent_first_is_a_wall_in_any_language() {
    for (title, text) in [
        (
            "Harbour Post",
            "We value your privacy. We and our partners store and/or access information on a device.",
        ),
        (
            "Hafenpost",
            "Wir brauchen Ihre Einwilligung. Mit Werbung weiterlesen. Wir und unsere Partner verarbeiten Daten.",
        ),
        (
            "Le Port",
            "Nous respectons votre vie privée. Nous et nos partenaires utilisons des traceurs. Continuer sans accepter.",
        ),
        ("El Puerto", "Nosotros y nuestros socios tratamos datos. Valoramos tu privacidad."),
        ("Il Porto", "Noi e i nostri partner trattiamo dati. Continua senza accettare."),
        ("De Haven", "Wij en onze partners verwerken gegevens. Alles accepteren."),
        ("Port", "My i nasi partnerzy przetwarzamy dane. Cenimy Twoją prywatność."),
        ("Liman", "Biz ve iş ortaklarımız verileri işleriz. Tümünü kabul et."),
        ("Порт", "Мы используем файлы cookie. Принять все файлы cookie."),
    ] {
        let body = format!("<div class=wall><h1>{title}</h1><p>{text}</p><button>OK</button></div>");
        refused(title, &format!("<title>{title}</title>"), &body, "a request for consent");
    }
}

#[test]
fn the_fronts_of_sites_sections_topics_and_authors_are_no_articles() {
    let many = teasers(40);
    let linked = |kind: &str| format!("<script type='application/ld+json'>{{\"@type\":\"{kind}\"}}</script>");
    let at = |path: &str| format!("<link rel=canonical href='https://post.example{path}'>");
    for (kind, head) in [
        (
            "home page",
            format!("<title>Harbour Post</title>{}<meta property=og:type content=website>", at("/")),
        ),
        (
            "home page in JSON-LD",
            format!("<title>Harbour Post</title>{}{}", at("/"), linked("CollectionPage")),
        ),
        (
            "section",
            format!("<title>World | Harbour Post</title>{}{}", at("/world/"), linked("CollectionPage")),
        ),
        ("tag", format!("<title>Tag: ferries</title>{}", at("/tag/ferries"))),
        ("topic", format!("<title>Fähren</title>{}", at("/thema/faehren"))),
        ("search", format!("<title>Search results for ferry</title>{}", at("/search?q=ferry"))),
        ("Suche", format!("<title>Suchergebnisse für Fähre</title>{}", at("/suche?q=faehre"))),
        (
            "results in JSON-LD",
            format!("<title>Ferry</title>{}{}", at("/find?q=ferry"), linked("SearchResultsPage")),
        ),
        (
            "author",
            format!("<title>Mina Halvorsen</title>{}{}", at("/author/mina-halvorsen"), linked("ProfilePage")),
        ),
        ("auteur", format!("<title>Articles de Mina H.</title>{}", at("/auteur/mina"))),
        ("archive by month", format!("<title>May 2024</title>{}", at("/2024/05/"))),
        ("archivo", format!("<title>Archivo</title>{}", at("/archivo"))),
    ] {
        let body = format!("{MENU}<h1>Harbour Post</h1>{many}");
        match judged(&head, &body) {
            Verdict::NotArticle(_) => {}
            other => panic!("{kind}: {other:?}"),
        }
    }
}

#[test]
fn pages_that_serve_the_site_are_no_articles() {
    let form = "<form><input name=user><input type=password></form>";
    let shell = "<div id=root></div><script src=app.js></script>";
    let index = "<h1>Index of /news</h1><ul><li><a href=a.html>a.html</a><li><a href=b.html>b.html</a></ul>";
    let pictures = "<figure><img src=a.jpg></figure>".repeat(6);
    for (kind, head, body, wanted) in [
        ("login", "<title>Sign in</title>", form.to_owned() + "<p>Welcome back.</p>", "log in"),
        ("Anmelden", "<title>Anmelden</title>", form.to_owned() + "<p>Willkommen zurück.</p>", "log in"),
        ("вход", "<title>Вход на сайт</title>", form.to_owned() + "<p>С возвращением.</p>", "log in"),
        ("shell", "<title></title>", shell.to_owned(), "a page that scripts fill"),
        ("folder", "<title>Index of /news</title>", index.to_owned(), "a folder of files"),
        (
            "redirect",
            "<title>Moved</title><meta http-equiv=refresh content='0; url=https://post.example/x'>",
            "<p>You are being taken to <a href='https://post.example/x'>our new address</a>.</p>".to_owned(),
            "a page that only leads on to https://post.example/x",
        ),
        (
            "video",
            "<title>The harbour from above</title><meta property=og:type content=video.other>",
            "<h1>The harbour from above</h1><video></video><p>Watch.</p>".to_owned(),
            "a video with",
        ),
        ("gallery", "<title>The storm in pictures</title>", pictures + "<p>Storm.</p>", "pictures with"),
        (
            "robots",
            "<title>Just a moment...</title>",
            "<p>Checking your browser.</p>".to_owned(),
            "an error page",
        ),
    ] {
        refused(kind, head, &body, wanted);
    }
}

#[test]
fn an_article_is_one_among_teasers_forms_and_notices() {
    let cookies = "<div>We value your privacy. We and our partners use cookies.</div>";
    let login = "<form><input type=password></form>";
    let long = prose(6);
    for (kind, head, body) in [
        (
            "among links",
            "<title>Ferry stays</title>",
            format!("{MENU}<h1>Ferry stays</h1>{long}{}", teasers(60)),
        ),
        ("with a login", "<title>Ferry stays</title>", format!("{login}<h1>Ferry stays</h1>{long}")),
        ("with a notice", "<title>Ferry stays</title>", format!("<h1>Ferry stays</h1>{long}{cookies}")),
        (
            "about an error",
            "<title>Page not found: how a newspaper lost its archive</title><meta name=author content='Mina Halvorsen'>",
            format!(
                "<h1>Page not found: how a newspaper lost its archive</h1><p>By Mina Halvorsen</p>{long}"
            ),
        ),
        (
            "about a search",
            "<title>Search for ferry goes on</title><meta property=article:published_time content='2024-05-03'>",
            format!("<h1>Search for ferry goes on</h1>{long}"),
        ),
        (
            "with the front page as canonical",
            "<title>Ferry stays</title><link rel=canonical href='https://post.example/'>\
             <meta property=article:published_time content='2024-05-03'>",
            format!("<h1>Ferry stays</h1>{long}"),
        ),
        (
            "short",
            "<title>Ferry stays in the harbour</title><meta property=article:published_time content='2024-05-03'>\
             <link rel=canonical href='https://post.example/2024/05/03/ferry-stays-in-the-harbour'>",
            format!("<h1>Ferry stays in the harbour</h1>{}", prose(1)),
        ),
    ] {
        assert_eq!(judged(head, &body), Verdict::Article, "{kind}");
    }
}

#[test]
fn a_long_text_is_no_error_page_though_its_headline_begins_like_one() {
    for title in [
        "Forbidden City opens its doors to visitors at night",
        "Security check at the airport takes hours",
        "Not found: the ship that the whole coast looks for",
        "Access denied to the harbour for the third day",
        "Airport: Security check",
        "Wartungsarbeiten: Die Fähre fährt erst im Mai",
    ] {
        let body = format!("{MENU}<h1>{title}</h1>{}", prose(12));
        let verdict = judged(&format!("<title>{title}</title>"), &body);
        assert!(!matches!(verdict, Verdict::NotArticle(_)), "{title}: {verdict:?}");
    }
    let body = format!("{MENU}<h1>Page not found</h1>{}", prose(12));
    refused("all of the title", "<title>Page not found</title>", &body, "an error page");
    let body = format!(
        "{MENU}<h1>Sorry, this page has gone for good</h1>{}{}",
        prose(2),
        teasers(40).replace("time", "i")
    );
    refused("above teasers", "<title>Sorry, this page has gone for good</title>", &body, "an error page");
}

#[test]
fn what_may_be_an_article_is_kept_with_a_doubt() {
    let head = "<title>Products</title><link rel=canonical href='https://post.example/products/'>";
    let verdict = judged(head, &format!("<h1>Products</h1>{}", prose(3)));
    assert!(matches!(verdict, Verdict::Doubtful(_)), "{verdict:?}");
}

/// What a text copy becomes: its title and text, or why it is no article.
fn copied(source: &str, file: &str) -> Result<(String, String), String> {
    let origin = Origin { file: file.into(), ..Origin::default() };
    match crate::extract::plain::extract(source, &origin, &Rules::default()) {
        Outcome::Draft(draft) => Ok((draft.title, draft.text)),
        Outcome::NotArticle(reason, _) | Outcome::Skipped(reason) | Outcome::Failed(reason) => Err(reason),
    }
}

#[test]
fn a_text_copy_that_holds_no_article_is_said_to_hold_none() {
    let links = "Ferry stays\n\nCrowd sings\n\nWind turns\n\nMaster speaks\n\nTickets sold\n\nQuay closed\n\nBoat found\n\nAll safe";
    let addresses = (0..8).map(|number| format!("https://post.example/{number}\n\n")).collect::<String>();
    for (source, wanted) in [
        (" \n\n", "the text is empty"),
        ("Page not found\n\nThe page you are looking for has moved.", "an error page copied as a text"),
        ("Seite nicht gefunden\n\nVersuchen Sie die Suche.", "an error page copied as a text"),
        ("We value your privacy\n\nWe and our partners store data on your device.", "a request for consent"),
        ("Nous et nos partenaires\n\nNous respectons votre vie privée.", "a request for consent"),
        (links, "lines without a sentence"),
        (addresses.as_str(), "addresses"),
    ] {
        let reason = copied(source, "copy.txt").expect_err(source);
        assert!(reason.contains(wanted), "{source:?}: {reason}");
    }
}

#[test]
fn a_copy_without_a_headline_keeps_its_first_paragraph() {
    let first =
        "The ferry stayed in the harbour for a third day because the wind would not turn to the south.";
    let second = "Nobody had given the order to open the harbour, and nobody dared to close it again while the crowd of some \
                  thousand people stood on the quay and sang.";
    let source = format!("{first}\n\n{second}\n\n{second}");
    let (title, text) = copied(&source, "news/Ferry stays in harbour.txt").unwrap();
    assert_eq!(title, "Ferry stays in harbour");
    assert!(text.starts_with(first), "{text}");
    let (title, text) = copied(&source, "news/0017.txt").unwrap();
    assert_eq!(title, "The ferry stayed in the harbour for a third day because the wind would …");
    assert!(text.starts_with(first), "{text}");
    let headed = format!("Ferry stays in the harbour\n\n{second}\n\n{first}");
    let (title, text) = copied(&headed, "news/x y z.txt").unwrap();
    assert_eq!((title.as_str(), text.starts_with("Nobody")), ("Ferry stays in the harbour", true));
}
