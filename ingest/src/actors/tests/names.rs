//! Which name is whose within one article, as a reader would have it.

use super::*;

/// What is printed of an actor, in order.
fn printed(text: &str) -> Vec<String> {
    mentions(text).into_iter().map(|mention| mention.text).collect()
}

/// The names of the people of a text, each once.
fn people(text: &str) -> BTreeSet<String> {
    let found = mentions(text).into_iter().filter(|mention| mention.kind == ActorKind::Person);
    found.map(|mention| mention.name).collect()
}

#[test]
fn a_name_of_one_word_is_found_wherever_it_stands() {
    assert_eq!(
        actors("IRGC officers met the Taliban in Iran. Taliban and IRGC agreed."),
        set(&["iran", "islamic-revolutionary-guard-corps", "taliban"])
    );
}

#[test]
fn small_words_in_capitals_are_no_states_and_no_bodies() {
    for headline in [
        "WHO IS TO BLAME FOR THE FLOOD?",
        "IS THIS THE END?",
        "LET US TALK ABOUT IT",
        "HE TOLD US ALL",
        "TARGET OF THE WEEK",
    ] {
        let found = recognised(article(headline, "It rained.")).mentions;
        assert_eq!(found, Vec::new(), "{headline}");
    }
    let found = recognised(article("US WARNS IRAN", "They met.")).mentions;
    let names: Vec<_> = found.iter().map(|mention| mention.name.as_str()).collect();
    assert_eq!(names, ["US", "Iran"]);
    assert_eq!(actors("Let them tell us who is right. It is a male bird."), set(&[]));
}

#[test]
fn pronouns_are_nobody() {
    let text = "He met Ada Lind in Bern. She told Him that They and It would wait.";
    assert_eq!(people(text), ["Ada Lind".to_owned()].into());
    assert!(!printed(text).iter().any(|name| matches!(name.as_str(), "He" | "She" | "Him" | "They" | "It")));
}

#[test]
fn honorifics_and_possessives_fall_away() {
    let text =
        "Dr. Margaret Oduya's plan was read out. Prof Margaret Oduya agreed, and Mrs Oduya’s aides too.";
    assert_eq!(people(text), ["Margaret Oduya".to_owned()].into());
    assert_eq!(actors("Iran's envoy; Iranian officials; the Islamic Republic of Iran."), set(&["iran"]));
}

#[test]
fn lines_broken_at_72_columns_do_not_split_names() {
    let text = "Officials said on Monday that the Islamic Revolutionary Guard\nCorps had told reporters that Foreign \
                Minister Margaret\nOduya would meet President  Vladimir\nPutin in the United\nStates.";
    let names: BTreeSet<_> = mentions(text).into_iter().map(|mention| mention.name).collect();
    for name in ["Islamic Revolutionary Guard Corps", "Margaret Oduya", "Vladimir Putin", "United States"] {
        assert!(names.contains(name), "{name}: {names:?}");
    }
}

#[test]
fn a_surname_before_a_hyphened_given_name_is_the_persons() {
    let text = "Lo Chung-mau opened the ward. Reporters asked whether Lo had known of it.";
    assert_eq!(people(text), ["Lo Chung-mau".to_owned()].into());
    let text = "Kevin So Kam-wai was not at home. A neighbour said he had seen So on Friday. So they left.";
    let sure: Vec<_> = rules(text).into_iter().filter(|(text, ..)| text == "So").collect();
    assert_eq!(sure, [rule("So", "Kevin So Kam-wai", "surname")]);
}

#[test]
fn a_shared_surname_is_the_only_person_named_so_far() {
    let text = "Ada Nowak opened the fair. Nowak thanked the town. Her brother Pavel Nowak came late.";
    assert!(rules(text).contains(&rule("Nowak", "Ada Nowak", "surname")), "{:?}", rules(text));
}

#[test]
fn an_acronym_of_a_thing_is_nobody_in_that_article() {
    let text = "The Road Safety Act (RSA) is old. Lawyers said the RSA would not help.";
    assert!(!printed(text).contains(&"RSA".to_owned()));
    let text = "The air quality index (AQI) rose. Doctors said that AQI levels were high.";
    assert!(!printed(text).contains(&"AQI".to_owned()));
    assert_eq!(actors("Al-Qaeda in Iraq (AQI) struck. AQI men fled."), set(&["al-qaeda-in-iraq"]));
}

#[test]
fn a_common_name_is_the_body_of_the_country_that_the_article_is_about() {
    let text = "Voters in Peru are angry. Peru has waited for years. Analysts said that Congress had refused to act.";
    assert_eq!(actors(text), set(&["congress-of-peru", "peru"]));
    let text = "In the United States, senators asked Congress for money. Americans watched.";
    assert!(actors(text).contains("united-states-congress"));
}

#[test]
fn laws_awards_and_wars_are_no_actors() {
    for text in [
        "They argued about the Lakeside Fisheries Protection Act.",
        "She won the International Bakers Prize last year.",
        "He wrote about the Battle of Lindheim.",
    ] {
        assert_eq!(printed(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn ministries_and_chambers_are_found_whole_and_two_bodies_stay_two() {
    let text = "She works for the Lakeside Chamber of Commerce and Industry in Bern.";
    assert!(
        printed(text).contains(&"Lakeside Chamber of Commerce and Industry".to_owned()),
        "{:?}",
        printed(text)
    );
    let text = "Envoys of the World Bank and NATO met.";
    assert_eq!(printed(text), ["World Bank", "NATO"]);
}

#[test]
fn a_dateline_is_a_place_and_not_part_of_the_first_name() {
    let text = "NAIROBI-The Lakeside Council met on Monday, officials said.";
    assert_eq!(printed(text).first().map(String::as_str), Some("NAIROBI"));
}

#[test]
fn a_company_is_not_the_town_that_it_is_named_after() {
    let found = mentions("Nokia said profits rose. Nokia Corp shares fell in Helsinki.");
    let kinds: BTreeSet<_> = found.iter().filter(|m| m.text.starts_with("Nokia")).map(|m| m.kind).collect();
    assert_eq!(kinds, [ActorKind::Organisation].into());
}

#[test]
fn a_number_behind_a_name_tells_another_bearer() {
    assert!(!actors("Martin Luther King III marched.").contains("martin-luther-king"));
    assert!(actors("Martin Luther King marched.").contains("martin-luther-king"));
}
