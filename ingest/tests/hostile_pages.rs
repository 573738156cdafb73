//! Pages made to break parsers: each must come out of the pre-scan so that parsing is cheap.

use std::fmt::Write;

use dateline_ingest::prescan::{LIMITS, Limits, make_safe};
use proptest::prelude::*;
use scraper::{Html, Node};

/// The deepest element and the number of elements that a parser makes of a page.
fn depth_and_elements(page: &str) -> (usize, usize) {
    let html = Html::parse_document(page);
    let (mut deepest, mut elements) = (0, 0);
    let mut open = vec![(html.tree.root(), 0)];
    while let Some((node, depth)) = open.pop() {
        if matches!(node.value(), Node::Element(_)) {
            deepest = deepest.max(depth);
            elements += 1;
        }
        open.extend(node.children().map(|child| (child, depth + 1)));
    }
    (deepest, elements)
}

fn as_text(page: &str) -> String {
    let config = html2text::config::plain_no_decorate().allow_width_overflow().raw_mode(true);
    config.string_from_read(page.as_bytes(), 200).unwrap()
}

/// Parses what the pre-scan lets through, on a stack as large as a worker's.
fn parses(name: &str, page: String) -> (usize, usize) {
    let safe = make_safe(page, &LIMITS).unwrap();
    let name = name.to_owned();
    let parse = move || {
        let (depth, elements) = depth_and_elements(&safe.page);
        // html2text is given what it can take: its tables are quadratic in their rows.
        let text = as_text(&safe.page);
        assert!(text.contains("needle"), "{name}: the text is lost");
        (depth, elements)
    };
    std::thread::Builder::new().stack_size(64 << 20).spawn(parse).unwrap().join().unwrap()
}

fn nested(open: &str, times: usize) -> String {
    format!("<html><body>{}<p>needle", open.repeat(times))
}

#[test]
fn a_page_nested_without_end_reaches_the_parser_flat() {
    let hostile = [
        ("div", nested("<div>", 100_000)),
        ("closed div", format!("{}needle{}", "<div>".repeat(40_000), "</div>".repeat(40_000))),
        ("table", nested("<table><tr><td>", 10_000)),
        ("bold", nested("<b>", 30_000)),
        ("formatting and blocks", nested("<a><b><i><u><div>", 5_000)),
        ("quotation", nested("<blockquote>", 20_000)),
        ("list", nested("<ul><li>", 20_000)),
        ("unknown", nested("<x-very-long-name-of-an-element>", 20_000)),
        ("overlapping", nested("<b><div></b>", 20_000)),
        ("form", nested("<form><div></form>", 20_000)),
        ("drawing", nested("<svg><g>", 20_000)),
        (
            "fonts that differ",
            (0..5_000).fold(String::from("needle"), |mut page, n| {
                let _ = write!(page, "<p><font size={n}>x");
                page
            }),
        ),
    ];
    for (name, page) in hostile {
        let (depth, elements) = parses(name, page);
        assert!(depth <= 2 * LIMITS.depth, "{name}: {depth} deep");
        assert!(elements <= LIMITS.elements + LIMITS.depth, "{name}: {elements} elements");
    }
}

#[test]
fn a_page_of_very_many_elements_or_attributes_is_cut_to_what_a_parser_can_take() {
    let paragraphs = format!("<p>needle</p>{}", "<p>x</p>".repeat(600_000));
    let breaks = format!("needle{}", "<br>".repeat(1_000_000));
    for page in [paragraphs, breaks] {
        let safe = make_safe(page, &LIMITS).unwrap();
        let (_, elements) = depth_and_elements(&safe.page);
        assert!(elements <= LIMITS.elements + 10, "{elements}");
        assert!(safe.page.contains("needle"));
    }

    let names = (0..100_000).fold(String::new(), |mut names, n| {
        let _ = write!(names, " a{n}=1");
        names
    });
    let bodies = (0..50_000).fold(String::new(), |mut page, n| {
        let _ = write!(page, "<body a{n}=1>");
        page
    });
    for page in [format!("<p{names}>needle"), format!("<p>needle</p{names}>"), format!("{bodies}needle")] {
        let safe = make_safe(page, &LIMITS).unwrap();
        assert!(safe.rewritten.is_some_and(|why| why.contains("attributes")));
        assert!(safe.page.len() < 10_000 && as_text(&safe.page).contains("needle"));
    }
}

#[test]
fn a_harmless_page_passes_unchanged_even_if_it_closes_nothing() {
    let rows = "<tr><td>a<td>b".repeat(2_000);
    let page = format!(
        "<!doctype html><title>T</title><ul>{}</ul><table>{rows}</table>{}<dl>{}</dl><select>{}</select>",
        "<li>one<li>two".repeat(2_000),
        "<p>a <b>bold</b> word<br>".repeat(5_000),
        "<dt>x<dd>y".repeat(2_000),
        "<option>o".repeat(1_000),
    );
    let safe = make_safe(page.clone(), &LIMITS).unwrap();
    assert_eq!(safe.rewritten, None);
    assert_eq!(safe.page, page);
}

