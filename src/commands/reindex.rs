//! Builds a fresh index beside the live one, then swaps it in.

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;
use dateline_index::backend::Error;
use serde_json::json;

use super::create;
use crate::cli::ReportArgs;
use crate::ui;

pub(super) fn run(args: &ReportArgs, folder: &Path) -> Result<ExitCode> {
    // An older archive is brought up to date here; where there is none, none is made.
    if !folder.join("archive.db").exists() && !folder.is_file() {
        return Err(Error::Missing(folder.to_owned()).into());
    }
    let archive = create(folder)?;
    let started = Instant::now();
    let articles = archive.reindex()?;
    let seconds = started.elapsed().as_secs_f64();
    if args.json {
        ui::json(&json!({"articles": articles, "seconds": seconds}))?;
    } else {
        ui::answer(&format!(
            "{} indexed anew in {seconds:.1} s; searches use the new index now.",
            ui::count(articles, "article")
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}
