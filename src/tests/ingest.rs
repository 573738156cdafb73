//! Adding folders: counts that add up, second runs, labels, and a server that sees each batch.

use serde_json::Value;

use crate::support::Desk;

fn adds_up(summary: &Value) {
    let number = |key: &str| summary[key].as_u64().unwrap();
    let parts =
        ["added", "updated", "unchanged", "skipped", "failed"].iter().map(|key| number(key)).sum::<u64>();
    assert_eq!(number("seen"), parts, "{summary}");
}

#[test]
fn a_second_run_finds_everything_unchanged_and_a_changed_file_is_updated() {
    let desk = Desk::new();
    desk.write_articles("news/a.jsonl", 50);
    desk.write("news/b.txt", "A ceasefire holds\n\n3 May 1990\n\nThe guns along the river fell silent on Thursday and both armies said so in the evening.");
    desk.write("news/picture.jpg", [0xff, 0xd8, 0xff]);
    let first = desk.ingest("news");
    adds_up(&first);
    assert_eq!(
        (first["added"].clone(), first["skipped"].clone(), first["articles"].clone()),
        (51.into(), 1.into(), 51.into())
    );
    let second = desk.ingest("news");
    adds_up(&second);
    assert_eq!(
        (second["unchanged"].clone(), second["added"].clone(), second["skipped"].clone()),
        (51.into(), 0.into(), 1.into())
    );
    desk.write("news/b.txt", "A ceasefire holds\n\n3 May 1990\n\nThe guns along the river fell silent; by night they were heard again, said both armies.");
    let third = desk.ingest("news");
    assert_eq!(
        (third["updated"].clone(), third["unchanged"].clone(), third["articles"].clone()),
        (1.into(), 50.into(), 51.into())
    );
    assert_eq!(desk.search("\"heard again\"")["total"], 1);
    assert_eq!(desk.search("\"on Thursday\"")["total"], 0);
}

#[test]
fn a_moved_folder_keeps_its_ids_and_its_articles() {
    let desk = Desk::new();
    desk.write(
        "old/news/a.txt",
        "A ceasefire holds\n\nThe guns along the river fell silent on Thursday, both armies said.",
    );
    desk.ingest("old/news");
    let before = desk.search("")["hits"][0]["id"].clone();
    std::fs::rename(desk.path("old"), desk.path("new")).unwrap();
    let moved = desk.ingest("new/news");
    assert_eq!((moved["unchanged"].clone(), moved["articles"].clone()), (1.into(), 1.into()), "{moved}");
    assert_eq!(desk.search("")["hits"][0]["id"], before);
}

#[test]
fn labels_outrank_what_the_record_says() {
    let desk = Desk::new();
    desk.write_articles("a.jsonl", 3);
    let path = desk.path("a.jsonl");
    desk.done(&[
        "ingest",
        path.to_str().unwrap(),
        "--set",
        "source=The Meridian Post",
        "--set",
        "collection=talks",
        "--json",
    ]);
    let found = desk.search("");
    assert_eq!(found["facets"]["source"][0]["value"], "The Meridian Post");
    let refused = desk.run(&["ingest", path.to_str().unwrap(), "--set", "colour=red"]);
    assert_eq!(refused.code, Some(2));
    assert!(refused.err.contains("collection"), "{}", refused.err);
}

#[test]
fn a_label_stays_until_another_run_sets_it() {
    let desk = Desk::new();
    desk.write_articles("news/a.jsonl", 3);
    let news = desk.path("news");
    let news = news.to_str().unwrap();
    desk.done(&["ingest", news, "--set", "source=The Meridian Post", "--set", "collection=wire"]);
    let plain = desk.ingest("news");
    assert_eq!((&plain["unchanged"], &plain["updated"]), (&3.into(), &0.into()), "{plain}");
    desk.write_articles("news/a.jsonl", 4);
    let grown = desk.ingest("news");
    assert_eq!((&grown["unchanged"], &grown["added"]), (&3.into(), &1.into()), "{grown}");
    assert_eq!(desk.search("")["facets"]["source"][0]["count"], 4, "what joins the file has its labels");
    assert_eq!(desk.search("")["facets"]["source"][0]["value"], "The Meridian Post");
    desk.done(&["ingest", news, "--set", "source="]);
    let article = desk.done(&["edit", "news-a-jsonl-0", "--json"]).json();
    assert_eq!(
        (&article["source"], &article["collection"]),
        (&"Harbour Wire".into(), &"wire".into()),
        "{article}"
    );
}

