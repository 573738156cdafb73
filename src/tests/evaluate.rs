//! How exactly actors are found: corpora of a few lines whose figures are worked out by hand.

use crate::support::Desk;

/// A document in which Ada Lind and Iran are named.
const CORPUS: &str =
    "-DOCSTART- one\n\nPresident\tO\nAda\tB-PER\nLind\tI-PER\nspoke\tO\nin\tO\nIran\tB-LOC\n.\tO\n";

fn evaluate(desk: &Desk, flags: &[&str]) -> crate::support::Said {
    let folder = desk.path("corpora");
    desk.run(&[&["actors", "evaluate", folder.to_str().unwrap()], flags].concat())
}

#[test]
fn names_in_labelled_tokens_are_counted_and_no_archive_is_needed() {
    let desk = Desk::new();
    desk.write("corpora/small.conll", CORPUS);
    let said = evaluate(&desk, &["--json", "--timed"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let scores = said.json();
    assert_eq!(
        (&scores["corpus"], &scores["documents"], &scores["tokens"]),
        (&"small".into(), &1.into(), &7.into())
    );
    assert_eq!(scores["names"]["facet_typed"]["f1"], 1.0, "{scores}");
    assert_eq!(scores["names"]["people"]["gold"], 1);
    assert!(scores["words_a_second"].as_f64().unwrap() > 0.0);
    assert!(!desk.archive().exists());
    let table = evaluate(&desk, &[]).out;
    assert!(table.contains("small: 1 document, 7 tokens") && table.contains("100.0"), "{table}");
}

#[test]
fn another_system_is_measured_by_its_third_column() {
    let desk = Desk::new();
    let columns = "Ada\tB-PER\tB-PER\nLind\tI-PER\tI-PER\nmet\tO\tO\nthe\tO\tO\nBakers\tB-ORG\tB-LOC\nin\tO\tO\nBern\tB-LOC\tO\nand\tO\tO\nOslo\tB-LOC\tB-LOC\n";
    desk.write("corpora/other.conll", columns);
    // Typed: 4 in the gold, 3 found, 2 right. Untyped: 3 right.
    let scores = evaluate(&desk, &["--predicted", "--json"]).json();
    let typed = &scores["names"]["facet_typed"];
    assert_eq!(
        (&typed["precision"], &typed["recall"], &typed["f1"]),
        (&0.6667.into(), &0.5.into(), &0.5714.into())
    );
    assert_eq!(scores["names"]["facet_untyped"]["f1"], 0.8571);
    let misses = evaluate(&desk, &["--predicted", "--misses"]).out;
    assert!(misses.contains("-\tPlace\tbern") && misses.contains("+\tPlace\tbakers"), "{misses}");
    desk.write("corpora/other.conll", CORPUS);
    let refused = evaluate(&desk, &["--predicted"]);
    assert!(refused.code == Some(1) && refused.err.contains("third column"), "{refused:?}");
}

#[test]
fn sets_of_actors_of_whole_articles_are_counted_with_names_of_one_actor_as_one() {
    let desk = Desk::new();
    let lines = [
        r#"{"id": "a", "language": "en", "text": "The United States praised Iran.", "actors": {"places": ["usa", "iran", "norway"]}}"#,
        r#"{"id": "b", "language": "en", "text": "Talks in Iran go on.", "actors": {"places": []}}"#,
        r#"{"id": "c", "language": "en", "text": "Talks in France go on.", "actors": null}"#,
    ];
    desk.write("corpora/wire.jsonl", lines.join("\n"));
    let scores = evaluate(&desk, &["--json"]).json();
    assert_eq!((&scores["articles"], &scores["without_gold"]), (&2.into(), &1.into()));
    // Three in the gold, two of them found, and Iran once more where the gold has nobody.
    let places = &scores["sets"]["places"];
    let figures = ["gold", "found", "right", "inferred"].map(|key| places[key].as_u64().unwrap());
    assert_eq!(figures, [3, 3, 2, 1], "{places}");
    assert_eq!((&places["precision"], &places["recall"]), (&0.6667.into(), &0.6667.into()));
    assert_eq!(places["mean_of_articles"]["precision"], 1.0, "an article without gold has no mean");
    assert_eq!(places["recall_of_printed"], 1.0, "Norway is not printed");
}

#[test]
fn what_cannot_be_measured_is_named_with_its_file_and_line() {
    let desk = Desk::new();
    std::fs::create_dir_all(desk.path("corpora")).unwrap();
    let nothing = evaluate(&desk, &[]);
    assert!(nothing.code == Some(1) && nothing.err.contains("no corpus"), "{nothing:?}");

    desk.write("corpora/good.conll", CORPUS);
    desk.write("corpora/broken.conll", "Ada\tB-PER\nLind\n");
    desk.write("corpora/tagged.conll", "Ada\tPERSON\n");
    desk.write("corpora/inside.conll", "Ada\tI-PER\n");
    desk.write("corpora/empty.conll", "");
    desk.write("corpora/untold.jsonl", r#"{"text": "Nobody says who is here."}"#);
    let said = evaluate(&desk, &[]);
    assert_eq!(said.code, Some(1));
    assert!(said.out.contains("good: 1 document"), "one that is broken stops no other: {}", said.out);
    for told in [
        "broken.conll: line 2:",
        "tagged.conll: line 1:",
        "inside.conll: line 1:",
        "empty.conll:",
        "untold.jsonl:",
    ] {
        assert!(said.err.contains(told), "{told}: {}", said.err);
    }
    let mistyped = evaluate(&desk, &["goood"]);
    assert!(mistyped.code == Some(2) && mistyped.err.contains("good"), "{mistyped:?}");
    let nowhere = desk.run(&["actors", "evaluate", desk.path("nowhere").to_str().unwrap()]);
    assert!(nowhere.code == Some(1) && nowhere.err.contains("nowhere"), "{nowhere:?}");
    let weights = desk.write("weights.bin", "nothing of the kind");
    let refused = evaluate(&desk, &["good", "--weights", weights.to_str().unwrap()]);
    assert!(refused.code == Some(1) && refused.err.contains("no weights"), "{refused:?}");
}
