//! What makes a record the same article when it is met again: the text that stands for its
//! identity, and the public id that follows from it.

use sha2::{Digest, Sha256};

use crate::article::{Article, ArticleId, Origin};
use crate::likeness::Profile;
use crate::record::Identity;

/// The text that stands for an identity: two records with equal keys claim to be one article.
#[must_use]
pub fn key(identity: &Identity, origin: &Origin) -> String {
    match identity {
        Identity::Given(id) => format!("id:{id}"),
        Identity::Url(url) => format!("url:{url}"),
        Identity::Place => format!("place:{}\n{}\n{}", origin.place, origin.member, origin.record),
    }
}

/// The public id that an identity leads to: the given id where it has the shape of one, else a
/// short digest of the key.
#[must_use]
pub fn id_of(identity: &Identity, origin: &Origin) -> ArticleId {
    if let Identity::Given(given) = identity
        && let Some(id) = ArticleId::new(given.as_str())
    {
        return id;
    }
    id_of_key(&key(identity, origin))
}

/// The public id of a key: 75 bits of its SHA-256, as fifteen letters and digits.
#[must_use]
pub fn id_of_key(key: &str) -> ArticleId {
    // Crockford's alphabet, in lower case: no letter is taken for a digit when it is read out.
    const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let digest = Sha256::digest(key.as_bytes());
    let letters = digest.iter().take(15).map(|byte| char::from(ALPHABET[usize::from(byte & 31)]));
    let id: String = letters.collect();
    ArticleId::new(id).expect("letters and digits are an id")
}