#[test]
fn labels_go_along_when_their_folder_is_moved() {
    let desk = Desk::new();
    desk.write_articles("old/news/a.jsonl", 3);
    desk.done(&["ingest", desk.path("old/news").to_str().unwrap(), "--set", "source=The Meridian Post"]);
    std::fs::rename(desk.path("old"), desk.path("new")).unwrap();
    assert_eq!(desk.ingest("new/news")["unchanged"], 3);
    let facets = &desk.search("")["facets"]["source"];
    assert_eq!(
        (&facets[0]["value"], &facets[0]["count"]),
        (&"The Meridian Post".into(), &3.into()),
        "{facets}"
    );
}

#[test]
fn names_of_fields_stay_until_another_run_gives_others() {
    let desk = Desk::new();
    desk.write(
        "a.jsonl",
        r#"{"key": "x1", "headline": "A ceasefire holds", "content": "The guns fell silent."}"#,
    );
    let path = desk.path("a.jsonl");
    desk.done(&["ingest", path.to_str().unwrap(), "--map", "id=key,title=headline,body=content"]);
    desk.write(
        "a.jsonl",
        r#"{"key": "x1", "headline": "A ceasefire broke", "content": "The guns were heard."}"#,
    );
    assert_eq!(desk.ingest("a.jsonl")["updated"], 1);
    assert_eq!(desk.search("")["hits"][0]["title"], "A ceasefire broke");
}

#[test]
fn a_second_run_gives_a_reason_for_all_that_it_counts() {
    let desk = Desk::new();
    desk.write("news/picture.jpg", [0xff, 0xd8, 0xff]);
    desk.write("news/empty.txt", "");
    desk.write("news/bad.jsonl", "{\"id\": \n");
    let first = desk.ingest("news");
    let second = desk.ingest("news");
    assert_eq!((&first["skipped"], &first["failed"]), (&2.into(), &1.into()), "{first}");
    assert_eq!((&second["reasons"], &second["skipped"]), (&first["reasons"], &first["skipped"]), "{second}");
    let reasons: u64 =
        second["reasons"].as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum();
    assert_eq!(reasons, 3);
}

