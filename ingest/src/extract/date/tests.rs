//! Dates of whole pages.

use dateline_index::article::DoubtKind;

use super::choice::Decision;
use super::*;

fn decision(source: &str) -> Decision {
    let page = Page::parse(source);
    let url = super::super::address::of_page(&page, None);
    decide(candidates(&page, url.as_ref(), "Headline of the day"), jiff::civil::date(2030, 1, 1))
}

#[track_caller]
fn found(source: &str, date: &str, place: &str) {
    let published = decision(source).published.map(|p| (p.date.to_string(), p.found));
    assert_eq!(published, Some((date.to_owned(), place.to_owned())), "{source}");
}

#[track_caller]
fn unknown(source: &str) {
    assert_eq!(decision(source).published, None, "{source}");
}

fn doubts(source: &str) -> Vec<DoubtKind> {
    decision(source).doubts.into_iter().map(|(kind, _, _)| kind).collect()
}

const TEXT: &str = "<p>The ministers met again on Monday, and after nine hours of talks behind closed doors they had \
    agreed on a text of four pages that nobody outside the room had seen, said two of those who had been in it.</p>";

#[test]
fn the_original_wins_over_the_update() {
    found(
        "<h1>Headline of the day</h1><p>Updated 3 May 2020</p><p>Published 1 May 2020</p>",
        "2020-05-01",
        "byline",
    );
    found(
        "<h1>Headline of the day</h1><p>Zuletzt aktualisiert: 3.5.2020, veröffentlicht am 1.5.2020</p>",
        "2020-05-01",
        "byline",
    );
    found(
        "<time class='updated' datetime='2020-05-03'>3 May</time><time class='published' datetime='2020-05-01'>",
        "2020-05-01",
        "time",
    );
}

#[test]
fn the_update_is_kept_apart_if_it_is_later() {
    let updated = |source: &str| decision(source).updated.map(|updated| updated.date.to_string());
    let page = |change: &str| {
        format!(
            "<script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"datePublished\":\"2020-05-01T08:00:00+02:00\",\
             \"dateModified\":\"{change}\"}}</script>"
        )
    };
    assert_eq!(updated(&page("2020-05-03T10:00:00+02:00")).as_deref(), Some("2020-05-03T10:00:00+02:00"));
    assert_eq!(updated(&page("2020-05-01T08:00:00+02:00")), None);
    assert_eq!(updated(&page("2019-05-01T08:00:00+02:00")), None);
}

#[test]
fn a_page_that_states_only_a_change_has_that_date_with_a_doubt() {
    let page = "<h1>Headline of the day</h1><p>Last updated: 3 May 2020</p>";
    found(page, "2020-05-03", "byline");
    assert_eq!(doubts(page), [DoubtKind::DateWeak]);
}

#[test]
fn impossible_dates_give_way_and_are_told() {
    let page = "<meta property='article:published_time' content='2099-01-01'><link rel=canonical \
                href='https://a.example/2001/09/12/x'>";
    found(page, "2001-09-12", "url");
    assert_eq!(doubts(page), [DoubtKind::DateImpossible]);
}

#[test]
fn what_is_no_date_of_publication_is_not_made_one() {
    for page in [
        "<p>Copyright 1999-2024 The Paper</p>",
        "<h1>Headline of the day</h1><p>Call 030 12.34.5678 or 1.2.2003.4</p>",
        "<h1>Headline of the day</h1><div class=price>1.299,00</div><div class=date>No 12 of 2024</div>",
        "<div class=comments><time datetime='2020-05-01'>1 May</time></div>",
        "<meta property=og:image content='https://a.example/2020/05/01/x.jpg'>",
    ] {
        unknown(page);
    }
}

#[test]
fn dates_of_other_stories_are_not_the_articles() {
    let page = format!(
        "<article><h1>Headline of the day</h1><p>By Ingrid Solberg, 12 March 2019</p>{TEXT}{TEXT}</article>\
         <div class=related><h3>Another</h3><time datetime='2019-04-02'>2 April 2019</time></div>\
         <aside class=sidebar><span class=date>5 April 2019</span></aside>"
    );
    found(&page, "2019-03-12", "byline");
    unknown(&format!(
        "<article><h1>Headline of the day</h1>{TEXT}{TEXT}</article>\
         <div class=related><h3>Another</h3><time datetime='2019-04-02'>2 April 2019</time></div>"
    ));
}

