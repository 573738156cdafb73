//! Feeds: every entry is an article, told from what is no feed.

use std::sync::Arc;

use dateline_index::article::{Article, DoubtKind, Origin};
use dateline_ingest::extract::{Rules, extract};
use dateline_ingest::pipeline::{Options, extract_paths};
use dateline_ingest::raw::Extracted;

use crate::pipeline_support::{Folder, read};

/// All records of a file, each as an article or a reason.
fn records(name: &str, content: impl AsRef<[u8]>) -> Vec<(Origin, Result<Article, String>)> {
    let folder = Folder::new();
    folder.write(name, content);
    let work: dateline_ingest::pipeline::Work = Arc::new(|raw, _| extract(raw, &Rules::default()));
    let mut records = Vec::new();
    let mut emit = |origin, extracted| {
        let record = match extracted {
            Extracted::Article { article, .. } => Ok(*article),
            Extracted::NotArticle(reason) => Err(format!("not an article: {reason}")),
            Extracted::Unsupported(reason) => Err(format!("unsupported: {reason}")),
            Extracted::Skipped(reason) => Err(format!("skipped: {reason}")),
            Extracted::Failed(reason) => Err(format!("failed: {reason}")),
        };
        records.push((origin, record));
    };
    extract_paths(&[folder.root()], &Options::default(), &work, &mut emit).unwrap();
    records
}

fn article(records: &[(Origin, Result<Article, String>)], place: usize) -> &Article {
    records[place].1.as_ref().unwrap_or_else(|reason| panic!("{reason}"))
}

fn paragraphs(count: usize) -> String {
    let words = ["grain", "treaty", "harbour", "minister", "ceasefire", "winter", "railway", "market"];
    (0..count)
        .map(|n| {
            let (a, b) = (words[n % 8], words[(n * 3 + 1) % 8]);
            format!("<p>Paragraph {n} says that the {a} was moved before the {b} could be counted by anybody in the city.</p>")
        })
        .collect()
}

fn rss(items: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>Harbour Wire</title><link>https://paper.test/</link>\
         <image><title>Logo</title></image><language>en-gb</language><lastBuildDate>Thu, 18 Jan 2024 09:00:00 GMT</lastBuildDate>{items}</channel></rss>"
    )
}

#[test]
fn every_item_of_rss_is_an_article_with_its_full_text_where_the_feed_has_it() {
    let full = format!(
        "<item><title>Talks end &amp;amp; nobody cheers</title><link>https://paper.test/talks?utm_medium=feed</link>\
         <guid isPermaLink=\"false\">wire-7</guid><dc:creator><![CDATA[Mina Halvorsen]]></dc:creator>\
         <pubDate>Wed, 17 Jan 2024 22:30:00 -0500</pubDate><category>Geneva</category><description>Two sides met.</description>\
         <content:encoded><![CDATA[{}<p>Read more</p>]]></content:encoded></item>",
        paragraphs(9)
    );
    let short = "<item><title>Grain ship sails</title><link>https://paper.test/grain</link>\
        <description>&lt;p&gt;A ship with grain has left the port.&lt;/p&gt;</description><pubDate>Tue, 16 Jan 2024 08:00:00 EST</pubDate></item>";
    for name in ["a.xml", "a.rss", "feed", "a.xml.txt"] {
        let records = records(name, rss(&format!("{full}\n{short}")));
        assert_eq!(records.len(), 2, "{name}");
        let first = article(&records, 0);
        assert_eq!(first.title, "Talks end & nobody cheers");
        assert_eq!(first.bylines[0].0, "Mina Halvorsen");
        assert_eq!(first.published.as_ref().unwrap().date.to_string(), "2024-01-17T22:30:00-05:00");
        assert_eq!(first.published.as_ref().unwrap().found, "feed");
        assert_eq!((first.updated.as_ref(), first.standfirst.as_deref()), (None, Some("Two sides met.")));
        assert_eq!(
            (first.url.as_deref(), first.tags.join(",").as_str()),
            (Some("https://paper.test/talks"), "Geneva")
        );
        assert_eq!(first.source.as_ref().unwrap().name, "Harbour Wire");
        assert!(first.text.starts_with("Paragraph 0") && first.text.ends_with("city."), "{}", first.text);
        assert_eq!(first.text.matches("\n\n").count(), 8);
        assert!(first.doubts.is_empty(), "{:?}", first.doubts);
        assert_eq!(records[0].0.record, "wire-7");
        let second = article(&records, 1);
        assert_eq!(second.text, "A ship with grain has left the port.");
        assert_eq!(second.published.as_ref().unwrap().date.to_string(), "2024-01-16T08:00:00-05:00");
        assert_eq!(
            (second.doubts[0].kind, records[1].0.record.as_str()),
            (DoubtKind::TextShort, "https://paper.test/grain")
        );
    }
}