#[test]
fn fields_can_be_mapped_and_a_dry_run_stores_nothing() {
    let desk = Desk::new();
    desk.write("a.jsonl", r#"{"key": "x1", "headline": "A ceasefire holds", "when": "1990-05-03", "content": "The guns fell silent along the river.", "mood": "hope"}"#);
    let path = desk.path("a.jsonl");
    let map = "id=key,title=headline,published=when,body=content";
    let dry = desk.done(&["ingest", path.to_str().unwrap(), "--map", map, "--dry-run", "--limit", "20"]);
    assert!(dry.out.contains("A ceasefire holds") && dry.out.contains("1990-05-03"), "{dry:?}");
    assert!(
        dry.err.contains("mood") && dry.err.contains("authors"),
        "unknown and empty fields are named: {}",
        dry.err
    );
    assert!(!desk.archive().exists(), "nothing was stored");
    desk.done(&["ingest", path.to_str().unwrap(), "--map", map, "--json"]);
    assert_eq!(desk.search("silent")["hits"][0]["id"], "x1");
}

#[test]
fn clean_text_is_stored_as_it_is() {
    let desk = Desk::new();
    let body = "  Two  spaces,\ttabs\u{301}\n\n\n\nand “quotes”. Tehran said: no. ";
    desk.write("a.jsonl", serde_json::json!({"id": "a", "title": "T", "body": body}).to_string());
    let extracted = desk.done(&["extract", desk.path("a.jsonl").to_str().unwrap(), "--json"]).json();
    assert_eq!(extracted["text"], body);
    desk.ingest("a.jsonl");
    let server = desk.serve(&[]);
    let article = server.json("/api/v1/articles/a");
    assert_eq!(article["text"], body);
    assert_eq!(article["mentions"], extracted["mentions"], "the API gives the keys of extract");
}

#[test]
fn a_running_server_sees_what_is_added_without_a_restart() {
    let desk = Desk::new();
    desk.write_articles("a.jsonl", 10);
    desk.ingest("a.jsonl");
    let server = desk.serve(&[]);
    assert_eq!(server.json("/api/v1/search")["total"], 10);
    for round in 1..4 {
        let name = format!("more{round}.jsonl");
        desk.write_articles(&name, 10);
        desk.ingest(&name);
        assert_eq!(server.json("/api/v1/search")["total"], 10 + 10 * round);
    }
    std::fs::remove_dir_all(desk.path("archive/index")).unwrap();
    assert_eq!(server.json("/api/v1/search")["total"], 40, "the index may be deleted at any time");
}

#[test]
fn each_commit_is_acknowledged_on_a_line_of_its_own() {
    let desk = Desk::new();
    desk.write_articles("a.jsonl", 4_500);
    let said = desk.done(&["ingest", desk.path("a.jsonl").to_str().unwrap(), "--json"]);
    let lines: Vec<Value> = said.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let acknowledged: Vec<_> = lines.iter().filter_map(|line| line["acknowledged"].as_u64()).collect();
    assert!(acknowledged.len() >= 3 && acknowledged.is_sorted(), "{acknowledged:?}");
    assert_eq!(acknowledged.last(), Some(&4_500));
    adds_up(lines.last().unwrap());
    assert_eq!(lines[lines.len() - 2]["articles"], 4_500);
}

#[test]
fn inspect_tells_what_each_field_could_have_been_and_why_one_won() {
    let desk = Desk::new();
    let page = "<title>Ferry resumes | Harbour Wire</title><meta property='og:site_name' content='Harbour Wire'>\
                <meta property='article:published_time' content='2024-01-17T08:30:00+01:00'>\
                <meta property='article:modified_time' content='2024-01-19'>\
                <article><h1>Ferry resumes</h1><p class=byline>By Nadia Haddad</p><p>The ferry to the island resumed \
                on Wednesday after nine weeks, with room for forty lorries and twice as many waiting on the quay. \
                Its captain said that the engine had been mended twice, and that he trusted the second time.</p></article>";
    let path = desk.write("ferry.html", page);
    let seen = desk.done(&["inspect", path.to_str().unwrap(), "--json"]).json();
    let field = |name: &str| {
        let fields = seen["fields"].as_array().unwrap();
        fields.iter().find(|field| field["field"] == name).unwrap_or_else(|| panic!("{name}: {seen}")).clone()
    };
    let chosen = |name: &str| {
        let evidence = field(name);
        assert!(!evidence["why"].as_str().unwrap().is_empty(), "{name}");
        let candidates = evidence["candidates"].as_array().unwrap();
        let chosen: Vec<_> = candidates.iter().filter(|offer| offer["chosen"] == true).collect();
        assert_eq!(chosen.len(), 1, "{name}: {evidence}");
        (chosen[0]["value"].as_str().unwrap().to_owned(), chosen[0]["place"].as_str().unwrap().to_owned())
    };
    assert_eq!(chosen("title").0, "Ferry resumes");
    assert_eq!(chosen("authors").0, "Nadia Haddad");
    let (day, place) = chosen("published");
    assert!(day.starts_with("2024-01-17") && place.contains("published_time"), "{day} {place}");
    assert_eq!(seen["bin"], "article");
    let said = desk.done(&["inspect", path.to_str().unwrap()]).out;
    assert!(said.contains("published") && said.contains("article:published_time"), "{said}");
    let records = desk.write(
        "r.jsonl",
        "{\"headline\":\"x\",\"title\":\"Ferry\",\"author\":\"N. H.\",\"body\":\"It sails.\"}\n",
    );
    let seen = desk.done(&["inspect", records.to_str().unwrap(), "--json"]).json();
    assert_eq!(seen["fields"][0]["candidates"][0]["place"], "title", "{seen}");
}
