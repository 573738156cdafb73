//! Nothing is silently dropped: why a page is missing, what is doubtful, what was saved twice.

use crate::support::Desk;

const STORY: &str = "A ceasefire holds\n\n3 May 1990\n\nThe guns along the river fell silent on Thursday and both armies said so in the evening, after a week in which the ferries had not run and the markets of the three towns on the northern bank had stayed closed.\n\nDelegates of both sides are to meet again on Monday, if the rain lets them cross.";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("news/storm.txt", STORY);
    // A hidden folder is one record; what lies in it is none.
    desk.write("news/.drafts/storm-draft.txt", STORY);
    desk.write(
        "news/feed.jsonl",
        "{\"id\": \"a\", \"title\": \"One\", \"body\": \"The first report.\"}\n{\"id\": ",
    );
    desk.write("news/picture.jpg", [0xff, 0xd8, 0xff]);
    desk.write("news/empty.txt", "");
    desk.ingest("news");
    desk
}

#[test]
fn the_file_that_is_missed_is_found_by_its_name_with_what_became_of_it() {
    let desk = desk();
    let storm = desk.done(&["files", "storm.txt"]);
    assert!(storm.out.contains("1 article") && storm.out.contains("A ceasefire holds"), "{storm:?}");
    let picture = desk.done(&["files", desk.path("news/picture.jpg").to_str().unwrap()]);
    assert!(picture.out.contains("unsupported:"), "{picture:?}");
    let failed = desk.done(&["files", "--bin", "failed"]);
    assert!(
        failed.out.contains("feed.jsonl") && failed.out.contains("tried again at every ingest"),
        "{failed:?}"
    );
    let below = desk.done(&["files", desk.path("news").to_str().unwrap(), "--json"]).json();
    let all = desk.done(&["files", "--json"]).json();
    assert_eq!((&below["total"], &all["total"]), (&6.into(), &6.into()));
    let bins = &all["bins"];
    let sum: u64 = bins.as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum();
    assert_eq!((sum, &bins["article"], &bins["failed"]), (6, &2.into(), &1.into()), "{bins}");
    assert_eq!(desk.run(&["files", "--bin", "rubbish"]).code, Some(2));
}

#[test]
fn a_file_that_was_not_seen_is_told_why() {
    let desk = desk();
    let hidden = desk.done(&["files", desk.path("news/.drafts/storm-draft.txt").to_str().unwrap()]);
    assert!(hidden.out.contains("is hidden: “.drafts”"), "{hidden:?}");
    assert!(hidden.out.contains("listed itself, as skipped"), "{hidden:?}");
    let folder = desk.done(&["files", ".drafts"]);
    assert!(folder.out.contains("skipped: hidden"), "the folder is listed, as was said: {folder:?}");
    let outside = desk.write("elsewhere/a.txt", STORY);
    let outside = desk.done(&["files", outside.to_str().unwrap()]);
    assert!(outside.out.contains("under none of the folders"), "{outside:?}");
    assert!(outside.out.contains(desk.path("news").canonicalize().unwrap().to_str().unwrap()), "{outside:?}");
    let late = desk.write("news/late.txt", STORY);
    let late = desk.done(&["files", late.to_str().unwrap()]);
    assert!(late.out.contains("was not there") && late.out.contains("dateline ingest"), "{late:?}");
    let nowhere = desk.done(&["files", "thunder.html"]);
    assert!(nowhere.out.contains("thunder.html” in its path"), "{nowhere:?}");
}

#[test]
fn ingest_counts_by_bin_and_they_sum_up() {
    let desk = desk();
    let again = desk.ingest("news");
    let bins = |bin: &str| again["bins"][bin].as_u64().unwrap();
    assert_eq!((bins("article"), bins("unsupported"), bins("skipped"), bins("failed")), (2, 1, 2, 1));
    assert_eq!(again["skipped"], bins("not-article") + bins("unsupported") + bins("skipped"));
    let said = desk.done(&["ingest", desk.path("news").to_str().unwrap()]).out;
    assert!(said.contains("1 of no supported kind, 2 nothing to read"), "{said}");
    let status = desk.done(&["status"]).out;
    assert!(status.contains("2 article, 0 not-article, 1 failed, 1 unsupported, 2 skipped"), "{status}");
}