#[test]
fn atom_json_feed_and_older_kinds_of_rss_are_feeds_too() {
    let atom = "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom' xml:lang='de'><title>Hafenbote</title>\
        <author><name>Jonas Feld</name></author><entry><id>tag:x,1</id><title type='html'>Gespräche &amp;lt;b&amp;gt;enden&amp;lt;/b&amp;gt;</title>\
        <link rel='self' href='https://paper.test/feed/1'/><link rel='alternate' type='text/html' href='https://paper.test/1'/>\
        <updated>2024-01-18T09:00:00+01:00</updated><published>2024-01-17T23:45:00+01:00</published>\
        <content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>Ein Absatz über die Gespräche.</p><p>Noch einer.</p></div></content></entry></feed>";
    let found = records("a.atom", atom);
    let entry = article(&found, 0);
    assert_eq!(entry.published.as_ref().unwrap().date.to_string(), "2024-01-17T23:45:00+01:00");
    assert_eq!(entry.updated.as_ref().unwrap().date.to_string(), "2024-01-18T09:00:00+01:00");
    assert_eq!(
        (entry.url.as_deref(), entry.text.as_str()),
        (Some("https://paper.test/1"), "Ein Absatz über die Gespräche.\n\nNoch einer.")
    );
    assert_eq!(entry.source.as_ref().unwrap().name, "Hafenbote");

    let json = "{\"version\": \"https:\\/\\/jsonfeed.org\\/version\\/1\", \"title\": \"Harbour Wire\", \"items\": [\
        {\"id\": 7, \"url\": \"https://paper.test/7\", \"title\": \"Talks end\", \"content_text\": \"One.\\n\\nTwo < three.\", \
        \"date_published\": \"2024-01-17T22:30:00-05:00\", \"authors\": [{\"name\": \"Mina Halvorsen\"}], \"attachments\": [{\"url\": 1}]}, 5]}";
    let found = records("a.json", json);
    let entry = article(&found, 0);
    assert_eq!(
        (entry.text.as_str(), entry.bylines[0].0.as_str()),
        ("One.\n\nTwo < three.", "Mina Halvorsen")
    );
    assert_eq!(entry.published.as_ref().unwrap().date.to_string(), "2024-01-17T22:30:00-05:00");
    assert_eq!(found[0].0.record, "7");
    assert_eq!(found[1].1, Err("failed: the item is no object".into()));

    let rdf = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>\
        <channel rdf:about='x'><title>Old Wire</title><items><rdf:Seq/></items></channel>\
        <item rdf:about='y'><title>First</title><link>https://paper.test/a</link><description>Words.</description></item>\
        <item rdf:about='z'><title>Second</title><link>https://paper.test/b</link><description>Words.</description></item></rdf:RDF>";
    let found = records("a.rdf", rdf);
    assert_eq!((article(&found, 0).title.as_str(), article(&found, 1).title.as_str()), ("First", "Second"));
    assert_eq!(article(&found, 1).source.as_ref().unwrap().name, "Old Wire");
    for version in ["", " version='0.93'", " version=\"0.91\""] {
        let old = rss("<item><title>Old</title><description>Words.</description></item>");
        let old = old.replace(" version=\"2.0\"", version);
        assert_eq!(article(&records("a.xml", old), 0).title, "Old", "{version}");
    }
}

#[test]
fn a_broken_entry_costs_no_other_and_a_cut_feed_keeps_what_came_before() {
    let item = |title: &str| {
        format!("<item><title>{title}</title><description>Words of {title}.</description></item>")
    };
    let loose =
        "<item><title>Fish & chips</title><description>Caf&eacute; &nbsp; & more</description></item>";
    let broken = "<item><title>Broken</title><description>x</wrong></description></item>";
    let whole = rss(&[
        &item("One"),
        loose,
        broken,
        "<item><title><![CDATA[In <item> it]]></title></item>",
        &item("Last"),
    ]
    .concat());
    let found = records("a.xml", &whole);
    let titles: Vec<_> =
        found.iter().map(|(_, record)| record.as_ref().map_or("-", |article| &article.title)).collect();
    assert_eq!(titles[..2], ["One", "Fish & chips"]);
    assert_eq!(titles[3..], ["In it", "Last"]);
    assert!(article(&found, 1).text.starts_with("Café"), "{}", article(&found, 1).text);
    assert!(titles[2] == "-" || titles[2] == "Broken", "{:?}", found[2]);

    let cut = &whole[..whole.find("<title>Last").unwrap()];
    let found = records("a.xml", cut);
    assert_eq!(found.len(), 5);
    let (origin, last) = &found[4];
    assert_eq!(origin.record, "the rest");
    assert_eq!(
        last,
        &Err("failed: the feed ends before its end tag; the 4 records before it were kept".into())
    );
    assert_eq!(records("a.xml", rss(""))[0].1, Err("skipped: empty".into()));
}

