//! A transformer that people bring along: the one of `fixtures/neural` knows eight words by heart.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dateline_index::actor::{ActorKind, Field, Mention};
use dateline_index::article::{Article, ArticleId};
use dateline_index::registry::Registry;
use dateline_ingest::actors::neural::Neural;
use dateline_ingest::actors::{Actors, FieldText, Recognizer};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/neural")
}

/// What the model alone finds: what is printed, and the kind.
fn found(text: &str) -> Vec<(String, ActorKind)> {
    let neural = Neural::open(&folder()).unwrap();
    let field = FieldText::new(Field::Text, text, None);
    let mentions = neural.mentions(&field);
    for mention in &mentions {
        assert_eq!(&text[mention.start..mention.end], mention.text);
    }
    mentions.into_iter().map(|mention: Mention| (mention.text, mention.kind)).collect()
}

fn person(name: &str) -> (String, ActorKind) {
    (name.to_owned(), ActorKind::Person)
}

#[test]
fn names_stand_where_they_are_printed_and_a_word_in_pieces_is_one() {
    let place = ("Oslo".to_owned(), ActorKind::Place);
    let council = ("Harbour Council".to_owned(), ActorKind::Organisation);
    assert_eq!(
        found("Élan: Ada Lindstrom saw the Harbour Council in Oslo."),
        [person("Ada Lindstrom"), council, place]
    );
    assert_eq!(found("Vespers at noon."), []);
    assert_eq!(found(" \n "), []);
}

#[test]
fn a_text_longer_than_the_model_takes_is_read_to_its_end() {
    let text = "Ada Lind slept. ".repeat(40) + &"ja ".repeat(90) + "Ada Lind woke.";
    let found = found(&text);
    assert_eq!(found.len(), 41, "{found:?}");
    assert!(found.iter().all(|name| *name == person("Ada Lind")), "{found:?}");
}

#[test]
fn what_the_model_finds_is_resolved_in_the_article_like_any_name() {
    let actors = Actors::new(Arc::new(Registry::builtin())).with(Box::new(Neural::open(&folder()).unwrap()));
    let mut article = Article::empty(ArticleId::new("a").unwrap());
    article.text = "vespers over, Mina Lind left Iran. Nobody followed Lind.".to_owned();
    actors.recognise(&mut article);
    let told: Vec<_> = article
        .mentions
        .iter()
        .map(|mention| (mention.name.as_str(), mention.found_by.as_str(), mention.resolved_by.as_str()))
        .collect();
    assert_eq!(
        told,
        [("Mina Lind", "neural", "alias"), ("Iran", "registry", "alias"), ("Mina Lind", "neural", "surname")]
    );
}

#[test]
fn a_folder_without_a_fitting_model_says_what_is_wrong_with_which_file() {
    let empty = tempfile::tempdir().unwrap();
    let told = |folder: &Path| Neural::open(folder).unwrap_err().to_string();
    assert!(told(empty.path()).contains("config.json"));
    let copy = |name: &str| fs::copy(folder().join(name), empty.path().join(name)).unwrap();
    copy("config.json");
    assert!(told(empty.path()).contains("tokenizer.json"));
    copy("tokenizer.json");
    let missing = told(empty.path());
    assert!(missing.contains("model.onnx") && missing.contains("holds model.onnx"), "{missing}");
    fs::write(empty.path().join("model.onnx"), b"no model").unwrap();
    assert!(told(empty.path()).contains("model.onnx"));
    copy("model.onnx");
    fs::write(empty.path().join("config.json"), r#"{"id2label": {"0": "GOOD", "1": "BAD"}}"#).unwrap();
    assert!(told(empty.path()).contains("id2label"));
    fs::write(empty.path().join("config.json"), r#"{"id2label": {"0": "O", "1": "B-PER"}}"#).unwrap();
    let shape = told(empty.path());
    assert!(shape.contains("token classification"), "{shape}");
}
