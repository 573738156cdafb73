//! The heuristics as data: what pages call things, in one place, each list sorted.
//!
//! Words and phrases are folded (lower case, no accents; see `text::fold`) and are compared folded.

/// Types of schema.org that describe an article.
pub(super) const ARTICLE_TYPES: &[&str] = &[
    "AdvertiserContentArticle",
    "AnalysisNewsArticle",
    "Article",
    "AskPublicNewsArticle",
    "BackgroundNewsArticle",
    "BlogPosting",
    "LiveBlogPosting",
    "NewsArticle",
    "OpinionNewsArticle",
    "Report",
    "ReportageNewsArticle",
    "ReviewNewsArticle",
    "SatiricalArticle",
    "ScholarlyArticle",
    "SocialMediaPosting",
    "TechArticle",
];

/// Parts of a page that speak of something else than its article: comments, other stories, the
/// site itself. No field is read from them.
pub(super) const APART: &str = "#comments, #disqus_thread, .comment, .comments, .comment-list, .commentlist, \
    .comments-area, .comments-section, [itemprop='comment'], [id^='comment-'], \
    .related, .related-articles, .related-posts, .related-stories, .most-read, .popular-posts, \
    .recommended, .recommendations, .newsletter, .sidebar, #sidebar, [role='complementary'], \
    footer.site-footer, .site-footer, #footer, nav";

/// Furniture that is cut out of a page before its text is looked for.
pub(super) const CUT: &str = "amp-sidebar, amp-user-notification, [role='dialog'], [class*='cookie-'], \
    [class*='newsletter'], [class*='share-bar'], [class*='sharebar'], [class*='social-share'], \
    [class*='related-'], [class*='most-read'], [class*='paywall-teaser'], [class*='reading-time'], \
    [class*='read-more-box'], .inline-related, .nl-box, .paywall, .pull-quote, .pullquote, .read-more";

/// Words of an address that only say where a reader came from, sorted.
pub(super) const TRACKING: &[&str] = &[
    "_ga",
    "at_campaign",
    "at_medium",
    "cmp",
    "cmpid",
    "dclid",
    "fbclid",
    "ftag",
    "gclid",
    "igshid",
    "mc_cid",
    "mc_eid",
    "ns_campaign",
    "ns_mchannel",
    "ocid",
    "ref",
    "ref_src",
    "smid",
    "spm",
    "wt_mc",
    "xtor",
];

/// Names of zones that mean one distance from UTC only, in minutes, sorted.
pub(super) const ZONES: &[(&str, i16)] = &[
    ("akdt", -480),
    ("akst", -540),
    ("cest", 120),
    ("cet", 60),
    ("edt", -240),
    ("eest", 180),
    ("eet", 120),
    ("est", -300),
    ("gmt", 0),
    ("hkt", 480),
    ("jst", 540),
    ("kst", 540),
    ("mdt", -360),
    ("mesz", 120),
    ("mez", 60),
    ("msk", 180),
    ("mst", -420),
    ("nzdt", 780),
    ("nzst", 720),
    ("pdt", -420),
    ("pst", -480),
    ("sgt", 480),
    ("utc", 0),
    ("wib", 420),
    ("z", 0),
];

/// What stands before the name in a byline, longest first within a language.
pub(super) const BYLINE_LABELS: &[&str] = &[
    "a cura di",
    "af",
    "aufgezeichnet von",
    "auteur:",
    "author",
    "author:",
    "autor:",
    "autora:",
    "autore:",
    "av",
    "blog beitrag von",
    "by",
    "by:",
    "de",
    "di",
    "door",
    "ein artikel von",
    "ein beitrag von",
    "ein gastbeitrag von",
    "ein kommentar von",
    "eine analyse von",
    "eine kolumne von",
    "erstellt von",
    "escrito por",
    "interview von",
    "kommentar von",
    "more by",
    "more stories by",
    "oleh",
    "par",
    "por",
    "posted by",
    "posted by:",
    "przez",
    "published by",
    "quelle:",
    "reported by",
    "tekst:",
    "text av",
    "text by",
    "text von",
    "text:",
    "texte:",
    "texto:",
    "van",
    "verfasst von",
    "veroffentlicht von",
    "von",
    "von unserem redaktionsmitglied",
    "von:",
    "words by",
    "written by",
    "written by:",
];

