//! What a reader sees.

use axum::http::StatusCode;
use dateline_index::actor::ActorKind;
use dateline_index::search::{Facet, Problem, Role, Sort};
use dateline_web::Settings;

use crate::sample::{Sample, articles};
use crate::support::{Site, actor, unescaped};

#[tokio::test]
async fn the_front_page_shows_everything() {
    let site = Site::new();
    let page = site.get("/").await;
    assert!(page.text.contains("<h1 class=\"count\">23 articles</h1>"), "{}", page.text);
    assert_eq!(site.asked().q, "");
    assert!(!page.text.contains("Best match"), "nothing was asked, so nothing matches best");
    assert!(page.text.contains("1–20 of 23 articles"));
}

#[tokio::test]
async fn a_click_on_a_facet_value_narrows_and_a_second_one_widens_again() {
    let site = Site::new();
    let page = site.get("/search?q=border").await;
    let before = page.text.clone();
    let narrowed = site.get(&page.link("not Meridian Weekly")).await;
    assert_eq!(site.asked().choices[&Facet::Source].exclude, ["Meridian Weekly"]);
    assert!(narrowed.text.contains("without source <b><bdi>Meridian Weekly"), "{}", narrowed.text);
    let chosen = site.get(&narrowed.link("with Meridian Weekly")).await;
    assert_eq!(site.asked().choices[&Facet::Source].include, ["Meridian Weekly"]);
    let widened = site.get(&chosen.link("Take off source Meridian Weekly")).await;
    assert_eq!(widened.text, before);
}

#[tokio::test]
async fn two_chosen_values_show_how_they_combine() {
    let site = Site::new();
    let one = site.get(&format!("/search?actor={}", actor("Valdoria"))).await;
    assert!(!one.text.contains("class=\"mode\""));
    let two = site.get(&format!("/search?actor={}&actor={}", actor("Valdoria"), actor("Ostrany"))).await;
    site.get(&two.link("any of the chosen values")).await;
    assert_eq!(site.asked().choices[&Facet::Actor].mode.map(|mode| mode.as_str()), Some("any"));
}

#[tokio::test]
async fn the_pages_of_results_lead_on_and_back() {
    let site = Site::new();
    let first = site.get("/").await;
    let second = site.get(&first.link("Next page")).await;
    assert_eq!(second.text.matches("class=\"hit\"").count(), 3);
    assert!(!second.text.contains("Next page"));
    assert_eq!(second.link("First page"), "/");
}

#[tokio::test]
async fn a_cursor_that_leads_nowhere_costs_the_place_and_not_the_page() {
    let page = Site::new().get("/search?q=border&cursor=stale").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("no longer known"), "{}", page.text);
}

#[tokio::test]
async fn a_parameter_that_cannot_be_read_is_left_out_and_said() {
    let site = Site::new();
    let page = site.get("/search?q=border&limit=abc&from=yesterday&to=2024").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("Left out limit=abc") && page.text.contains("Left out from=yesterday"));
    assert_eq!((site.asked().limit, site.asked().from), (20, None));
    assert!(page.text.contains("name=\"to\" value=\"2024\""));
}

#[tokio::test]
async fn a_problem_is_shown_with_its_place_in_the_query() {
    let mut sample = Sample::new(articles());
    let message = "The bracket was never closed, so it was left out.".to_owned();
    sample.problems = vec![Problem { message, start: Some(7), end: Some(8) }];
    let page = Site::with(sample, Settings::default()).get("/search?q=border+(hask").await;
    assert!(page.text.contains("never closed"));
    assert!(page.text.contains("border <em>(</em>hask"), "{}", page.text);
}

#[tokio::test]
async fn nothing_found_comes_with_ways_onward() {
    let site = Site::new();
    let page = site.get("/search?q=zzzz&source=Hafenbote&from=2020").await;
    assert!(page.text.contains("<h1 class=\"count\">No articles</h1>"));
    site.get(&page.link("Take off all filters")).await;
    assert!(site.asked().choices.is_empty() && site.asked().from.is_none());
    let without_words = page.link("Keep the filters, leave out the words");
    assert_eq!(without_words, "/search?source=Hafenbote&from=2020");
}

#[tokio::test]
async fn orders_are_links() {
    let site = Site::new();
    let page = site.get("/search?q=border").await;
    site.get(&page.link("Oldest")).await;
    assert_eq!(site.asked().sort, Some(Sort::Oldest));
}

#[tokio::test]
async fn a_new_question_keeps_the_filters() {
    let page = Site::new().get("/search?q=border&source=Hafenbote&cursor=0").await;
    assert!(page.text.contains("href=\"/api/v1/search?q=border&#38;source=Hafenbote\""), "{}", page.text);
    let form = page.text.split("role=\"search\"").nth(1).unwrap().split("</form>").next().unwrap();
    assert!(form.contains("name=\"source\" value=\"Hafenbote\""), "{form}");
    assert!(!form.contains("cursor"), "{form}");
}

