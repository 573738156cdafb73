//! What the codes of a gold stand for, as `data/lists/actor-codes.txt` says.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Group;

static CODES: LazyLock<HashMap<(Group, &str), Vec<&str>>> =
    LazyLock::new(|| codes(include_str!("../../../data/lists/actor-codes.txt")));

/// The names of a code. A code that is not in the list is a name with hyphens for spaces.
pub(super) fn names(group: Group, code: &str) -> Vec<String> {
    let itself = code.replace('-', " ");
    let listed = CODES.get(&(group, code)).map(Vec::as_slice).unwrap_or_default();
    listed.iter().map(|name| (*name).to_owned()).chain([itself]).collect()
}

fn codes(file: &'static str) -> HashMap<(Group, &'static str), Vec<&'static str>> {
    let mut codes = HashMap::new();
    let mut group = None;
    for line in file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(key) = line.strip_prefix('[') {
            group = Group::from_key(key.trim_end_matches(']'));
        } else if let (Some(group), Some((code, names))) = (group, line.split_once('|')) {
            codes.insert((group, code.trim()), names.split(';').map(str::trim).collect());
        }
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_stands_for_the_names_of_its_group_alone() {
        assert!(names(Group::Organisations, "ec").contains(&"European Community".to_owned()));
        assert_eq!(names(Group::Places, "ec"), ["ec"]);
        assert_eq!(names(Group::Places, "nowhere-at-all"), ["nowhere at all"]);
    }
}