#[test]
fn a_page_swollen_by_pictures_keeps_its_text_and_its_data() {
    let picture = format!("<img alt=map src=\"data:image/png;base64,{}\">", "A".repeat(3 << 20));
    let script = format!("<script>var x = '{}'</script>", "y".repeat(3 << 20));
    let page = format!(
        "<html lang=de><head><title>A &amp; B</title><meta property='og:title' content='A'>
        <script type='application/ld+json'>{{\"headline\": \"A <b>\"}}</script></head>
        <body>{picture}{script}{picture}<p class=x/>needle <i>here</i></body></html>"
    );
    let safe = make_safe(page, &LIMITS).unwrap();
    assert!(safe.page.len() < 1_000 && safe.rewritten.is_some(), "{}", safe.page.len());
    for kept in [
        "<html lang=de",
        "<title>A &amp; B</title>",
        "content='A'",
        "\\u003cb>",
        "<img alt=map",
        "<i>here</i>",
    ] {
        assert!(safe.page.contains(kept), "{kept} is not in {}", safe.page);
    }
}

#[test]
fn a_page_too_large_even_without_its_ballast_is_refused_with_its_size() {
    let refused = make_safe("word ".repeat(2 << 20), &LIMITS).unwrap_err();
    assert!(refused.contains("10 MB") && refused.contains("at most 8 MB"), "{refused}");
}

#[test]
fn what_only_some_parsers_see_cannot_hide_depth() {
    let tricks = [
        "<div><noscript><!--</noscript></div>-->",
        "<div><noscript><p title='</noscript>'></div></p></noscript>",
        "<div><noscript></div></noscript>",
        "<div><svg><style></svg></div><!--</style>-->",
        "<svg><g><![CDATA[></g>]]>",
        "<div><script><!--<script></script></div>--></script>",
        "<div><select><title></select></div></title>",
        "<div><table><td></div></table>",
        "<div><p title=x/></div",
        "<p><b x=1><table><td></b></table>",
        "<span><div></span>",
        "<li><ul></li>",
    ];
    for trick in tricks {
        let page = format!("needle{}", trick.repeat(2_000));
        let safe = make_safe(page, &LIMITS).unwrap();
        let deepest = std::thread::Builder::new()
            .stack_size(64 << 20)
            .spawn(move || depth_and_elements(&safe.page).0)
            .unwrap()
            .join()
            .unwrap();
        assert!(deepest <= 3 * LIMITS.depth, "{trick}: {deepest} deep");
    }
}

const PIECES: &[&str] = &[
    "<div>",
    "</div>",
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<b x=1>",
    "<i>",
    "</i>",
    "<a>",
    "</a>",
    "<font size=2>",
    "</font>",
    "<table>",
    "</table>",
    "<tr>",
    "</tr>",
    "<td>",
    "</td>",
    "<tbody>",
    "</tbody>",
    "<caption>",
    "</caption>",
    "<colgroup>",
    "<ul>",
    "</ul>",
    "<li>",
    "</li>",
    "<dl>",
    "<dt>",
    "<dd>",
    "</dl>",
    "<h1>",
    "</h2>",
    "<span>",
    "</span>",
    "<x>",
    "</x>",
    "<select>",
    "</select>",
    "<option>",
    "<optgroup>",
    "<button>",
    "</button>",
    "<form>",
    "</form>",
    "<svg>",
    "</svg>",
    "<g>",
    "</g>",
    "<g/>",
    "<g a=b/>",
    "<foreignObject>",
    "<math>",
    "<mi>",
    "</math>",
    "<desc>",
    "<title>",
    "</title>",
    "<style>",
    "</style>",
    "<script>",
    "</script>",
    "<noscript>",
    "</noscript>",
    "<template>",
    "</template>",
    "<object>",
    "</object>",
    "<marquee>",
    "<nobr>",
    "</nobr>",
    "<br>",
    "<hr>",
    "</br>",
    "<body>",
    "</body>",
    "<html>",
    "<head>",
    "</head>",
    "<frameset>",
    "<plaintext>",
    "<textarea>",
    "</textarea>",
    "<ruby>",
    "<rt>",
    "<rp>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "text",
    " ",
    "<",
    "<xmp>",
    "</xmp>",
    "<iframe>",
    "</iframe>",
    "<input>",
    "<pre>",
    "</pre>",
    "<address>",
    "</address>",
    "<center>",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    /// Whatever is repeated, the parser's tree stays near the limits that the pre-scan was given.
    #[test]
    fn no_soup_of_tags_grows_beyond_the_limits(
        start in prop::collection::vec(prop::sample::select(PIECES), 0..6),
        repeated in prop::collection::vec(prop::sample::select(PIECES), 1..9),
    ) {
        let page = format!("<!doctype html>{}{}", start.concat(), repeated.concat().repeat(400));
        let limits = Limits { depth: 16, elements: 8_000, ..LIMITS };
        let safe = make_safe(page, &limits).unwrap();
        let (depth, elements) = depth_and_elements(&safe.page);
        prop_assert!(depth <= 16 * limits.depth, "{} deep: {}", depth, repeated.concat());
        prop_assert!(elements <= 2 * limits.elements, "{} elements: {}", elements, repeated.concat());
    }
}