#[tokio::test]
async fn an_article_says_what_is_known_and_how() {
    let page = Site::new().get("/articles/ferry-accord").await.text;
    for said in [
        "<time datetime=\"2024-01-17T22:40:00+02:00\">17 January 2024</time>",
        "17 January 2024, 22:40 UTC+2:00, as stated in the page’s JSON-LD",
        "clippings/ferry-accord.html",
        "<h2>What was agreed</h2>",
        "<blockquote><p>",
        "<p class=\"caption\">",
        "title=\"armed group: Red Ridge Front\"",
        &format!("href=\"/search?actor={}\"", actor("Valdoria")),
        "href=\"/search?place=%7Ehask\" title=\"place: Hask\">Hask</a>",
        "rel=\"noopener\"",
    ] {
        assert!(page.contains(said), "{said} in {page}");
    }
    assert_eq!(page.matches("<li>The border crossing").count(), 1);
}

#[tokio::test]
async fn the_actors_are_listed_by_kind_and_by_what_an_article_is_about() {
    let site = Site::new();
    let page = site.get("/search?q=border").await;
    let (actors, hits) = (page.rows("actor"), page.hits());
    let people = site.get(&page.link_with("kind.actor=person")).await;
    assert_eq!(people.hits(), hits, "the kind changes no hit");
    assert!(!people.rows("actor").is_empty() && people.rows("actor") != actors);
    assert_eq!(site.get(&people.link("all")).await.rows("actor"), actors);
    let main = site.get(&people.link("mainly about")).await;
    let asked = site.asked();
    assert_eq!((asked.about, asked.actor_kind), (Role::Main, Some(ActorKind::Person)));
    assert_eq!(main.hits(), hits, "nothing is chosen yet");
    let chosen = site.get(&format!("/search?about=main&actor={}", actor("Red Ridge Front"))).await;
    let onward = chosen.link("Count articles, too, that only mention these actors or places");
    assert_eq!(onward, chosen.link("mentioned").trim_end_matches("#actor"));
    assert!(chosen.text.contains("mainly about <b><bdi>Red Ridge Front"), "{}", chosen.text);
    let mentioned = site.get(&chosen.link("mentioned")).await;
    assert!(mentioned.hits().len() > chosen.hits().len(), "some articles only mention them");
    assert!(mentioned.text.contains("with <b><bdi>Red Ridge Front"), "{}", mentioned.text);
}

#[tokio::test]
async fn a_place_is_chosen_like_anything_else() {
    let site = Site::new();
    let article = site.get("/articles/ferry-accord").await;
    let found = site.get(&article.link_with("place=%7Ehask")).await;
    assert_eq!(site.asked().choices[&Facet::Place].include, ["~hask"]);
    assert!(found.text.contains("place <b><bdi>Hask"), "{}", found.text);
    assert!(found.hits().iter().any(|link| link.starts_with("/articles/ferry-accord")));
}

#[tokio::test]
async fn each_actor_of_an_article_unfolds_to_its_sentences_and_to_what_to_do_about_it() {
    let at_home = Site::set(Settings { editable: true, ..Settings::default() });
    let page = at_home.get("/articles/ferry-accord").await.text;
    for said in [
        "<a href=\"#m-text-341\"><bdi>The border crossing at <b>Hask</b> opens for lorries first.</bdi></a>",
        "id=\"m-text-341\"",
        "data-decisions=\"/api/v1/decisions\"",
        "data-said=\"Mara Teixeira is not in this article\">Not in this article</button>",
        "dateline actors not-here &#39;ferry-accord&#39; &#39;~mara-teixeira&#39;",
        "This article is mainly about this place.",
    ] {
        assert!(page.contains(said), "{said} in {page}");
    }
    let elsewhere = Site::set(Settings { beyond_loopback: true, ..Settings::default() });
    let page = elsewhere.get("/articles/ferry-accord").await.text;
    assert!(!page.contains("data-decide") && !page.contains("dateline actors"), "{page}");
}

