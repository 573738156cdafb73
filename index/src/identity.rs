//! What makes a record the same article when it is met again: the text that stands for its
//! identity, and the public id that follows from it.

use sha2::{Digest, Sha256};

use crate::article::{ArticleId, Origin};
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
    fn a_given_id_is_kept_if_it_can_stand_in_an_address() {
        let origin = Origin::default();
        assert_eq!(id_of(&Identity::Given("hw-1956".into()), &origin).as_str(), "hw-1956");
        let made = id_of(&Identity::Given("no/good".into()), &origin);
        assert_eq!(made.as_str().len(), 15);
    }
}
