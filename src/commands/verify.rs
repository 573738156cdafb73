//! Checks that archive.db and the index are sound and agree. Exits with 1 if they do not.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use dateline_index::backend::embedded::Embedded;

use super::registry;
use crate::cli::ReportArgs;
use crate::ui;

pub(super) fn run(args: &ReportArgs, folder: &Path) -> Result<ExitCode> {
    let archive = Embedded::open(folder, registry())?;
    let verified = archive.verify()?;
    let sound = verified.disagreements.is_empty();
    if args.json {
        ui::json(&verified)?;
    } else if sound {
        ui::answer(&format!(
            "All is well: {} in archive.db, each in the index once, in its current revision.",
            ui::count(verified.articles, "article")
        ))?;
    } else {
        for disagreement in &verified.disagreements {
            ui::answer(&ui::plain(disagreement))?;
        }
    }
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
