//! Who signed an article: what the page offers, cleaned to names, and which of it holds.

use dateline_index::article::Byline;

use crate::evidence::Evidence;

use super::candidate::{self, Candidate};
use super::page::Page;

mod choice;
mod claim;
mod clean;
mod head;
mod lines;
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
    claims.retain(|claim| !claim.names().is_empty());
    let people = head::people_who_publish(page);
    let sites: Vec<String> = sites.iter().filter(|site| !people.contains(site)).cloned().collect();
    let (chosen, why) = choice::choose(&claims, &sites);
    let names = chosen.map(|place| claims[place].names().to_vec()).unwrap_or_default();
    let candidates: Vec<Candidate<Vec<String>>> = claims
        .iter()
        .map(|claim| {
            let mut c = claim.candidate.clone();
            c.place = format!("{} {:?}", c.place, claim.standing).into();
            c
        })
        .collect();
    Authors {
        bylines: names.into_iter().map(Byline).collect(),
        found: chosen.map(|place| claims[place].candidate.found.name()),
        evidence: candidate::evidence("authors", &candidates, chosen, why, |names| names.join("; ")),
    }
}

/// How the names of a claim show to readers: as the least of them does.
fn standing(claim: &Claim, lines: &Lines) -> Standing {
    let standings = claim.names().iter().map(|name| Standing::of(lines.zone_of_name(name)));
    standings.max().unwrap_or(Standing::Unseen)
}
#[cfg(test)]
mod tests_debug {
    use super::*;
    #[test]
    fn dbg() {
        let f = std::env::var("DBG").unwrap();
        let s = std::fs::read(format!("/work/pages/pages/{f}")).unwrap();
        let page = Page::parse(&String::from_utf8_lossy(&s));
        let sites = crate::extract::outlet::site_names(&page, None);
        let titles = crate::extract::headline::candidates(&page, &sites);
        let title = titles[crate::extract::headline::choose(&titles).unwrap()].value.clone();
        let lines = Lines::read(&page, &title);
        println!("TITLE {title}");
        for n in ["marc", "uriebe", "Matthias"] { println!("9999 {n} {:?}", names_in(n, true)); }
        for c in seen::claims(&page, &lines) { println!("9998 {c:?}"); }
        for e in page.select(crate::extract::page::selector!("[rel~='author'], [itemprop~='author'], [class*='author-name']")) { println!("9997 {:?} {:?}", e.html(), lines.zone_of(e)); }
        for (n, l) in lines.all.iter().enumerate() { println!("{n} {:?} {} {}", l.zone, l.parts.chars().take(160).collect::<String>(), if l.apart {"APART"} else {""}); }
    }
}
