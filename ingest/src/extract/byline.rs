//! Who signed an article: what each place of a page says, what readers see of that, and which holds.

use dateline_index::article::{Byline, Doubt, DoubtKind};

use crate::evidence::Evidence;

use super::candidate::{self, Candidate};
use super::page::Page;
use super::text::bare;

mod agency;
mod choice;
mod claim;
mod clean;
mod head;
mod lines;
mod marks;
mod names;
mod seen;
mod signed;

use claim::{Claim, Standing};
use lines::Lines;
pub(super) use names::{looks_like_name, names_in};
pub(super) use signed::signed_line;

/// The authors of a page, and how they were found.
pub(super) struct Authors {
    pub(super) bylines: Vec<Byline>,
    /// The sort of place that named them.
    pub(super) found: Option<&'static str>,
    pub(super) doubts: Vec<Doubt>,
    pub(super) evidence: Evidence,
}

/// Finds the authors of a page. `sites`: the names that the page gives its site.
pub(super) fn of_page(page: &Page, sites: &[String], title: &str) -> Authors {
    let lines = Lines::read(page, title);
    let mut claims = head::claims(page);
    for claim in &mut claims {
        claim.standing = standing(claim, &lines);
    }
    claims.extend(seen::claims(page, &lines));
    claims.extend(marks::claims(page, &lines));
    claims.extend(agency::claims(page, &lines));
    claims.retain(|claim| !claim.names().is_empty());
    // Somebody who publishes a site of his own is no outlet.
    let owners = head::people_who_publish(page);
    let sites: Vec<String> = sites.iter().filter(|site| !owners.contains(site)).cloned().collect();
    claims.iter_mut().for_each(|claim| choice::drop_site(claim, &sites));
    let (chosen, why) = choice::choose(&claims, &sites);
    let names = chosen.map(|place| claims[place].names().to_vec()).unwrap_or_default();
    let candidates: Vec<Candidate<Vec<String>>> =
        claims.iter().map(|claim| claim.candidate.clone()).collect();
    Authors {
        bylines: names.into_iter().map(Byline).collect(),
        found: chosen.map(|place| claims[place].candidate.found.name()),
        doubts: chosen.map(|place| doubts(&claims, place, &sites)).unwrap_or_default(),
        evidence: candidate::evidence("authors", &candidates, chosen, why, |names| names.join("; ")),
    }
}

/// How the names of a claim show to readers: as the least of them does.
fn standing(claim: &Claim, lines: &Lines) -> Standing {
    let standings = claim.names().iter().map(|name| Standing::of(lines.zone_of_name(name)));
    standings.max().unwrap_or(Standing::Unseen)
}

/// What is uncertain about the chosen claim.
fn doubts(claims: &[Claim], chosen: usize, sites: &[String]) -> Vec<Doubt> {
    let doubt = |kind, reason| Doubt { kind, field: "authors".to_owned(), reason };
    let chosen = &claims[chosen];
    let outlet = chosen.names().iter().find(|name| choice::is_outlet(name, sites));
    let outlet = outlet.map(|name| {
        let reason = format!("{name:?} may be the outlet or another organisation, and no author");
        doubt(DoubtKind::AuthorMayBeOutlet, reason)
    });
    let other = claims.iter().find(|claim| disagree(chosen, claim, sites));
    let other = other.map(|claim| {
        let (names, others) = (chosen.names().join("; "), claim.names().join("; "));
        let (place, other_place) = (&chosen.candidate.place, &claim.candidate.place);
        let reason = format!("{place} names {names}, {other_place} names {others}");
        doubt(DoubtKind::AuthorsDisagree, reason)
    });
    outlet.into_iter().chain(other).collect()
}

