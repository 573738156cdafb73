use super::*;
use crate::published::PartialDate;

/// A text of made-up words, told apart by its name.
fn words(name: &str, range: std::ops::Range<u32>) -> String {
    range.map(|n| format!("{name}{}", letters(n))).collect::<Vec<_>>().join(" ")
}

fn letters(n: u32) -> String {
    n.to_string().bytes().map(|digit| char::from(b'a' + digit - b'0')).collect()
}

fn profile(title: &str, text: &str, day: &str) -> Profile {
    Profile::new(title, text, PartialDate::parse(day).as_ref())
}

/// Both orders say the same.
fn like(a: &Profile, b: &Profile) -> Option<Likeness> {
    assert_eq!(likeness(a, b), likeness(b, a));
    likeness(a, b)
}

fn share_a_key(a: &Profile, b: &Profile) -> bool {
    let keys = b.fingerprint.keys();
    a.fingerprint.keys().iter().any(|key| keys.contains(key))
}

#[test]
fn case_accents_and_punctuation_make_no_other_text() {
    let text = words("w", 0..60);
    let page = profile("Señor Peña", &format!("{text}. Café — naïve"), "2024-01-17");
    let copy = profile("", &format!("{}\n\n“cafe” naive!", text.to_uppercase()), "");
    assert_eq!(like(&page, &copy), Some(Likeness::Text));
    assert!(share_a_key(&page, &copy));
}

#[test]
fn a_copy_with_captions_put_in_is_nearly_the_same_text() {
    let page = profile("A", &words("w", 0..400), "2024-01-17");
    let captions = format!("{} {} {}", words("w", 0..150), words("caption", 0..12), words("w", 150..400));
    let copy = profile("B", &captions, "");
    assert_eq!(like(&page, &copy), Some(Likeness::Near));
    assert!(share_a_key(&page, &copy));
    assert_eq!(like(&page, &profile("A", &words("v", 0..400), "2024-01-17")), None);
}

#[test]
fn of_one_headline_and_one_day_a_text_may_go_on_longer() {
    let whole = words("w", 0..300);
    let begun = words("w", 0..200);
    let at = |text: &str, day: &str| profile("Talks end without a word", text, day);
    assert_eq!(like(&at(&whole, "2024-01-17"), &at(&begun, "2024-01-17")), Some(Likeness::Near));
    assert_eq!(like(&at(&whole, "2024-01-17"), &at(&begun, "2024-01-18")), None);
    assert_eq!(like(&at(&whole, "2024-01-17"), &at(&begun, "")), None);
}

#[test]
fn the_reports_of_a_series_are_no_copies_of_each_other() {
    let report = |points: &str, day: &str| {
        let text = format!(
            "The index of the exchange rose by {points} points today. {} Dealers said that turnover was \
             moderate and that the outlook depends on the next decision of the central bank.",
            words("w", 0..30)
        );
        profile("Market report", &text, day)
    };
    assert_eq!(like(&report("12", "2024-01-17"), &report("31", "2024-01-18")), None);
    assert_eq!(like(&report("12", ""), &report("31", "")), None);
    // The very same words: a day later a copy, a month later another report.
    assert_eq!(like(&report("12", "2024-01-17"), &report("12", "2024-01-18")), Some(Likeness::Text));
    assert_eq!(like(&report("12", "2024-01-17"), &report("12", "2024-02-17")), None);
    assert!(share_a_key(&report("12", ""), &report("31", "")), "they were compared");
}

#[test]
fn years_in_pictures_are_two_though_their_texts_agree() {
    let text = words("w", 0..300);
    let of = |year: u32| {
        profile(&format!("{year}: the year in pictures"), &format!("{text} {}", letters(year)), "")
    };
    assert_eq!(like(&of(2015), &of(2016)), None);
    assert_eq!(
        like(&of(2016), &profile("The year in pictures", &format!("{text} x"), "")),
        Some(Likeness::Near)
    );
}

#[test]
fn a_flash_is_a_copy_only_under_one_headline_on_one_day() {
    let flash = |title: &str, day: &str| profile(title, "The bank leaves its rates as they are.", day);
    let first = flash("Rates unchanged", "2024-01-17T10:00:00Z");
    assert_eq!(like(&first, &flash("RATES UNCHANGED", "2024-01-17")), Some(Likeness::Text));
    for other in [
        flash("Rates unchanged", "2024-01-18"),
        flash("Rates unchanged", "2024"),
        flash("No change", "2024-01-17"),
        flash("", ""),
    ] {
        assert_eq!(like(&first, &other), None);
    }
    assert_eq!(like(&profile("", "", ""), &profile("", "", "")), None, "nothing is no copy of nothing");
}

#[test]
fn bands_find_nearly_all_copies_and_hardly_anything_else() {
    let found = |kept: u32| {
        let pairs = (0..200).filter(|n| {
            let name = format!("t{}q", letters(*n));
            let whole = profile("", &words(&name, 0..kept), "");
            let longer =
                format!("{} {}", words(&name, 0..kept), words("new", n * 1000..n * 1000 + 100 - kept));
            share_a_key(&whole, &profile("", &longer, ""))
        });
        pairs.count()
    };
    let (near, far) = (found(86), found(45));
    assert!(near >= 190, "{near} of 200 pairs that share 86 of 100 words");
    assert!(far <= 120, "{far} of 200 pairs that share 45 of 100 words");
    let strangers = (0..200).filter(|n| {
        let (a, b) = (words("a", n * 100..n * 100 + 100), words("b", n * 100..n * 100 + 100));
        share_a_key(&profile("", &a, ""), &profile("", &b, ""))
    });
    assert_eq!(strangers.count(), 0);
}

/// Archives hold sketches: what they are made of may only change together with their version.
#[test]
fn a_fingerprint_stays_what_it_was() {
    let fingerprint = profile("Talks end", &words("w", 0..50), "2024-01-17").fingerprint;
    assert_eq!(
        (fingerprint.words, fingerprint.sketch[0], fingerprint.sketch[14]),
        (50, 194_224_100, 2_657_200)
    );
    assert_eq!(fingerprint.keys().len(), 6);
}