#[test]
fn head_and_foot_of_a_text_state_its_day() {
    found(
        &format!("<h1>Headline of the day</h1><p>BERLIN, 3. Mai 2019 – {}", &TEXT[3..]),
        "2019-05-03",
        "text",
    );
    for sentence in [
        "Dieser Artikel wurde am 14. Dezember 2015 um 14:48 von Heiner geschrieben.",
        "This entry was posted on December 14, 2015 at 2:48 pm by Heiner.",
        "Опубликовано: 14 декабря 2015, 14:48",
    ] {
        let page = format!("<h1>Headline of the day</h1>{TEXT}{TEXT}{TEXT}<p>{sentence}</p>");
        found(&page, "2015-12-14T14:48:00", "text");
    }
}

#[test]
fn a_label_may_stand_on_the_line_above_its_date() {
    found(
        &format!(
            "<h1>Headline of the day</h1>{TEXT}{TEXT}{TEXT}<div>Erschienen am:</div><div>13.10.2021</div>"
        ),
        "2021-10-13",
        "text",
    );
}

#[test]
fn the_day_that_readers_saw_wins_over_that_of_a_clock_in_utc() {
    let published = "<meta property='article:published_time' content='2023-11-09T01:09:55Z'>";
    found(&format!("{published}<h1>Headline of the day</h1><p>November 8, 2023</p>"), "2023-11-08", "byline");
    found(
        &format!("{published}<link rel=canonical href='https://a.example/2023/11/08/x'>"),
        "2023-11-08",
        "url",
    );
    // Two days apart is another date.
    found(
        &format!("{published}<h1>Headline of the day</h1><p>November 6, 2023</p>"),
        "2023-11-09T01:09:55Z",
        "meta",
    );
    // Who states its own zone is taken at its word.
    found(
        "<meta property='article:published_time' content='2023-11-09T01:09:55+01:00'><h1>Headline of the day</h1>\
         <p>November 8, 2023</p>",
        "2023-11-09T01:09:55+01:00",
        "meta",
    );
}

#[test]
fn several_places_that_agree_outweigh_one() {
    let page = "<meta name=date content='2022-01-15'><h1>Headline of the day</h1><p><time datetime='2022-01-25'>\
                25.01.2022</time></p><script>window.data = {\"publishingDate\":\"2022-01-25\"}</script>";
    found(page, "2022-01-25", "byline");
}

#[test]
fn places_that_disagree_by_more_than_a_night_are_a_doubt() {
    let page = |day: &str| {
        format!(
            "<meta property='article:published_time' content='2022-01-15T10:00:00+01:00'><h1>Headline of the day</h1>\
             <p>{day}</p>"
        )
    };
    assert_eq!(doubts(&page("15.01.2022")), []);
    assert_eq!(doubts(&page("16.01.2022")), []);
    assert_eq!(doubts(&page("25.01.2022")), [DoubtKind::DatesDisagree]);
}

#[test]
fn a_month_is_made_a_day_only_by_one_that_agrees() {
    let published = "<meta property='article:published_time' content='1980-09'>";
    found(
        &format!("{published}<h1>Headline of the day</h1><p>26 September 1980</p>"),
        "1980-09-26",
        "byline",
    );
    found(&format!("{published}<h1>Headline of the day</h1><p>26 October 1980</p>"), "1980-09", "meta");
}