#[tokio::test]
async fn the_api_tells_who_is_in_an_article_and_why() {
    let site = Site::new();
    let answer = site.get("/api/v1/articles/ferry-accord/actors").await.json();
    let actors = answer["actors"].as_array().unwrap();
    let front = actors.iter().find(|one| one["id"] == "~red-ridge-front").unwrap();
    assert_eq!((front["kind"].as_str(), front["main"].as_bool()), (Some("armed_group"), Some(false)));
    let mention = &front["mentions"][0];
    assert_eq!(mention["because"], "on the list of known names");
    let (sentence, at) = (mention["sentence"].as_str().unwrap(), mention["at"].as_u64().unwrap());
    assert!(sentence[usize::try_from(at).unwrap()..].starts_with("Red Ridge Front"), "{sentence}");
    assert_eq!(site.get("/api/v1/articles/nobody/actors").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_article_opened_from_a_search_leads_back_to_it() {
    let site = Site::new();
    let results = site.get("/search?q=hask&source=Hafenbote").await;
    let article = results.attributes("href").into_iter().find(|link| link.starts_with("/articles/")).unwrap();
    let article = site.get(&article).await;
    assert_eq!(article.link("‹ Back to the results"), "/search?q=hask&source=Hafenbote");
}

#[tokio::test]
async fn a_text_in_persian_runs_from_right_to_left() {
    let site = Site::new();
    let article = site.get("/articles/marz-baz").await.text;
    assert!(article.contains("class=\"text\" lang=\"fa\" dir=\"rtl\""), "{article}");
    let hits = site.get("/search?language=fa").await.text;
    assert!(hits.contains("<article lang=\"fa\" dir=\"rtl\">"), "{hits}");
}

#[tokio::test]
async fn a_coarse_date_is_said_as_coarse() {
    let page = Site::new().get("/search?author=Agnes+Holt&to=1999").await.text;
    assert!(page.contains("<time datetime=\"1956\"><b>about</b> 1956</time>"), "{page}");
}

#[tokio::test]
async fn what_is_missing_leads_onward() {
    let site = Site::new();
    for address in ["/articles/nobody", "/articles/%3Cb%3E", "/nowhere", "/assets/style.000000000000.css"] {
        let page = site.get(address).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{address}");
        assert!(page.text.contains("<input type=\"search\" name=\"q\""), "{}", page.text);
        assert!(!page.text.contains("<b>”"), "{}", page.text);
    }
}

#[tokio::test]
async fn a_fault_in_one_request_is_a_page_and_the_next_is_answered() {
    let site = Site::new();
    let broken = site.get("/search?q=panic+please").await;
    assert_eq!(broken.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(broken.text.contains("Something broke"));
    assert_eq!(site.get("/search?q=border").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_query_as_long_as_an_address_can_be_is_answered() {
    let site = Site::new();
    let page = site.get(&format!("/search?q={}", "word+".repeat(12_000))).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(site.asked().q.len(), 60_000);
    // Everything that repeats the words is counted on the fingers of two hands.
    let page = site.get(&format!("/search?q={}", "border+".repeat(8_500))).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.len() < 1_000_000, "{} bytes", page.text.len());
    assert!(page.text.contains("too long"), "{}", page.text);
}

#[tokio::test]
async fn the_foot_says_what_one_is_reading() {
    let beyond = Settings { beyond_loopback: true, version: "1.2.3".into(), ..Settings::default() };
    let page = Site::set(beyond.clone()).get("/").await.text;
    assert!(page.contains("The Harbour Archive") && page.contains("1.2.3") && page.contains("read-only"));
    let editable = Site::set(Settings { editable: true, ..beyond }).get("/").await.text;
    assert!(!editable.contains("read-only"));
}

#[tokio::test]
async fn an_address_that_is_no_text_is_a_page_too() {
    let page = Site::new().get("/articles/%FF%FE").await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    assert!(page.text.contains("cannot be read") && page.text.contains("<h1>"), "{}", page.text);
}

/// The values of the facets: where a click leads, and the number beside it.
fn values(page: &str) -> Vec<(String, String)> {
    let rows = page.split("<li class=\"value\">").skip(1);
    let part = |row: &str, from: &str, to: &str| {
        unescaped(row.split(from).nth(1).unwrap().split(to).next().unwrap())
    };
    rows.map(|row| (part(row, "href=\"", "\""), part(row, "<span class=\"n\">", "<"))).collect()
}

#[tokio::test]
async fn the_number_beside_a_value_is_the_number_of_articles_behind_it() {
    let few = articles().into_iter().take(9).collect();
    let site = Site::with(Sample::new(few), Settings::default());
    let actor = actor("Valdoria");
    for search in
        ["/".into(), "/search?q=border+-letter".into(), format!("/search?actor={actor}&not.section=World")]
    {
        let values = values(&site.get(&search).await.text);
        assert!(values.len() > 10, "{search}");
        for (link, number) in values {
            let page = site.get(&link).await.text;
            let heading = page.split("<h1 class=\"count\">").nth(1).unwrap().split(' ').next().unwrap();
            assert_eq!(heading, number, "{link}");
        }
    }
}

#[tokio::test]
async fn an_article_opened_from_a_search_shows_the_matches() {
    let page = Site::new().get("/articles/ferry-accord?q=lorries+%22border+crossing%22+-football").await.text;
    let marks = page.matches("<mark id=").count();
    assert!(marks >= 4, "{page}");
    assert!(page.contains(&format!("<a href=\"#match-1\">{marks} matches</a>")), "{page}");
    assert!(page.contains("tabindex=\"-1\">border crossing</mark>"), "{page}");
}

#[tokio::test]
async fn what_was_understood_is_said_in_words() {
    let page = Site::new().get("/search?q=%22border+crossing%22+lorries").await.text;
    assert!(page.contains("Searched for the phrase <code dir=\"auto\">border crossing</code>"), "{page}");
    assert!(page.contains("the word <code dir=\"auto\">lorries</code>"), "{page}");
}