/// Whether what the head and what readers are told have nobody in common.
fn disagree(one: &Claim, other: &Claim, sites: &[String]) -> bool {
    let told = |claim: &Claim| claim.standing == Standing::Byline && claim.states;
    let sides = choice::is_head(one) && told(other) || told(one) && choice::is_head(other);
    let shares = |name: &String| other.names().iter().any(|other| bare(other) == bare(name));
    sides
        && choice::names_people(one, sites)
        && choice::names_people(other, sites)
        && !one.names().iter().any(shares)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "<p>The ferry left the harbour at six in the morning with four hundred people on board, and nobody \
        on the pier saw that its doors stood open to the sea.</p>";

    fn authors(head: &str, body: &str) -> Authors {
        let page = Page::parse(&format!("<head>{head}</head><body>{body}</body>"));
        of_page(&page, &["Harbour Wire".to_owned(), "harbourwire".to_owned()], "The ferry")
    }

    fn names(head: &str, body: &str) -> Vec<String> {
        authors(head, body).bylines.into_iter().map(|byline| byline.0).collect()
    }

    #[test]
    fn whoever_uploaded_a_page_that_readers_see_unsigned_is_no_author() {
        let unsigned = format!("<h1>The ferry</h1>{TEXT}<footer class=site-footer>© Ina Berg</footer>");
        for head in [
            "<meta name=author content=admin>",
            "<meta name=author content='Ina Berg'>",
            "<meta name=author content='Harbour Wire GmbH, Hamburg'>",
            "<meta name=author content='Harbour Wire'>",
            "<meta name=twitter:label1 content='Written by'><meta name=twitter:data1 content='Ina Berg'>",
            r#"<script type="application/ld+json">{"@type":"WebPage","author":{"@type":"Person","name":"Ina Berg"}}</script>"#,
        ] {
            assert_eq!(names(head, &unsigned), Vec::<String>::new(), "{head}");
        }
        let news = r#"<script type="application/ld+json">{"@type":"NewsArticle","author":{"@type":"Person","name":"Ina Berg"}}</script>"#;
        assert_eq!(names(news, &unsigned), ["Ina Berg"], "what a newsroom says of its article holds");
    }

    #[test]
    fn a_name_in_the_head_holds_if_readers_see_it_beside_the_headline() {
        let head = "<meta name=author content='Berg, Ina'>";
        let seen = format!("<h1>The ferry</h1><div>Ina Berg</div>{TEXT}");
        assert_eq!(names(head, &seen), ["Ina Berg"]);
        let hidden = format!("<h1>The ferry</h1><div style='display: none'>Ina Berg</div>{TEXT}");
        assert_eq!(names(head, &hidden), Vec::<String>::new());
    }

    #[test]
    fn what_readers_see_beats_the_head_and_leaves_a_doubt() {
        let head = "<meta name=author content='Ina Berg'>";
        let found = authors(head, &format!("<h1>The ferry</h1><p>By Tomas Arce and Ruth Adeyemi</p>{TEXT}"));
        let names: Vec<&str> = found.bylines.iter().map(|byline| byline.0.as_str()).collect();
        assert_eq!(names, ["Tomas Arce", "Ruth Adeyemi"]);
        assert_eq!(found.found, Some("byline"));
        assert_eq!(found.doubts.len(), 1);
        assert_eq!(found.doubts[0].kind, DoubtKind::AuthorsDisagree);
        assert!(found.doubts[0].reason.contains("Ina Berg"), "{:?}", found.doubts);
        assert!(
            found
                .evidence
                .candidates
                .iter()
                .any(|offer| offer.chosen && offer.value == "Tomas Arce; Ruth Adeyemi")
        );
    }

    #[test]
    fn the_outlet_is_an_author_only_where_it_signs_and_then_with_a_doubt() {
        let found = authors("", &format!("<h1>The ferry</h1><p>By Harbour Wire</p>{TEXT}"));
        assert_eq!(found.bylines, [Byline("Harbour Wire".to_owned())]);
        assert_eq!(found.doubts[0].kind, DoubtKind::AuthorMayBeOutlet);
        let agency = authors("", &format!("<h1>The ferry</h1><p>By Reuters</p>{TEXT}"));
        assert_eq!(agency.bylines, [Byline("Reuters".to_owned())]);
        assert_eq!(agency.doubts, []);
    }

    #[test]
    fn desks_sign_only_where_readers_see_it() {
        let desk = format!("<h1>Die Fähre</h1><div class=author>Redaktion</div>{TEXT}");
        let page = Page::parse(&desk);
        assert_eq!(of_page(&page, &[], "Die Fähre").bylines, [Byline("Redaktion".to_owned())]);
        let unseen = format!("<h1>The ferry</h1>{TEXT}");
        assert_eq!(names("<meta name=author content=Redaktion>", &unseen), Vec::<String>::new());
    }

    #[test]
    fn authors_of_comments_and_of_other_stories_did_not_write_this_one() {
        let others = "<div class=comments><span itemprop=author>old_salt</span></div>\
            <div><h3>Why the lighthouse keeper went home</h3><span class=author>Ruth Adeyemi</span></div>\
            <div><h3>What the pilots of the port want now</h3><span class=author>Tomas Arce</span></div>";
        assert_eq!(names("", &format!("<h1>The ferry</h1>{TEXT}{others}")), Vec::<String>::new());
        let own = format!("<h1>The ferry</h1><span class=author>Ina Berg</span>{TEXT}{others}");
        assert_eq!(names("", &own), ["Ina Berg"]);
    }

    #[test]
    fn a_text_may_be_signed_at_its_end() {
        for signature in [
            "<p><strong>Ina Berg</strong></p><p>Share</p>",
            "<p>Text: Ina Berg</p>",
            "<p>Autorin: Ina Berg, Redakteurin der Küstenpost</p>",
            "<p>Автор:</p><p>Ina Berg</p>",
            "<div class=author><a rel=author href=/a/1>Ina Berg</a><p>She has sailed all her life.</p></div>",
        ] {
            assert_eq!(
                names("", &format!("<h1>The ferry</h1>{TEXT}{signature}")),
                ["Ina Berg"],
                "{signature}"
            );
        }
        let named = "<p><strong>Ina Berg</strong></p><p>Berg was the captain.</p>";
        assert_eq!(names("", &format!("<h1>The ferry</h1>{TEXT}{named}")), Vec::<String>::new());
    }

    #[test]
    fn an_agency_in_the_data_stands_beside_the_people() {
        let head = r#"<script type="application/ld+json">{"@type":"NewsArticle","author":[
            {"@type":"Person","name":"Ina Berg"},{"@type":"Organization","name":"dpa"}]}</script>"#;
        assert_eq!(names(head, &format!("<h1>The ferry</h1>{TEXT}")), ["Ina Berg", "dpa"]);
    }

    #[test]
    fn a_byline_in_the_head_is_one() {
        let head = "<meta name=author content='Von Ina Berg, Redaktion'>";
        assert_eq!(names(head, &format!("<h1>The ferry</h1>{TEXT}")), ["Ina Berg"]);
    }
}
