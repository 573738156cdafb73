//! When two spellings of an author or a source are safely one: case, spacing and punctuation alone
//! tell them apart.

/// What is left of a spelling when case, spacing and punctuation don't count. Accents do: two people
/// may differ in them.
#[must_use]
pub fn spelling_key(name: &str) -> String {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    let key: String = letters.flat_map(char::to_lowercase).collect();
    // "?!" is not "…".
    if key.is_empty() { name.trim().to_owned() } else { key }
}

/// Whether `new` is better to read than `old`, of two spellings with one key: neither shouted nor whispered.
#[must_use]
pub fn better_spelling(new: &str, old: &str) -> bool {
    let mixed = |name: &str| name.chars().any(char::is_uppercase) && name.chars().any(char::is_lowercase);
    mixed(new) && !mixed(old)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_spacing_and_punctuation_do_not_count_and_all_else_does() {
        for (one, other) in [("Fox News", "FOX NEWS"), ("A.P.", "AP"), ("Jean-Luc  Roy", "Jean Luc Roy")] {
            assert_eq!(spelling_key(one), spelling_key(other));
        }
        for (one, other) in
            [("Fox News", "Fox News (Online)"), ("Ana Peña", "Ana Pena"), ("?!", "…"), ("Group 4", "Group 5")]
        {
            assert_ne!(spelling_key(one), spelling_key(other));
        }
        assert!(better_spelling("Fox News", "FOX NEWS") && !better_spelling("fox news", "Fox News"));
        assert!(!better_spelling("BBC", "bbc"), "neither is better: the first stays");
    }
}