#[test]
fn day_and_month_are_told_apart_by_what_else_the_page_says() {
    let page = |rest: &str| format!("<html lang=en><h1>Headline of the day</h1><p>03/04/2001</p>{rest}");
    let ambiguous = page("");
    found(&ambiguous, "2001-03-04", "byline");
    assert_eq!(doubts(&ambiguous), [DoubtKind::DateAmbiguous]);
    for rest in [
        "<p>Open until 28/05/2001.</p>",
        "<link rel=canonical href='https://a.example/2001/04/03/x'>",
        "<meta name=date content='2001-04-03'>",
    ] {
        let settled = page(rest);
        let date = decision(&settled).published.map(|p| p.date.to_string());
        assert_eq!(date.as_deref(), Some("2001-04-03"), "{rest}");
        assert_eq!(doubts(&settled), [], "{rest}");
    }
}

#[test]
fn scripts_and_comments_are_read_where_nothing_better_is_there() {
    found(
        "<script>var page = {'publishDate': '2019-05-03', 'lastPublished': '2019-06-01'};</script>",
        "2019-05-03",
        "script",
    );
    found(
        "<!-- <rdf:Description dc:title='X' dc:date='2005-01-03T10:20:00-05:00' /> -->",
        "2005-01-03T10:20:00-05:00",
        "microdata",
    );
    unknown("<script>var x = {'publisher': '2019-05-03', 'publishedUntil': '2019-06-01'};</script>");
}

#[test]
fn pages_in_many_languages_print_their_day() {
    for (line, date) in [
        ("نُشر في 17 يناير 2024", "2024-01-17"),
        ("الأربعاء ١٧ كانون الثاني ٢٠٢٤", "2024-01-17"),
        ("تاریخ انتشار: ۲۷ دی ۱۴۰۲", "2024-01-17"),
        ("چهارشنبه ۲۷ دی ۱۴۰۲ - ۱۰:۳۰", "2024-01-17T10:30:00"),
        ("Опубликовано 17 января 2024 г., 10:30", "2024-01-17T10:30:00"),
        ("Yayınlanma: 17 Ocak 2024 Çarşamba 10:30", "2024-01-17T10:30:00"),
        ("Opublikowano: 17 stycznia 2024", "2024-01-17"),
        ("Publicado el miércoles, 17 de enero de 2024", "2024-01-17"),
        ("Pubblicato il 17 gennaio 2024 alle ore 10:30", "2024-01-17T10:30:00"),
        ("Mi., 17. Jän. 2024, 10.30 Uhr", "2024-01-17T10:30:00"),
        ("Geplaatst op 17 januari 2024 om 10:30", "2024-01-17T10:30:00"),
        ("Publié le 17 janvier 2024 à 10h30", "2024-01-17T10:30:00"),
        ("2024年1月17日 10:30", "2024-01-17T10:30:00"),
        ("2024년 1월 17일", "2024-01-17"),
    ] {
        found(&format!("<h1>Headline of the day</h1><p>{line}</p>{TEXT}"), date, "byline");
    }
}

#[test]
fn the_evidence_names_every_place_and_why_one_won() {
    let decision = decision(
        "<meta property='article:published_time' content='2020-05-01'><h1>Headline of the day</h1><p>1 May 2020</p>",
    );
    let evidence = decision.evidence.first().expect("evidence on the date");
    assert_eq!(evidence.field, "published");
    assert_eq!(evidence.why, "meta, byline agree");
    let places: Vec<_> =
        evidence.candidates.iter().map(|offer| (offer.place.as_str(), offer.chosen)).collect();
    assert_eq!(places, [("article:published_time", true), ("below the headline", false)]);
}

#[test]
fn a_chronology_of_thousands_of_days_does_not_hide_the_day_below_the_headline() {
    let first = jiff::civil::date(1900, 1, 1);
    let days = (0..12_000_i64).map(|number| {
        let day = first.saturating_add(jiff::Span::new().days(number));
        format!("<div><time datetime='{day}T10:00:00Z'>{day}</time></div>")
    });
    let days: String = days.collect();
    let page =
        format!("<h1>Headline of the day</h1><p class=date>7 May 2019</p>{TEXT}<section>{days}</section>");
    found(&page, "2019-05-07", "byline");
    // Whoever asks why is shown what can matter, and not the whole chronology.
    assert!(decision(&page).evidence[0].candidates.len() <= 400);
}
