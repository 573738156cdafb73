//! The tagger as ingest uses it, on texts that no list knows.

use dateline_index::actor::{ActorKind, Field};
use proptest::strategy::Strategy as _;

use super::*;

fn found_in(text: &str, language: Option<Language>) -> Vec<(String, ActorKind)> {
    let field = FieldText::new(Field::Text, text, language);
    Tagger::default().mentions(&field).into_iter().map(|mention| (mention.text, mention.kind)).collect()
}

fn found(text: &str) -> Vec<(String, ActorKind)> {
    found_in(text, Some(Language::ENGLISH))
}

fn people(text: &str) -> Vec<String> {
    let people = found(text).into_iter().filter(|(_, kind)| *kind == ActorKind::Person);
    people.map(|(text, _)| text).collect()
}

#[test]
fn the_built_in_weights_can_be_read() {
    assert!(BUILTIN.is_some());
}

#[test]
fn people_organisations_and_places_are_found_that_no_list_knows() {
    let text = "In Kargopol, Margaret Oduya of the Lakeside Fishermen's Association told reporters that \
                Pavel Drobny, a teacher, had left for Mombasa.";
    let found = found(text);
    for (name, kind) in [
        ("Margaret Oduya", ActorKind::Person),
        ("Pavel Drobny", ActorKind::Person),
        ("Mombasa", ActorKind::Place),
    ] {
        assert!(found.contains(&(name.to_owned(), kind)), "{name}: {found:?}");
    }
    assert!(
        found.iter().any(|(name, kind)| name.contains("Association") && *kind == ActorKind::Organisation)
    );
}

#[test]
fn titles_and_roles_come_off_and_given_names_stay() {
    let text = "Foreign Minister Margaret Oduya met General Pavel Drobny, and Seyyed Hassan Rostami said that \
                Dr. Elena Petrova’s plan was sound.";
    assert_eq!(people(text), ["Margaret Oduya", "Pavel Drobny", "Seyyed Hassan Rostami", "Elena Petrova"]);
}

#[test]
fn a_hyphened_name_is_found_whole_and_a_line_break_does_not_split_one() {
    assert_eq!(people("Reporters asked Foreign Minister Chow Shu-kai about it."), ["Chow Shu-kai"]);
    assert_eq!(people("Analysts say that President Margaret\nOduya will resign."), ["Margaret\nOduya"]);
}

#[test]
fn days_months_and_pronouns_are_nobody() {
    for text in ["On Monday, January 5, I said that He was late.", "It rained in MARCH. She left on Friday."]
    {
        assert_eq!(found(text), Vec::new(), "{text}");
    }
}

#[test]
fn other_languages_give_nothing() {
    assert_eq!(
        found_in("Der Minister Peter Nowak traf Anna Lind in Bern.", Language::from_code("de")),
        Vec::new()
    );
}

#[test]
fn bytes_that_are_no_weights_are_refused() {
    assert!(Model::read(b"").is_none());
    for length in [3, WEIGHTS.len() / 2, WEIGHTS.len() - 1] {
        assert!(Model::read(&WEIGHTS[..length]).is_none(), "{length} bytes");
    }
}

#[test]
fn of_words_that_fold_alike_the_first_keeps_the_class_of_its_vector() {
    let mut lexicon = Lexicon::default();
    for (word, classes) in [("abe", (7, 2)), ("abé", (9, 3))] {
        lexicon.insert_vector(key(Hashed::new(word).word), classes);
    }
    assert_eq!(lexicon.vector_classes(Hashed::new("Abé").word), (7, 2));
}

#[test]
fn weights_are_read_as_they_were_written() {
    let (mut lexicon, mut steps) = (Lexicon::default(), [[0; LABELS]; LABELS + 1]);
    lexicon.insert(7, (300, 2));
    lexicon.insert_vector(9, (1000, 100));
    lexicon.insert_name(&[5 << 32, 6 << 32], known::TOWN);
    steps[LABELS][1] = -300;
    let features: Vec<_> =
        (1..400u32).map(|key| (key * 10_000_019, [0, 1, -1, 0, 0, 0, 127, 0, -127])).collect();
    let model = Model::read(&Model::bytes(&lexicon, &steps, &features)).expect("a model");
    assert_eq!(model.steps, steps);
    assert_eq!(model.lexicon.sorted(), lexicon.sorted());
    assert_eq!(model.lexicon.sorted_names(), lexicon.sorted_names());
    assert_eq!(model.lexicon.sorted_vectors(), lexicon.sorted_vectors());
    for key in [10_000_019, 399 * 10_000_019] {
        let mut scores = [1; 12];
        model.add(key, &mut scores);
        assert_eq!(scores, [1, 2, 0, 1, 1, 1, 128, 1, -126, 1, 1, 1]);
    }
    let mut scores = [0; 12];
    model.add(10_000_020, &mut scores);
    assert_eq!(scores, [0; 12], "a feature that is not there has no weight");
}

proptest::proptest! {
    #[test]
    fn any_text_gives_spans_in_order_on_characters_and_the_same_ones_again(
        parts in proptest::collection::vec(
            proptest::prop_oneof![
                proptest::sample::select(vec![
                    "Ada ", "Lind", "President ", "U.S.", "J.", "’s ", "'", "-", "al-", "“", "”", "\n", "\n\n", ". ", "(",
                    ")", "Ltd.", "Bern, ", "É", "İ", "ß", "m\u{301}", "1,000.", "5.5", "$", "said ", "THE ", "of ", "&",
                ]).prop_map(str::to_owned),
                ".{0,6}",
            ],
            0..40,
        ),
    ) {
        let text = parts.concat();
        let field = FieldText::new(Field::Text, &text, None);
        let mut before = 0;
        for token in tokens(&field) {
            proptest::prop_assert!(before <= token.start && token.start < token.end);
            proptest::prop_assert!(text.get(token.start..token.end).is_some());
            before = token.end;
        }
        let tagger = Tagger::default();
        let mentions = tagger.mentions(&field);
        let mut before = 0;
        for mention in &mentions {
            proptest::prop_assert!(before <= mention.start && mention.start < mention.end);
            proptest::prop_assert_eq!(text.get(mention.start..mention.end), Some(mention.text.as_str()));
            before = mention.end;
        }
        proptest::prop_assert_eq!(mentions, tagger.mentions(&field));
    }
}
