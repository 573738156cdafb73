//! Plain-text copies in the languages that the word lists speak: labels, notes under the text, dates.

use dateline_index::article::{Article, DoubtKind, Origin};
use dateline_ingest::evidence::Evidence;
use dateline_ingest::extract::{Rules, inspect};
use dateline_ingest::raw::{Extracted, RawBody, RawDocument};

fn read(text: &str) -> (Article, Vec<Evidence>) {
    let origin = Origin { file: "/news/x.txt".into(), place: "news/x.txt".into(), ..Origin::default() };
    match inspect(RawDocument { origin, body: RawBody::Text(text.to_owned()) }, &Rules::default()) {
        (Extracted::Article { article, .. }, evidence) => (*article, evidence),
        (other, _) => panic!("{text:?} should be an article: {other:?}"),
    }
}

fn names(article: &Article) -> Vec<&str> {
    article.bylines.iter().map(|byline| byline.0.as_str()).collect()
}

fn day(article: &Article) -> String {
    article.published.as_ref().map(|published| published.date.to_string()).unwrap_or_default()
}

#[test]
fn labelled_fields_are_read_in_twelve_languages() {
    for (labels, name, date) in [
        (
            ["Headline", "Written by", "Published on", "Newspaper", "Link", "Keywords"],
            "Ada Quill",
            "3 May 2019",
        ),
        (
            ["Überschrift", "Autorin", "Erschienen am", "Quelle", "Webadresse", "Schlagwörter"],
            "Ada Quill",
            "3. Mai 2019",
        ),
        (["Titre", "Auteur", "Publié le", "Journal", "Lien", "Mots-clés"], "Ada Quill", "3 mai 2019"),
        (["Título", "Autora", "Fecha", "Fuente", "Enlace", "Etiquetas"], "Ada Quill", "3 de mayo de 2019"),
        (["Titolo", "Autrice", "Data", "Fonte", "Indirizzo", "Argomenti"], "Ada Quill", "3 maggio 2019"),
        (
            ["Título", "Autores", "Data de publicação", "Jornal", "Ligação", "Palavras-chave"],
            "Ada Quill",
            "3 de maio de 2019",
        ),
        (["Titel", "Auteur", "Gepubliceerd", "Krant", "Link", "Trefwoorden"], "Ada Quill", "3 mei 2019"),
        (
            ["Tytuł", "Autorka", "Data publikacji", "Źródło", "Odnośnik", "Słowa kluczowe"],
            "Ada Quill",
            "3 maja 2019",
        ),
        (["Заголовок", "Автор", "Дата", "Источник", "Ссылка", "Теги"], "Ада Квилл", "3 мая 2019"),
        (["Başlık", "Yazar", "Tarih", "Kaynak", "Bağlantı", "Etiketler"], "Ada Quill", "3 Mayıs 2019"),
        (["العنوان", "الكاتب", "التاريخ", "المصدر", "الرابط", "الوسوم"], "سلمى الحداد", "3 مايو 2019"),
        (["عنوان", "نویسنده", "تاریخ انتشار", "منبع", "نشانی", "برچسب‌ها"], "سارا مرادی", "3 مه 2019"),
    ] {
        let [title, author, published, source, url, tags] = labels;
        let text = format!(
            "{title}: Seven bridges and no river\n{author} : {name}\n{published}: {date}\n{source}: Gull Rock Courier\n\
             {url}: https://gull.example/bridges?utm_medium=mail\n{tags}: bridges, rivers\n\n\
             Seven bridges stand in the plain of Gull Rock, and there has been no river under them since the dam was \
             closed.\n"
        );
        let (article, _) = read(&text);
        assert_eq!(article.title, "Seven bridges and no river", "{title}");
        assert_eq!(names(&article), [name], "{author}");
        assert_eq!(day(&article), "2019-05-03", "{published}");
        assert_eq!(
            article.source.as_ref().map(|source| source.name.as_str()),
            Some("Gull Rock Courier"),
            "{source}"
        );
        assert_eq!(article.url.as_deref(), Some("https://gull.example/bridges"), "{url}");
        assert_eq!(article.tags, ["bridges", "rivers"], "{tags}");
        assert!(
            article.text.starts_with("Seven bridges stand") && !article.text.contains(name),
            "{}",
            article.text
        );
    }
}

