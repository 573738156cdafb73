//! Pages that ask for something before they show their text: consent, a login, money, proof that
//! nobody is a robot.

use super::super::lists::CONSENT_PHRASES;
use super::super::page::{raw_text, selector};
use super::super::text::{fold, squeeze};
use super::short::is_paid_for;
use super::{FEW, FEWEST, Seen};

/// What a page asks for in place of its text.
pub(super) fn wall(seen: &Seen<'_>) -> Option<String> {
    if seen.is_signed() {
        return None;
    }
    login(seen).or_else(|| consent(seen)).or_else(|| paywall(seen))
}

fn login(seen: &Seen<'_>) -> Option<String> {
    let most = if seen.has_own_node { FEWEST } else { FEW };
    let asks = seen.case.page.html.select(selector!("input[type='password' i]")).next().is_some();
    (asks && seen.words < most).then(|| match seen.words {
        0..FEWEST => "a page to log in on, no text of its own".to_owned(),
        words => format!("a page to log in on with {words} words of text"),
    })
}

/// Consent is asked for in a few phrases, two of which stand together nowhere else.
fn consent(seen: &Seen<'_>) -> Option<String> {
    const LONGEST: usize = 400;
    if seen.words >= LONGEST {
        return None;
    }
    let found = |text: &str| {
        let text = fold(text);
        CONSENT_PHRASES.iter().filter(|phrase| text.contains(**phrase)).count()
    };
    let in_text = found(seen.case.text);
    let all = || {
        let body = seen.case.page.html.select(selector!("body")).next();
        body.map_or(0, |body| found(&squeeze(&raw_text(body))))
    };
    let asks = match seen.words {
        0..FEWEST => in_text >= 1 || !seen.has_own_node && seen.signs.words < LONGEST && all() >= 1,
        FEWEST..FEW => in_text >= 1,
        _ => in_text >= 2 && !seen.has_own_node,
    };
    asks.then(|| format!("a request for consent, and {} words of text", seen.words))
}

fn paywall(seen: &Seen<'_>) -> Option<String> {
    (is_paid_for(seen.case.page) && seen.words < FEWEST)
        .then(|| format!("an article behind a paywall: {} words can be read", seen.words))
}