/// Labels of the list above that may stand alone before a name in a line of text: the others
/// ("de", "van", "af") open ordinary names or sentences.
pub(super) const BYLINE_OPENERS: &[&str] = &[
    "auteur:",
    "author:",
    "autor:",
    "autora:",
    "autore:",
    "by",
    "by:",
    "ein gastbeitrag von",
    "erstellt von",
    "escrito por",
    "oleh",
    "par",
    "por",
    "posted by",
    "tekst:",
    "text:",
    "texte:",
    "texto:",
    "von",
    "von:",
    "words by",
    "written by",
    "written by:",
];

/// Words between two names.
pub(super) const AND: &[&str] =
    &["&", "and", "con", "e", "en", "et", "i", "med", "mit", "och", "og", "und", "with", "y"];

/// What is not somebody's name, though pages give it as an author, folded and sorted.
pub(super) const NOBODY: &[&str] = &[
    "admin",
    "administrator",
    "anonymous",
    "author",
    "autor",
    "editor",
    "editorial",
    "follow author",
    "gesponserte inhalte",
    "guest",
    "home",
    "lesezeit",
    "n/a",
    "na",
    "no author",
    "none",
    "null",
    "published",
    "publisher",
    "redacao",
    "redaccion",
    "redaktion",
    "root",
    "share",
    "staff",
    "staff report",
    "staff reporter",
    "staff writer",
    "super user",
    "unbenannt",
    "undefined",
    "unknown",
    "user",
    "view all posts",
    "webmaster",
    "wpadmin",
];

/// Agencies that are named with one word.
pub(super) const AGENCIES: &[&str] = &[
    "afp",
    "ansa",
    "ap",
    "apa",
    "dpa",
    "efe",
    "epd",
    "ips",
    "itar-tass",
    "kna",
    "kyodo",
    "pti",
    "reuters",
    "sda",
    "sid",
    "tass",
    "tnn",
    "upi",
    "xinhua",
];

/// What opens a line about somebody who did other work on an article, folded.
pub(super) const OTHER_WORK: &[&str] = &[
    "edited by",
    "foto",
    "fotos",
    "illustration",
    "illustration by",
    "image",
    "photo",
    "photograph by",
    "photographs by",
    "photography by",
    "photos",
    "reviewed by",
    "translated by",
];

/// What a person is called before a name, folded; it goes.
pub(super) const HONORIFICS: &[&str] = &[
    "dr.",
    "frau",
    "herr",
    "mr.",
    "mrs.",
    "ms.",
    "prof.",
    "prof. dr.",
];

/// Words that open what follows a name but is none: his work, his place. Folded and sorted.
pub(super) const ROLES: &[&str] = &[
    "analyst",
    "bureau chief",
    "chief",
    "chief correspondent",
    "columnist",
    "contributing writer",
    "contributor",
    "correspondent",
    "deputy editor",
    "editor",
    "editor-in-chief",
    "foreign correspondent",
    "freelance",
    "journalist",
    "opinion contributor",
    "photographer",
    "political editor",
    "producer",
    "reporter",
    "senior editor",
    "senior reporter",
    "senior writer",
    "special correspondent",
    "staff reporter",
    "staff writer",
    "writer",
];