#[test]
fn a_note_under_the_text_names_the_author_in_twelve_languages() {
    for (note, name) in [
        ("Ada Quill is a tutor of naval history at the College of Gull Rock.", "Ada Quill"),
        ("Follow Ada Quill on Twitter: @adaquill_example", "Ada Quill"),
        ("Ada Quill ist Redakteurin im Ressort Wissen.", "Ada Quill"),
        ("Ada Quill est journaliste et vit à Gull Rock.", "Ada Quill"),
        ("Ada Quill es profesora de historia en Gull Rock.", "Ada Quill"),
        ("Ada Quill è giornalista e insegna a Gull Rock.", "Ada Quill"),
        ("Ada Quill é jornalista e vive em Gull Rock.", "Ada Quill"),
        ("Ada Quill is redacteur buitenland.", "Ada Quill"),
        ("Ada Quill jest dziennikarką, autorka trzech książek o morzu.", "Ada Quill"),
        ("Ада Квилл — обозреватель, пишет о флоте.", "Ада Квилл"),
        ("Ada Quill, gazeteci ve tarihçi.", "Ada Quill"),
        ("سلمى الحداد كاتبة وصحفية مقيمة في الميناء", "سلمى الحداد"),
        ("سارا مرادی روزنامه‌نگار و پژوهشگر دریا", "سارا مرادی"),
    ] {
        let text = format!(
            "Seven bridges and no river\n\n3 May 2019\n\nSeven bridges stand in the plain, and there has been no river \
             under them since the dam was closed above the town in spring.\n\nNobody will pull them down.\n\n{note}\n"
        );
        let (article, _) = read(&text);
        assert_eq!(names(&article), [name], "{note}");
        assert!(article.text.ends_with("Nobody will pull them down."), "{note}: {}", article.text);
    }
}

#[test]
fn figures_that_could_be_two_days_are_read_as_the_copy_writes_its_months_and_doubted() {
    let text = |date: &str, inside: &str| {
        format!(
            "Seven bridges and no river\n{date}\n\nSeven bridges stand in the plain, and there has been no river under \
             them since {inside}, when the dam was closed above the town.\n"
        )
    };
    let (american, _) = read(&text("03/04/2019", "March 2, 2019"));
    assert_eq!(day(&american), "2019-03-04");
    let (british, _) = read(&text("03/04/2019", "2 March 2019"));
    assert_eq!(day(&british), "2019-04-03");
    for article in [american, british] {
        assert!(article.doubts.iter().any(|doubt| doubt.kind == DoubtKind::DateAmbiguous));
    }
    let (clear, _) = read(&text("13/04/2019", "spring"));
    assert_eq!((day(&clear).as_str(), clear.doubts.len()), ("2019-04-13", 0));
}

#[test]
fn the_day_a_mail_was_sent_is_no_day_of_publication() {
    let (article, _) = read(
        "From: Archive <archive@gull.example>\nTo: Desk <desk@gull.example>\nDate: Mon, 5 Oct 2020 09:12\n\
         Subject: Fwd: Seven bridges and no river\n\nSeven bridges stand in the plain, and there has been no river under \
         them since the dam was closed above the town.\n",
    );
    assert_eq!(article.title, "Seven bridges and no river");
    assert_eq!((article.published, article.bylines), (None, vec![]));
}

#[test]
fn a_subject_that_says_nothing_of_the_article_is_not_its_headline() {
    let (article, _) = read(
        "From: Archive <archive@gull.example>\nTo: Desk <desk@gull.example>\nSubject: Fwd: have a look at this one\n\n\
         Seven bridges and no river\n\nSeven bridges stand in the plain, and there has been no river under them since the \
         dam was closed above the town.\n",
    );
    assert_eq!(article.title, "Seven bridges and no river");
}

#[test]
fn a_link_inside_a_copy_is_not_the_articles_address() {
    let text = |last: &str| {
        format!(
            "Seven bridges and no river\n\nSeven bridges stand in the plain, and there has been no river under them since \
             the dam was closed above the town.\n\nNobody will pull them down, the council says.\n\n{last}\n"
        )
    };
    for (last, url) in [
        ("Sign here: https://petition.example/7", None),
        ("https://gull.example/bridges", Some("https://gull.example/bridges")),
        ("Retrieved from https://gull.example/bridges", Some("https://gull.example/bridges")),
        ("https://gull.example/bridges (accessed 3 May 2019)", Some("https://gull.example/bridges")),
    ] {
        assert_eq!(read(&text(last)).0.url.as_deref(), url, "{last}");
    }
}

#[test]
fn a_copy_without_a_headline_says_so() {
    let (article, evidence) = read(
        "Seven bridges stand in the plain, and there has been no river under them since the dam was closed above the \
         town in the spring of a year that nobody wants to remember. The bridges are still painted.\n",
    );
    assert!(article.title.starts_with("Seven bridges stand"), "{}", article.title);
    assert!(article.doubts.iter().any(|doubt| doubt.field == "title"), "{:?}", article.doubts);
    assert_eq!(
        evidence.iter().map(|field| field.field).collect::<Vec<_>>(),
        [
            "title",
            "authors",
            "published",
            "source",
            "url",
            "standfirst",
            "section",
            "tags",
            "language",
            "text"
        ]
    );
}

#[test]
fn every_choice_of_a_copy_can_be_explained() {
    let (article, evidence) = read(
        "Seven bridges and no river\nBy Ada Quill\n3 May 2019\n\nSeven bridges stand in the plain, and there has been no \
         river under them since the dam was closed above the town.\n",
    );
    for field in ["title", "authors", "published"] {
        let on_field = evidence.iter().find(|evidence| evidence.field == field).unwrap();
        assert_eq!(on_field.candidates.iter().filter(|offer| offer.chosen).count(), 1, "{field}");
    }
    assert_eq!(article.found.get("authors").map(String::as_str), Some("byline"));
}
