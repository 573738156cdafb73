//! Repairs JSON that people wrote by hand: JSON-LD comes with remarks, single quotes, line feeds and
//! bare quotes inside strings, missing values, commas before a bracket, or it breaks off.

/// The script as JSON, as far as that can be guessed. What was JSON before means the same afterwards.
pub(super) fn repair(script: &str) -> String {
    let mut repaired = Repaired { json: String::with_capacity(script.len() + 8), open: Vec::new() };
    let characters: Vec<char> = script.chars().collect();
    let mut place = 0;
    while place < characters.len() {
        let rest = &characters[place..];
        place += match rest {
            ['/', '/', ..] => rest.iter().position(|c| *c == '\n').unwrap_or(rest.len()),
            ['/', '*', ..] => {
                rest.windows(2).position(|two| two == ['*', '/']).map_or(rest.len(), |at| at + 2)
            }
            [quote @ ('"' | '\''), ..] => repaired.string(&rest[1..], *quote) + 1,
            [other, ..] => {
                repaired.character(*other);
                1
            }
            [] => 1,
        };
    }
    repaired.finish()
}

struct Repaired {
    json: String,
    /// The brackets that are still to be closed.
    open: Vec<char>,
}

impl Repaired {
    /// Copies a string whose opening quote was read; gives how many characters it took.
    fn string(&mut self, rest: &[char], quote: char) -> usize {
        self.json.push('"');
        let mut place = 0;
        while let Some(&character) = rest.get(place) {
            place += 1;
            match character {
                '\\' => {
                    let escaped = rest.get(place).copied().unwrap_or(' ');
                    place += 1;
                    match escaped {
                        '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' => self.json.extend(['\\', escaped]),
                        'u' if rest[place..].iter().take_while(|c| c.is_ascii_hexdigit()).count() >= 4 => {
                            self.json.push_str("\\u");
                        }
                        other => self.json.push(other),
                    }
                }
                c if c == quote && closes(&rest[place..]) => break,
                '"' => self.json.push_str("\\\""),
                c if c.is_control() => self.json.push(' '),
                other => self.json.push(other),
            }
        }
        self.json.push('"');
        place
    }

    /// Copies a character between strings.
    fn character(&mut self, character: char) {
        match character {
            '{' => self.open.push('}'),
            '[' => self.open.push(']'),
            '}' | ']' => {
                self.drop_comma();
                self.fill_value();
                self.open.pop();
            }
            ',' => self.fill_value(),
            _ => {}
        }
        self.json.push(if character.is_control() { ' ' } else { character });
    }

    fn drop_comma(&mut self) {
        let length = self.json.trim_end().len();
        if self.json[..length].ends_with(',') {
            self.json.truncate(length - 1);
        }
    }

    /// "name": , → "name": null,
    fn fill_value(&mut self) {
        if self.json.trim_end().ends_with(':') {
            self.json.push_str("null");
        }
    }

    fn finish(mut self) -> String {
        self.drop_comma();
        self.fill_value();
        while let Some(bracket) = self.open.pop() {
            self.json.push(bracket);
        }
        self.json
    }
}

/// Whether a quote closes its string: what follows goes on as JSON does after a string.
fn closes(rest: &[char]) -> bool {
    let mut following = rest.iter().filter(|c| !c.is_whitespace());
    match following.next() {
        None | Some('}' | ']' | ':') => true,
        // A comma in a sentence is followed by a word, one in JSON by a name or a value.
        Some(',') => following.next().is_none_or(|c| {
            matches!(c, '"' | '\'' | '{' | '[' | ']' | '}' | '/' | '-' | 't' | 'f' | 'n')
                || c.is_ascii_digit()
        }),
        Some(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn value(script: &str) -> Option<Value> {
        serde_json::from_str(&repair(script)).ok()
    }

    #[test]
    fn what_people_write_by_hand_becomes_json() {
        assert_eq!(value("{\"a\": \"one\ntwo\",}"), Some(json!({ "a": "one two" })));
        assert_eq!(value("{'a': 'it\\'s \"so\"'}"), Some(json!({ "a": "it's \"so\"" })));
        assert_eq!(
            value(r#"{"a": "called "unfit"", "b": 1}"#),
            Some(json!({ "a": "called \"unfit\"", "b": 1 }))
        );
        assert_eq!(
            value("{\n // \"old\": 1,\n \"a\": , /* b */ \"c\": []}"),
            Some(json!({ "a": null, "c": [] }))
        );
        assert_eq!(value(r#"{"a": [{"b": "it breaks o"#), Some(json!({ "a": [{ "b": "it breaks o" }] })));
    }

    #[test]
    fn json_stays_as_it_is() {
        let sound = r#"{"a": "x: \"y\", z \\ \u00e4 // no remark", "b": [true, null, -1.5e3, {}], "c": "http://d.example/"}"#;
        assert_eq!(value(sound), serde_json::from_str(sound).ok());
    }
}