/// Lines that are the page's and not the article's, folded, without end punctuation, sorted.
pub(super) const FURNITURE_LINES: &[&str] = &[
    "a lire aussi",
    "ad",
    "ad feedback",
    "advertisement",
    "advertisements",
    "advertising",
    "advertisment",
    "all rights reserved",
    "also read",
    "anuncio",
    "anzeige",
    "article continues below",
    "artikel teilen",
    "back to top",
    "commentaires",
    "comments",
    "compartir",
    "continue reading",
    "copy link",
    "diesen artikel teilen",
    "discuss",
    "drucken",
    "e-mail this story",
    "email this story",
    "follow us",
    "from the print edition",
    "keep reading",
    "kommentare",
    "leave a comment",
    "lees ook",
    "leggi anche",
    "lesen sie auch",
    "lire aussi",
    "listen to this article",
    "live",
    "live story",
    "loading",
    "loading...",
    "mehr zum thema",
    "more on this story",
    "more on this topic",
    "no comments",
    "partager",
    "paru dans l'edition imprimee",
    "print",
    "print this page",
    "printer-friendly version",
    "publicidad",
    "publicite",
    "read also",
    "read more",
    "recommended",
    "recommended stories",
    "related",
    "related articles",
    "related content",
    "related news",
    "related stories",
    "related topics",
    "see also",
    "share",
    "share on facebook",
    "share on twitter",
    "share this",
    "share this article",
    "share this page",
    "share this post",
    "share this story",
    "sign up",
    "skip advertisement",
    "story continues below",
    "story continues below advertisement",
    "subscribe",
    "subscribe now",
    "teilen",
    "tweet",
    "view comments",
    "voir aussi",
    "werbung",
];

/// How lines begin that are the page's and not the article's, folded and sorted. Such a line is
/// furniture while it is short.
pub(super) const FURNITURE_OPENERS: &[&str] = &[
    "a lire aussi :",
    "a lire aussi:",
    "already a subscriber",
    "also read:",
    "click here to",
    "download our app",
    "download the app",
    "folgen sie uns",
    "follow her on",
    "follow him on",
    "follow us on",
    "get our free",
    "have your say",
    "join our newsletter",
    "join the conversation",
    "lea tambien:",
    "lee tambien:",
    "lees ook:",
    "leggi anche:",
    "leia tambem:",
    "lesen sie auch:",
    "lesen sie hier",
    "lire aussi :",
    "lire aussi:",
    "mehr zum thema:",
    "more on this:",
    "more:",
    "newsletter:",
    "print edition:",
    "read also:",
    "read more:",
    "read next:",
    "recommended:",
    "related article:",
    "related story:",
    "related:",
    "see also:",
    "sign up for",
    "sign up here",
    "sign up to",
    "subscribe here",
    "subscribe now",
    "subscribe to our",
    "subscribe to the",
    "suscribete a",
    "this article is for subscribers",
    "this story is for subscribers",
    "to continue reading",
    "to read the full",
    "ver tambien:",
    "voir aussi :",
    "voir aussi:",
    "watch:",
];

/// What opens the credit at the end of a caption, folded and sorted.
pub(super) const CREDIT_OPENERS: &[&str] = &[
    "bild:",
    "composite:",
    "credit:",
    "foto :",
    "foto:",
    "fotografia:",
    "illustration:",
    "image:",
    "images:",
    "photo :",
    "photo by",
    "photo credit:",
    "photo:",
    "photograph by",
    "photograph:",
    "photographer:",
    "photos:",
    "picture:",
    "source:",
];

/// What stands in the brackets at the end of a caption, folded: agencies and words for a picture.
pub(super) const CREDIT_WORDS: &[&str] = &[
    "afp",
    "alamy",
    "ap",
    "archiv",
    "archive",
    "archives",
    "courtesy",
    "dpa",
    "efe",
    "epa",
    "file",
    "foto",
    "getty",
    "handout",
    "image",
    "images",
    "ntb",
    "photo",
    "photos",
    "picture",
    "reuters",
    "shutterstock",
    "xinhua",
];