#[test]
fn what_is_no_feed_is_said_to_be_what_it_is() {
    let reason = |name: &str, content: &str| records(name, content)[0].1.clone().unwrap_err();
    assert_eq!(
        reason("a.xml", "<?xml version='1.0'?><nitf><head/></nitf>"),
        "unsupported: an NITF document: not read yet"
    );
    assert_eq!(reason("b.xml", "<orders/>"), "unsupported: an XML document whose root is <orders>: not read");
    assert_eq!(
        reason("c.json", "{\"version\": \"https://jsonfeed.org/version/1\", \"title\": \"x\"}"),
        "failed: the feed has no list of items"
    );
    let lines = "{\"title\": \"About feeds\", \"text\": \"The version is https://jsonfeed.org/version/1 now.\"}\n{\"title\": \"B\"}\n";
    assert_eq!(records("d.json", lines).len(), 2, "records that speak of feeds are none");
    let page = "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><title>Page</title></html>";
    assert!(!reason_or_empty("e.xml", page).starts_with("unsupported"));
}

fn reason_or_empty(name: &str, content: &str) -> String {
    records(name, content)[0].1.clone().err().unwrap_or_default()
}

#[test]
fn a_feed_in_another_charset_is_read_by_its_declaration() {
    let item = "<item><title>Élysée : la réunion</title><description>Réunion à Genève.</description></item>";
    let feed = rss(item).replace("UTF-8", "ISO-8859-1");
    let latin: Vec<u8> = feed.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let wide: Vec<u8> = rss(item).encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (name, bytes) in [
        ("latin", latin),
        ("wide", wide.clone()),
        ("marked", [vec![0xff, 0xfe], wide].concat()),
        ("wrong", feed.into_bytes()),
    ] {
        let found = records("a.xml", bytes);
        assert_eq!(article(&found, 0).title, "Élysée : la réunion", "{name}");
    }
}

#[test]
fn an_export_of_wordpress_gives_its_posts_and_names_the_rest() {
    let item = |title: &str, kind: &str, state: &str| {
        format!(
            "<item><title>{title}</title><link>https://blog.test/{title}</link><dc:creator><![CDATA[mh]]></dc:creator>\
             <content:encoded><![CDATA[First line of {title}.\n\nSecond line.]]></content:encoded>\
             <wp:post_date>2024-01-17 22:30:00</wp:post_date><wp:status>{state}</wp:status><wp:post_type>{kind}</wp:post_type></item>"
        )
    };
    let author = "<wp:author><wp:author_login>mh</wp:author_login><wp:author_display_name><![CDATA[Mina Halvorsen]]></wp:author_display_name></wp:author>";
    let items = [
        author,
        &item("post", "post", "publish"),
        &item("draft", "post", "draft"),
        &item("boat", "attachment", "inherit"),
    ]
    .concat();
    let export = rss(&items).replace("<rss ", "<rss xmlns:wp=\"http://wordpress.org/export/1.2/\" ");
    let found = records("a.xml", export);
    let post = article(&found, 0);
    assert_eq!(
        (post.bylines[0].0.as_str(), post.text.as_str()),
        ("Mina Halvorsen", "First line of post.\n\nSecond line.")
    );
    assert_eq!(found[1].1, Err("not an article: a post that was not published: draft".into()));
    assert_eq!(found[2].1, Err("not an article: an entry of WordPress that is no post: attachment".into()));
}

#[test]
fn hostile_feeds_end_in_a_reason() {
    let deep = format!(
        "<item><title>Deep</title><description>{}x{}</description></item>",
        "<a>".repeat(5_000),
        "</a>".repeat(5_000)
    );
    let laughs = "<?xml version='1.0'?><!DOCTYPE lolz [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]><rss version='2.0'><channel>\
        <item><title>&b;</title><description>Words.</description></item></channel></rss>";
    let many: String = (0..3_000)
        .map(|n| format!("<item><title>Number {n}</title><description>Words.</description></item>"))
        .collect();
    assert_eq!(records("a.xml", rss(&deep)).len(), 1);
    assert_eq!(records("b.xml", laughs).len(), 1);
    assert_eq!(records("c.xml", rss(&many)).iter().filter(|(_, record)| record.is_ok()).count(), 3_000);
    assert_eq!(records("d.xml", "<rss version='2.0'><channel><item><title>a").len(), 1);
    let folder = Folder::new();
    folder.write("e.rss", "no feed at all").write("f.atom", b"\0\0\0\0\0\0");
    let (puts, _) = read(&folder);
    assert!(puts.iter().all(|put| put.contains(": failed: ") || put.contains(": skipped: ")), "{puts:?}");
}
