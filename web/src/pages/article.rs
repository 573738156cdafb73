//! `GET /articles/{id}`: one article, read in peace. Opened from a search it shows the matches.

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use dateline_index::article::{ArticleId, BlockKind};
use dateline_index::backend::About;
use dateline_index::published::Published;
use dateline_index::search::SearchRequest;
use dateline_index::view::ArticleView;
use dateline_index::why::{self, Present};

use crate::Settings;
use crate::error::{WebError, html};
use crate::frame::Frame;
use crate::highlight::{Highlights, highlights};
use crate::params::{Links, read, write};
use crate::state::Shared;
use crate::view::article::{Body, body, web_address};
use crate::view::copies::CopyView;
use crate::view::date::{in_words, provenance, with_time};
use crate::view::runs::Mark;
use crate::view::sources::{Corrected, Source, corrected, sources};
use crate::view::why::{PresentView, present};
use crate::view::{Script, counted};

#[derive(Template)]
#[template(path = "article.html")]
struct ArticlePage {
    frame: Frame,
    article: ArticleView,
    script: Script,
    body: Body,
    /// Back to the search it was opened from.
    back: Option<String>,
    matches: String,
    published: Option<Dated>,
    updated: Option<Dated>,
    address: Option<String>,
    actors: Vec<PresentView>,
    places: Vec<PresentView>,
    /// Where what is wrong about them is said, if it can be said here.
    decisions: Option<String>,
    /// Whether whoever reads this may type commands where the archive lies.
    at_home: bool,
    sources: Vec<Source>,
    corrected: Vec<Corrected>,
    copies: Vec<CopyView>,
}

/// A date as the article page says it.
struct Dated {
    words: String,
    with_time: String,
    machine: String,
    provenance: String,
}

impl Dated {
    fn new(published: &Published) -> Self {
        Self {
            words: in_words(&published.date),
            with_time: with_time(&published.date),
            machine: published.date.to_string(),
            provenance: provenance(published),
        }
    }
}

pub(crate) async fn get(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, WebError> {
    let request = read(query.as_deref().unwrap_or_default()).request;
    let q = request.q.clone();
    let (article, everybody, marks, about) = shared
        .ask(move |archive| {
            let Some(known) = ArticleId::new(id.as_str()) else { return Err(WebError::NoArticle(id)) };
            let stored = archive.article(&known)?.ok_or(WebError::NoArticle(id))?;
            let marks = highlights(archive, &stored.article, &q)?;
            let authority = archive.authority()?;
            let everybody = why::present(&stored.article, &authority);
            Ok((ArticleView::stored(&stored, &authority), everybody, marks, archive.about()?))
        })
        .await?;
    Ok(html(&page(shared.settings(), article, &everybody, &marks, &about, &request)))
}

fn page(
    settings: &Settings,
    article: ArticleView,
    everybody: &[Present],
    marks: &Highlights,
    about: &About,
    request: &SearchRequest,
) -> ArticlePage {
    let base = settings.base_path.as_str();
    let title =
        if article.title.trim().is_empty() { "An article without a headline" } else { &article.title };
    let mut frame = Frame::new(settings, about).titled(title).searching(request);
    frame.json = article.id.as_ref().map(|id| format!("{base}/api/v1/articles/{id}"));
    let body = body(&article, marks, base);
    let id = article.id.as_deref().and_then(ArticleId::new);
    let (actors, places) = id.map(|id| present(everybody, &id, base)).unwrap_or_default();
    let links = Links { base, request };
    ArticlePage {
        frame,
        script: Script::of(article.language.as_deref()),
        matches: counted(u64::try_from(body.matches).unwrap_or(u64::MAX), "match")
            .replace("matchs", "matches"),
        body,
        back: (!write(request).is_empty()).then(|| links.here()),
        published: article.published.as_ref().map(Dated::new),
        updated: article.updated.as_ref().map(Dated::new),
        address: web_address(article.url.as_deref()),
        actors,
        places,
        decisions: settings.editable.then(|| format!("{base}/api/v1/decisions")),
        at_home: settings.editable || !settings.beyond_loopback,
        sources: sources(&article),
        corrected: corrected(&article),
        copies: article.copies.iter().map(|copy| CopyView::new(copy, base)).collect(),
        article,
    }
}

#[cfg(test)]
mod tests {
    use std::iter;

    use dateline_index::actor::{ActorKind, Field, Mention};
    use dateline_index::article::Article;
    use dateline_index::authority::Authority;

    use super::*;

    fn rendered(marks: &Highlights) -> String {
        let mut article = Article::empty(ArticleId::new("a").unwrap());
        article.title = "Ferry talks".into();
        article.text = "The ferry of Ostrany left.\n\nNo ferry came.".into();
        let (name, text) = ("Ostrany".to_owned(), "Ostrany".to_owned());
        let rule = || "registry".to_owned();
        let mention = Mention {
            field: Field::Text,
            start: 13,
            end: 20,
            text,
            name,
            kind: ActorKind::State,
            found_by: rule(),
            resolved_by: rule(),
        };
        article.mentions.push(mention);
        let authority = Authority::default();
        let everybody = why::present(&article, &authority);
        let view = ArticleView::new(&article, &[], &authority);
        let request = SearchRequest::words("ferry");
        page(&Settings::default(), view, &everybody, marks, &About::default(), &request).render().unwrap()
    }

    #[test]
    fn matches_are_marked_and_numbered_through_headline_and_text() {
        let marks = Highlights {
            title: iter::once(0..5).collect(),
            // The first goes into the actor's name, the last begins the second paragraph's match.
            text: vec![4..15, 31..36],
            ..Highlights::default()
        };
        let page = rendered(&marks);
        assert!(page.contains("<mark id=\"match-1\" tabindex=\"-1\">Ferry</mark> talks"), "{page}");
        assert!(
            page.contains(
                "<mark id=\"match-2\" tabindex=\"-1\">ferry of </mark><a class=\"m\" id=\"m-text-13\""
            ),
            "{page}"
        );
        assert!(page.contains("<mark class=\"goes-on\">Os</mark>trany</a>"), "{page}");
        assert!(page.contains("No <mark id=\"match-3\" tabindex=\"-1\">ferry</mark> came."), "{page}");
        assert!(page.contains("<a href=\"#match-1\">3 matches</a>"), "{page}");
    }

    #[test]
    fn without_matches_there_is_nothing_to_walk_through() {
        let page = rendered(&Highlights::default());
        assert!(!page.contains("<mark") && !page.contains("class=\"matches\""), "{page}");
    }
}
