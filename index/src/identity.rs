//! What makes a record the same article when it is met again: the text that stands for its
//! identity, and the public id that follows from it.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use sha2::{Digest, Sha256};

use crate::analysis;
use crate::article::{Article, ArticleId, Origin};
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

/// Whether two records that claim one identity are one article: their headlines agree, or at least
/// half of the five-word shingles of the shorter text stand in the other (Broder 1997, containment).
#[must_use]
pub fn is_same_article(a: &Article, b: &Article) -> bool {
    let (title, other) = (folded_words(&a.title), folded_words(&b.title));
    if !title.is_empty() && title == other {
        return true;
    }
    let (a, b) = (shingles(&a.text), shingles(&b.text));
    let shared = a.intersection(&b).count();
    let shorter = a.len().min(b.len());
    shorter > 0 && shared * 2 >= shorter
}

fn folded_words(text: &str) -> Vec<String> {
    analysis::Words::new(text).map(|word| analysis::folded_word(&text[word.start..word.end])).collect()
}

/// Digests of all runs of five words; of all words together where there are fewer.
fn shingles(text: &str) -> HashSet<u64> {
    let words = folded_words(text);
    let digest = |run: &[String]| {
        let mut hasher = DefaultHasher::new();
        run.hash(&mut hasher);
        hasher.finish()
    };
    match words.len() {
        0 => HashSet::new(),
        1..5 => HashSet::from([digest(&words)]),
        _ => words.windows(5).map(digest).collect(),
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

    #[test]
    fn a_given_id_is_kept_if_it_can_stand_in_an_address() {
        let origin = Origin::default();
        assert_eq!(id_of(&Identity::Given("hw-1956".into()), &origin).as_str(), "hw-1956");
        let made = id_of(&Identity::Given("no/good".into()), &origin);
        assert_eq!(made.as_str().len(), 15);
    }
}