/// A digest of bytes, in hexadecimal: equal for equal bytes.
#[must_use]
pub fn digest(bytes: &[u8]) -> String {
    use std::fmt::Write;
    let mut hex = String::with_capacity(32);
    for byte in Sha256::digest(bytes).iter().take(16) {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

/// Whether two records that claim one identity are one article.
///
/// They are if their headlines agree or half of their five-word runs do (Broder 1997): of the shorter
/// text's where one has no headline, else of the longer's, since templated reports and teasers share
/// what little they have. What was published on days that lie apart needs more: the headlines must not
/// be strangers, half of the runs must agree, and the numbers must not contradict each other:
/// instalments of a column or a report have one address, too.
#[must_use]
pub fn is_same_article(a: &Article, b: &Article) -> bool {
    let (a, b) = (Profile::of(a), Profile::of(b));
    let (contained, covered) = (a.containment(&b) >= HALF, a.coverage(&b));
    if are_days_apart(&a, &b) {
        let contradicted = a.titles_contradict(&b) || a.texts_contradict(&b);
        let text = if a.titles_agree(&b) { contained } else { covered >= HALF };
        return text && !contradicted && !a.titles_are_strange(&b);
    }
    let untitled = a.fingerprint.title == 0 || b.fingerprint.title == 0;
    a.titles_agree(&b) || covered >= HALF || (untitled && contained)
}

/// Whether what a record now holds is another article than what it held before, whatever they are
/// known by: less than half the words of the shorter headline and hardly a run of the texts agree, or
/// the days lie apart and nothing else makes them one. Here the numbers may differ: a report that is
/// saved again with a later date and another count of the dead is an update, where its headline stayed
/// and half of the shorter text's runs.
#[must_use]
pub fn is_another_article(before: &Article, now: &Article) -> bool {
    if is_same_article(before, now) {
        return false;
    }
    let (before, now) = (Profile::of(before), Profile::of(now));
    let contained = before.containment(&now);
    let updated = before.titles_agree(&now) && contained >= HALF;
    let apart = are_days_apart(&before, &now) && !updated;
    let long = before.fingerprint.words.min(now.fingerprint.words) >= ENOUGH;
    apart || (long && before.titles_are_strange(&now) && contained < HARDLY)
}

/// Whether one text is a part of another that has more than twice its words.
#[must_use]
pub fn is_part_of(part: &Article, whole: &Article) -> bool {
    let (part, whole) = (Profile::of(part), Profile::of(whole));
    let words = part.fingerprint.words;
    words > 0 && words.saturating_mul(2) < whole.fingerprint.words && part.containment(&whole) >= MOST
}

/// The share of two texts that makes one article of them.
const HALF: f64 = 0.5;
/// The share of a cut text that stands in the whole: its last words may say that it is cut.
const MOST: f64 = 0.7;
/// Less in common is nothing in common.
const HARDLY: f64 = 0.1;
/// Fewer words are no evidence of another article.
const ENOUGH: u32 = 25;

/// Whether both were published on a known day, and these lie more than a day apart.
fn are_days_apart(a: &Profile, b: &Profile) -> bool {
    let known = |(first, last): &(i64, i64)| first == last;
    match (a.days.filter(known), b.days.filter(known)) {
        (Some((a, _)), Some((b, _))) => (a - b).abs() > 1,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moved_folder_keeps_its_ids_and_two_files_of_one_name_differ() {
        let at =
            |file: &str, place: &str| Origin { file: file.into(), place: place.into(), ..Origin::default() };
        let before = at("/home/a/news/x.txt", "news/x.txt");
        let after = at("/mnt/b/news/x.txt", "news/x.txt");
        let other = at("/home/a/news/y/x.txt", "news/y/x.txt");
        assert_eq!(id_of(&Identity::Place, &before), id_of(&Identity::Place, &after));
        assert_ne!(id_of(&Identity::Place, &before), id_of(&Identity::Place, &other));
    }

    #[test]
    fn copies_of_one_article_are_known_by_headline_or_by_half_their_text() {
        let article = |title: &str, text: &str| Article {
            title: title.into(),
            text: text.into(),
            ..Article::empty(ArticleId::new("a").unwrap())
        };
        let words = |from: u32, to: u32| (from..to).map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ");
        let first = article("Talks end", &words(0, 100));
        assert!(is_same_article(&first, &article("TALKS  END", "something else")));
        assert!(is_same_article(&first, &article("", &words(0, 60))));
        assert!(is_same_article(&first, &article("Other", &words(40, 140))));
        assert!(!is_same_article(&first, &article("Other", &words(60, 160))));
        assert!(!is_same_article(&article("", ""), &article("", "")));
    }

    /// An article of 3 May 1990, so many days later.
    fn on(days: i32, title: &str, text: &str) -> Article {
        let date = jiff::civil::date(1990, 5, 3) + jiff::Span::new().days(days);
        let date = crate::published::PartialDate::parse(&date.to_string()).unwrap();
        let published = Some(crate::published::Published { date, found: "meta".into() });
        Article {
            title: title.into(),
            text: text.into(),
            published,
            ..Article::empty(ArticleId::new("a").unwrap())
        }
    }

    const TEMPLATE: &str = "The harbour office gives the prices of the day as it has done since the war, \
        for cod and for herring by the crate, and warns that the boats of the northern fleet are late again";

    #[test]
    fn instalments_on_one_address_are_articles_of_their_own() {
        let first = on(0, "Fish prices on Thursday", &format!("{TEMPLATE}. A crate was sold for 41."));
        let next = |days, title: &str, price: u32| {
            on(days, title, &format!("{TEMPLATE}. A crate was sold for {price}."))
        };
        assert!(
            !is_same_article(&first, &next(7, "What the fleet earned", 41)),
            "strange headlines, days apart"
        );
        assert!(
            !is_same_article(&first, &next(7, "Fish prices on Thursday", 38)),
            "a series differs by its numbers"
        );
        assert!(is_same_article(&first, &next(7, "Fish prices on Thursday", 41)), "a date that was mended");
        assert!(is_same_article(&first, &next(1, "What the fleet earned", 38)), "a day may be told twice");
        let other = "Nobody on the quay had seen such a winter, and the ice held the ferries for nine weeks";
        assert!(!is_same_article(&on(0, "The week", TEMPLATE), &on(7, "The week", other)), "a weekly column");
        assert!(is_same_article(&on(0, "The week", TEMPLATE), &on(0, "The week", other)), "it was rewritten");
        let long = format!("{TEMPLATE} {other} {}", other.replace(' ', " so "));
        assert!(
            !is_same_article(&on(0, "Prices", TEMPLATE), &on(0, "Winter", &long)),
            "half of the shorter is little"
        );
    }

    #[test]
    fn what_has_nothing_in_common_is_another_article_and_what_was_reworked_is_not() {
        let other = "Nobody on the quay had seen such a winter, and the ice held the ferries for nine weeks \
            while the children walked to school across the bay and the baker sold his bread from a sledge";
        assert!(is_another_article(&on(0, "Fish prices", TEMPLATE), &on(0, "Winter", other)));
        assert!(is_another_article(&on(0, "The week", TEMPLATE), &on(7, "The week", other)));
        assert!(!is_another_article(&on(0, "Fish prices", TEMPLATE), &on(0, "Fish prices", other)));
        assert!(!is_another_article(&on(0, "Fish prices", TEMPLATE), &on(0, "Winter", &TEMPLATE[..120])));
        let told = |days, dead: u32| on(days, "Ferry sinks", &format!("{TEMPLATE}. {dead} people died."));
        assert!(!is_another_article(&told(0, 12), &told(3, 15)), "an update has a later date");
        assert!(is_another_article(&told(0, 12), &on(3, "Ferry found", &told(0, 15).text)), "a later report");
        assert!(
            !is_another_article(&on(0, "First", "a b c"), &on(0, "Second", "d e f")),
            "too short to tell"
        );
    }

    #[test]
    fn a_teaser_is_a_part_and_a_shorter_report_is_none() {
        let whole = on(0, "Fish prices", &format!("{TEMPLATE} {}", TEMPLATE.replace(' ', " now ")));
        assert!(is_part_of(&on(0, "", &format!("{} … Subscribe to read on", &TEMPLATE[..150])), &whole));
        assert!(!is_part_of(&on(0, "", "The boats came home in the evening without a single crate"), &whole));
        assert!(!is_part_of(&whole, &whole));
    }

    #[test]
    fn a_given_id_is_kept_if_it_can_stand_in_an_address() {
        let origin = Origin::default();
        assert_eq!(id_of(&Identity::Given("hw-1956".into()), &origin).as_str(), "hw-1956");
        let made = id_of(&Identity::Given("no/good".into()), &origin);
        assert_eq!(made.as_str().len(), 15);
    }
}
