//! What the sheet of style promises to eyes, and the script to slow lines.

use std::collections::HashMap;

const STYLE: &str = include_str!("../assets/style.css");
const SCRIPT: &str = include_str!("../assets/dateline.js");

type Colours = HashMap<String, [f64; 3]>;

/// The colours of a block that begins with `:root {`.
fn colours(block: &str) -> Colours {
    let inside = block.split('}').next().unwrap();
    let declarations = inside.split(';').filter_map(|line| line.trim().split_once(": #"));
    declarations.map(|(name, hex)| (name.trim_start_matches("--").to_owned(), rgb(hex.trim()))).collect()
}

fn rgb(hex: &str) -> [f64; 3] {
    [0, 2, 4].map(|at| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0)
}

/// WCAG 2.2, relative luminance.
fn luminance(colour: [f64; 3]) -> f64 {
    let [red, green, blue] =
        colour.map(|part| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn schemes() -> [(&'static str, Colours); 2] {
    let mut blocks = STYLE.split(":root {").skip(1);
    [("light", colours(blocks.next().unwrap())), ("dark", colours(blocks.next().unwrap()))]
}

#[test]
fn text_stands_out_from_its_ground_in_both_schemes() {
    for (scheme, colours) in schemes() {
        for (text, ground) in [
            ("ink", "paper"),
            ("ink", "raised"),
            ("ink", "wash"),
            ("ink", "mark"),
            ("paper", "ink"),
            ("quiet", "paper"),
            ("quiet", "raised"),
            ("accent", "paper"),
            ("accent", "wash"),
            ("accent", "raised"),
            ("mark-now-ink", "mark-now"),
            ("person", "paper"),
            ("state", "paper"),
            ("armed", "paper"),
            ("organisation", "paper"),
            ("institution", "paper"),
            ("place", "paper"),
        ] {
            let ratio = contrast(colours[text], colours[ground]);
            assert!(ratio >= 4.5, "{text} on {ground}, {scheme}: {ratio:.2}");
        }
        for (edge, ground) in
            [("edge", "paper"), ("mark-line", "paper"), ("mark-line", "mark"), ("accent", "paper")]
        {
            let ratio = contrast(colours[edge], colours[ground]);
            assert!(ratio >= 3.0, "{edge} on {ground}, {scheme}: {ratio:.2}");
        }
    }
}

#[test]
fn colours_are_named_once_and_used_by_name() {
    let after = STYLE.split("* { box-sizing").nth(1).unwrap().split("@media print").next().unwrap();
    assert!(!after.contains('#'), "a colour outside the two schemes");
    let [(_, light), (_, dark)] = schemes();
    let mut names: Vec<_> = light.keys().collect();
    let mut others: Vec<_> = dark.keys().collect();
    names.sort();
    others.sort();
    assert_eq!(names, others);
}

#[test]
fn style_and_script_are_small_and_load_nothing() {
    assert!(SCRIPT.len() < 8_000 && STYLE.len() < 24_000);
    for text in [STYLE, SCRIPT] {
        assert!(
            !text.contains("http:")
                && !text.contains("https:")
                && !text.contains("@import")
                && !text.contains("url(")
        );
    }
    assert!(!SCRIPT.contains("innerHTML") && !SCRIPT.contains("eval("));
}
