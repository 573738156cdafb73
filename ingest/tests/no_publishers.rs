//! What holds for one publisher only has no place in the extractor: neither its code nor its word lists
//! name the address of any.

use std::fs;
use std::path::{Path, PathBuf};

/// Ends of addresses that publishers have, but for those that are words of the code ("at", "is").
const ENDS: &[&str] = &[
    "al", "am", "ar", "az", "ba", "be", "bg", "biz", "bo", "br", "by", "ca", "cat", "cc", "ch", "cl", "cn",
    "co", "com", "coop", "cr", "cu", "cy", "cz", "de", "dk", "dz", "ec", "edu", "ee", "eg", "es", "eu", "fi",
    "fr", "ge", "gov", "gr", "gt", "hk", "hn", "hr", "hu", "ie", "il", "iq", "ir", "je", "jo", "jp", "ke",
    "kr", "kz", "lb", "li", "lk", "lt", "lu", "lv", "ly", "ma", "md", "mil", "mk", "mt", "mx", "net", "ng",
    "ni", "nl", "np", "nz", "org", "pa", "pe", "ph", "pk", "pl", "pt", "py", "qa", "ro", "ru", "sa", "se",
    "sg", "si", "sk", "sn", "su", "sv", "sy", "th", "tn", "tr", "tv", "tw", "ua", "uk", "us", "uy", "uz",
    "va", "ve", "vn", "xyz", "za",
];

/// Ends that are words of code, too: they count only where an address is written out.
const WORDS: &[&str] =
    &["info", "int", "me", "media", "my", "news", "no", "online", "press", "site", "today"];

/// Vocabularies that many publishers mark their pages up with.
const STANDARDS: &[&str] = &["schema.org", "w3.org", "ogp.me", "purl.org", "json-ld.org"];

#[test]
fn no_publishers_address_stands_in_the_extractor() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["src/extract", "data"] {
        collect(&root.join(folder), &mut files);
    }
    assert!(files.len() > 40, "the test looks in the wrong place: {files:?}");
    for file in files {
        // The tagger's weights are numbers.
        let Ok(text) = String::from_utf8(fs::read(&file).unwrap()) else { continue };
        for (number, line) in text.lines().enumerate() {
            let found = addresses(line);
            assert!(found.is_empty(), "{}:{}: {found:?}", file.display(), number + 1);
        }
    }
}

#[test]
fn addresses_are_told_from_code_and_from_placeholders() {
    for (line, found) in [
        ("\"https://www.daily-planet.com/x\"", vec!["www.daily-planet.com"]),
        ("see dailyplanet.co.uk, and planet.fr.", vec!["dailyplanet.co.uk", "planet.fr"]),
        ("read(\"https://a.example/x.html\").name.no()", vec![]),
        ("https://planet.news/x and rules.news", vec!["planet.news"]),
        ("types of schema.org, as https://schema.org/Article", vec![]),
        ("prof. dr. med. / 17.01.2024 / e.g. / Yes.No", vec![]),
    ] {
        assert_eq!(addresses(line), found, "{line}");
    }
}

/// Every file below a folder.
fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { collect(&path, into) } else { into.push(path) }
    }
}

/// What looks like the address of a site: labels of lower case, parted by dots, with such an end.
fn addresses(line: &str) -> Vec<&str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let mut found = Vec::new();
    let mut rest = line;
    while let Some(start) = rest.find(is_part) {
        let length = rest[start..].find(|c| !is_part(c)).unwrap_or(rest.len() - start);
        let (before, word, after) = (&rest[..start], &rest[start..start + length], &rest[start + length..]);
        rest = after;
        let word = word.trim_matches(['.', '-', '_']);
        let labels: Vec<&str> = word.split('.').collect();
        let [.., name, end] = labels[..] else { continue };
        let is_call = after.starts_with(['(', '!']);
        let is_lower =
            |label: &&str| label.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit());
        let written_out = word.starts_with("www.") || before.ends_with("//");
        let ends = ENDS.contains(&end) || WORDS.contains(&end) && written_out;
        let is_address = ends && name.len() > 1 && labels.iter().all(is_lower) && !is_call;
        if is_address && !STANDARDS.contains(&word.trim_start_matches("www.")) {
            found.push(word);
        }
    }
    found
}
