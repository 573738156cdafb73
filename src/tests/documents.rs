//! Documents that cannot lie: every command is in the README, every top-level name in ARCHITECTURE.

use std::path::Path;

use crate::support::done;

fn read(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

#[test]
fn the_readme_names_every_command_and_opens_with_the_two_that_matter() {
    let readme = read("README.md");
    let help = done(["--help"]).out;
    let commands =
        help.split("Commands:").nth(1).unwrap().lines().skip(1).take_while(|line| !line.trim().is_empty());
    let names: Vec<_> =
        commands.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").collect();
    assert!(names.len() >= 8, "{names:?}");
    for name in names {
        assert!(readme.contains(&format!("dateline {name}")), "{name}");
    }
    let first: Vec<_> = readme.lines().take(40).collect();
    assert!(first.iter().any(|line| line.trim() == "cargo run --release -- demo"));
    assert!(first.iter().any(|line| line.trim() == ".ci/test"));
}

#[test]
fn the_map_of_the_house_names_every_room() {
    let architecture = read("ARCHITECTURE.md");
    for room in ["index/src", "ingest/src", "web/src", "src"] {
        let files = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(room)).unwrap();
        for file in files {
            let name = file.unwrap().file_name().to_string_lossy().into_owned();
            let stem = name.trim_end_matches(".rs");
            let known =
                ["lib", "main", "tests"].contains(&stem) || architecture.contains(&format!("`{stem}"));
            assert!(known, "{room}/{name} is not in ARCHITECTURE.md");
        }
    }
}
