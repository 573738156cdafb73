//! The number beside a facet value is the number of articles after clicking it: every value of every
//! facet, on eleven different queries, over the sample archive.

use serde_json::Value;

use crate::support::{Desk, Server, encoded, sample};

/// Question, and how many values of each facet it is asked for.
const QUERIES: [&str; 11] = [
    "",
    "q=treaty",
    "q=%22Security+Council%22",
    "q=soviet+OR+russian&actor=united-states",
    "q=war+-iran&source=Harbour+Wire",
    "q=presid*&year=1989&year=1990",
    "actor=iran&actor=united-states",
    "actor=iran&actor=iraq&mode.actor=any&not.source=Harbour+Wire",
    "language=de&language=fr&author=_none&mode.author=any",
    "date_found=json-ld&date_found=byline&not.date_found=meta&q=war",
    "q=title:peace&from=1945&to=1999-12&not.actor=israel",
];

fn total(server: &Server, query: &str) -> u64 {
    server.json(&format!("/api/v1/search?{query}&limit=0&facet.limit=0"))["total"].as_u64().unwrap()
}

#[test]
fn the_number_beside_every_value_is_what_its_click_gives() {
    let desk = Desk::new();
    desk.done(&["ingest", sample().to_str().unwrap(), "--json"]);
    let server = desk.serve(&[]);
    let mut clicked = 0;
    for query in QUERIES {
        let answer = server.json(&format!("/api/v1/search?{query}&limit=0&facet.limit=1000"));
        for (facet, counts) in answer["facets"].as_object().unwrap() {
            for count in counts.as_array().unwrap() {
                let expected = count["count"].as_u64().unwrap();
                let got = click(&server, query, facet, count, answer["total"].as_u64().unwrap());
                assert_eq!(got, expected, "{query}: {facet} {count}");
                clicked += 1;
            }
        }
    }
    assert!(clicked > 1_000, "only {clicked} values were clicked");
}

/// What a click on a value gives: in an "any" facet the value alone, in an "all" facet in addition;
/// for an excluded value, what taking the exclusion off adds.
fn click(server: &Server, query: &str, facet: &str, count: &Value, before: u64) -> u64 {
    let value = encoded(count["value"].as_str().unwrap());
    let parameters = || query.split('&').filter(|parameter| !parameter.is_empty());
    if count["excluded"] == true {
        let kept: Vec<_> = parameters().filter(|p| !is_choice(p, &format!("not.{facet}"))).collect();
        return total(server, &kept.join("&")) - before;
    }
    let all = facet == "actor" && !query.contains("mode.actor=any");
    let mut kept: Vec<String> =
        parameters().filter(|p| all || !is_choice(p, facet)).map(str::to_owned).collect();
    if !(all && count["included"] == true) {
        kept.push(format!("{facet}={value}"));
    }
    total(server, &kept.join("&"))
}

fn is_choice(parameter: &str, name: &str) -> bool {
    parameter.split('=').next() == Some(name)
}
