//! Flags and environment become one validated configuration; nothing reads the environment but this.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use dateline_index::edit;
use dateline_index::language::Language;
use dateline_index::wishes::LABELS;
use etcetera::{AppStrategy, AppStrategyArgs, choose_app_strategy};

/// Wrong usage: told like clap's own errors, with exit code 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Usage(pub(crate) String);

/// The archive's folder: the flag, else `DATELINE_ARCHIVE` (clap reads both), else the platform's
/// data directory.
pub(crate) fn archive_folder(given: Option<PathBuf>) -> Result<PathBuf> {
    if let Some(folder) = given.filter(|folder| !folder.as_os_str().is_empty()) {
        return Ok(folder);
    }
    let names = AppStrategyArgs {
        top_level_domain: String::new(),
        author: String::new(),
        app_name: "dateline".into(),
    };
    let strategy = choose_app_strategy(names)
        .context("there is no home directory to keep an archive in; name a folder with --archive DIR")?;
    Ok(strategy.data_dir())
}

/// The labels of `--set field=value`; `None` for one that is taken off.
pub(crate) fn labels(set: &[String]) -> Result<BTreeMap<String, Option<String>>> {
    let mut labels = BTreeMap::new();
    for text in set {
        let (field, value) = text.split_once('=').ok_or_else(|| {
            Usage(format!("--set {text:?} is not FIELD=VALUE, such as source=\"Harbour Wire\""))
        })?;
        let value = match (field, value.trim()) {
            (_, "") => None,
            ("language", code) => Some(language(code)?),
            (_, value) => Some(value.to_owned()),
        };
        if !LABELS.contains(&field) {
            let known = LABELS.join(", ");
            return Err(Usage(format!("--set knows no field {field:?}; it knows {known}")).into());
        }
        labels.insert(field.to_owned(), value);
    }
    Ok(labels)
}

fn language(code: &str) -> Result<String> {
    let language = Language::from_code(code)
        .ok_or_else(|| Usage(format!("--set language={code}: {code:?} is not a language code such as en")))?;
    Ok(language.code().to_owned())
}

/// Who makes an edit: the name that was given, else the login name.
pub(crate) fn editor(given: Option<&str>) -> Result<String> {
    if let Some(given) = given {
        return Ok(edit::check_who(given).map_err(|refused| Usage(format!("--as: {refused}")))?);
    }
    let login = ["USER", "LOGNAME", "USERNAME"].into_iter().find_map(|name| std::env::var(name).ok());
    Ok(login.and_then(|login| edit::check_who(&login).ok()).unwrap_or_else(|| "somebody".to_owned()))
}

/// The path under which a server's addresses lie: empty, or `/news`.
pub(crate) fn base_path(given: &str) -> Result<String> {
    let path = given.trim_end_matches('/');
    let shaped = path.is_empty()
        || (path.starts_with('/') && path.chars().all(|c| c.is_ascii_alphanumeric() || "/-_.~".contains(c)));
    if !shaped || path.contains("//") {
        return Err(Usage(format!("--base-path {given:?} is not a path such as /news")).into());
    }
    Ok(path.to_owned())
}

/// A path as people read it.
pub(crate) fn shown(path: &Path) -> String {
    path.display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_path_is_cleaned_or_refused() {
        for (given, path) in [("", ""), ("/", ""), ("/news", "/news"), ("/news/", "/news"), ("/a/b", "/a/b")]
        {
            assert_eq!(base_path(given).ok().as_deref(), Some(path), "{given}");
        }
        for bad in ["news", "/a b", "//news", "/a//b", "/a?b", "/%20"] {
            assert!(base_path(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_label_that_nobody_knows_is_refused_with_the_ones_that_are() {
        let refused = labels(&["author=X".into()]).unwrap_err().to_string();
        assert!(refused.contains("collection"), "{refused}");
        assert!(labels(&["source".into()]).is_err() && labels(&["language=klingon".into()]).is_err());
        let set = labels(&["source=A = B".into()]).unwrap();
        assert_eq!(set["source"].as_deref(), Some("A = B"));
        assert_eq!(labels(&["source=".into()]).unwrap()["source"], None, "it is taken off");
    }
}