#[test]
fn what_no_list_knows_is_refused_with_what_it_knows() {
    let desk = desk();
    for (arguments, known) in [
        (["doubts", "--field", "nosuch"], "published"),
        (["search", "--date-found", "nosuch"], "json-ld"),
        (["search", "--not", "date_found=nosuch"], "json-ld"),
    ] {
        let refused = desk.run(&arguments);
        assert_eq!(refused.code, Some(2), "{refused:?}");
        assert!(refused.err.contains("nosuch") && refused.err.contains(known), "{}", refused.err);
    }
    let past = desk.done(&["files", "--offset", "99999"]).out;
    assert!(past.contains("it has 6 records"), "{past}");
}

#[test]
fn a_page_that_is_no_article_is_kept_on_demand_with_a_doubt() {
    let desk = Desk::new();
    let gone = "<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1><p>The page that you asked for is not here.</p></body></html>";
    desk.write("news/gone.html", gone);
    let news = desk.path("news");
    let news = news.to_str().unwrap();
    let first = desk.ingest("news");
    assert_eq!((&first["bins"]["not-article"], &first["articles"]), (&1.into(), &0.into()), "{first}");
    let kept = desk.done(&["ingest", news, "--keep-all", "--json"]).json();
    assert_eq!((&kept["bins"]["article"], &kept["articles"]), (&1.into(), &1.into()), "read again: {kept}");
    let doubts = desk.done(&["doubts", "--kind", "not-an-article", "--json"]).json();
    assert_eq!(doubts["total"], 1, "{doubts}");
    let said = desk.done(&["doubts"]).out;
    assert!(said.contains("perhaps no article") && said.contains("kept on demand"), "{said}");
    assert_eq!(desk.run(&["doubts", "--kind", "rubbish"]).code, Some(2));
    let plain = desk.ingest("news");
    assert_eq!((&plain["unchanged"], &plain["articles"]), (&1.into(), &1.into()), "it stays kept: {plain}");
    desk.write("news/gone.html", gone.replace("is not here", "is still not here"));
    desk.write("news/lost.html", gone.replace("is not here", "was never here"));
    let changed = desk.ingest("news");
    assert_eq!(
        (&changed["updated"], &changed["removed"], &changed["articles"]),
        (&1.into(), &0.into(), &1.into())
    );
    assert_eq!(changed["bins"]["not-article"], 1, "what nobody asked for is not kept: {changed}");
    let id = desk.search("")["hits"][0]["id"].clone();
    let back = desk.done(&["ingest", news, "--no-keep-all", "--json"]).json();
    assert_eq!(
        (&back["removed"], &back["skipped"], &back["articles"]),
        (&1.into(), &2.into(), &0.into()),
        "{back}"
    );
    let files = desk.done(&["files", "--reason", "taken away"]).out;
    assert!(files.contains("gone.html") && files.contains("it was an article before"), "{files}");
    assert_eq!(desk.done(&["doubts", "--json"]).json()["total"], 0);
    assert_eq!(desk.ingest("news")["articles"], 0, "and stays so");
    desk.done(&["ingest", news, "--keep-all"]);
    assert!(
        desk.search("")["hits"].as_array().unwrap().iter().any(|hit| hit["id"] == id),
        "it comes back as it was"
    );
    desk.done(&["verify"]);
}

#[test]
fn a_page_and_a_text_copy_of_it_are_one_article_saved_twice() {
    let desk = Desk::new();
    let paragraphs: Vec<String> = STORY.split("\n\n").skip(2).map(|text| format!("<p>{text}</p>")).collect();
    desk.write(
        "news/page.html",
        format!(
            "<html lang=\"en\"><head><title>A ceasefire holds</title><meta property=\"article:published_time\" content=\"1990-05-03\"></head><body><article><h1>A ceasefire holds</h1>{}</article></body></html>",
            paragraphs.join("")
        ),
    );
    desk.write("news/copy.txt", STORY);
    desk.ingest("news");
    let hits = desk.search("");
    assert_eq!(hits["total"], 2, "{hits}");
    let copy = &hits["hits"][0]["copies"][0];
    assert_eq!(copy["id"], hits["hits"][1]["id"], "{hits}");
    assert!(["text", "near"].contains(&copy["why"].as_str().unwrap()), "{copy}");
    assert!(desk.done(&["status"]).out.contains("saved twice 2 articles"));
}