/// Titles that say that a page is an error, folded; they stand at the start of the title.
pub(super) const ERROR_TITLES: &[&str] = &[
    "403 forbidden",
    "404",
    "500 internal server error",
    "502 bad gateway",
    "503 service",
    "access denied",
    "attention required",
    "error 404",
    "error 500",
    "file not found",
    "just a moment",
    "not found",
    "page introuvable",
    "page not found",
    "pagina no encontrada",
    "seite nicht gefunden",
    "service unavailable",
    "this page could not be found",
];

/// Labels before a date that say that it is not the first one, folded and sorted.
pub(super) const UPDATE_LABELS: &[&str] = &[
    "actualizada",
    "actualizado",
    "aggiornato",
    "aktualisiert",
    "atualizado",
    "bijgewerkt",
    "edited",
    "last modified",
    "last update",
    "letzte aktualisierung",
    "letzte anderung",
    "mis a jour",
    "mise a jour",
    "modifie",
    "modified",
    "opdateret",
    "oppdatert",
    "updated",
    "uppdaterad",
    "zuletzt",
];

/// Words in a date line beside the date, folded: they may stand there and say nothing more.
pub(super) const DATE_LABELS: &[&str] = &[
    "am",
    "date",
    "dated",
    "datum",
    "dienstag",
    "dimanche",
    "domingo",
    "donnerstag",
    "el",
    "erschienen",
    "first",
    "freitag",
    "fri",
    "friday",
    "issued",
    "jeudi",
    "jueves",
    "le",
    "lundi",
    "lunes",
    "mardi",
    "martes",
    "mercredi",
    "miercoles",
    "mittwoch",
    "mon",
    "monday",
    "montag",
    "on",
    "posted",
    "pubblicato",
    "publicado",
    "publie",
    "published",
    "sabado",
    "samedi",
    "samstag",
    "sat",
    "saturday",
    "sonntag",
    "sun",
    "sunday",
    "thu",
    "thursday",
    "tue",
    "tuesday",
    "vendredi",
    "veroffentlicht",
    "viernes",
    "vom",
    "wed",
    "wednesday",
];

/// Whether a folded word or line is in a list.
pub(super) fn listed(list: &[&str], folded: &str) -> bool {
    list.contains(&folded)
}

/// Whether a folded line begins with an entry of a list that ends there or goes on with no letter.
pub(super) fn opens_with<'a>(list: &[&'a str], folded: &str) -> Option<&'a str> {
    let opens = |entry: &&&str| {
        folded.strip_prefix(**entry).is_some_and(|rest| {
            let ends_word = entry.ends_with(|c: char| !c.is_alphanumeric());
            ends_word || !rest.starts_with(char::is_alphanumeric)
        })
    };
    list.iter().filter(opens).max_by_key(|entry| entry.len()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::text::fold;

    #[test]
    fn lists_are_sorted_folded_and_free_of_doubles() {
        let lists = [
            ("AND", AND),
            ("BYLINE_LABELS", BYLINE_LABELS),
            ("BYLINE_OPENERS", BYLINE_OPENERS),
            ("CREDIT_OPENERS", CREDIT_OPENERS),
            ("CREDIT_WORDS", CREDIT_WORDS),
            ("DATE_LABELS", DATE_LABELS),
            ("ERROR_TITLES", ERROR_TITLES),
            ("FURNITURE_LINES", FURNITURE_LINES),
            ("FURNITURE_OPENERS", FURNITURE_OPENERS),
            ("HONORIFICS", HONORIFICS),
            ("NOBODY", NOBODY),
            ("ROLES", ROLES),
            ("TRACKING", TRACKING),
            ("UPDATE_LABELS", UPDATE_LABELS),
        ];
        for (name, list) in lists {
            for pair in list.windows(2) {
                assert!(pair[0] < pair[1], "{name}: {:?} stands before {:?}", pair[0], pair[1]);
            }
            for entry in list {
                assert_eq!(fold(entry), *entry, "{name}");
            }
        }
        assert!(ARTICLE_TYPES.is_sorted());
        assert!(ZONES.is_sorted_by_key(|(name, _)| name));
    }
}
