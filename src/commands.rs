//! One command a file. Each receives plain values, asks the archive, and prints through `ui`.

mod actors;
mod demo;
mod doubts;
mod edit;
mod edits;
mod extract;
mod files;
mod ingest;
mod inspect;
mod recognise;
mod reindex;
mod search;
mod serve;
mod signals;
mod spellings;
mod status;
mod verify;
mod work;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Result;
use dateline_index::archive::Archive;
use dateline_index::backend::embedded::Embedded;
use dateline_index::registry::Registry;
use dateline_index::search::Facet;

use crate::cli::{ActorsArgs, ActorsCommand, Cli, Command};
use crate::{config, ui};

/// Runs the command that was asked for.
pub(crate) fn run(cli: Cli) -> Result<ExitCode> {
    recognise::prepare(&cli)?;
    let folder = || config::archive_folder(cli.archive.clone());
    match cli.command {
        Command::Ingest(args) => ingest::run(&args, folder),
        Command::Extract(args) => extract::run(&args),
        Command::Inspect(args) => inspect::run(&args),
        Command::Search(args) => search::run(&args, &folder()?),
        Command::Edit(args) => edit::run(&args, &folder()?),
        Command::Edits(args) => edits::run(&args, &folder()?),
        Command::Actors(ActorsArgs { command: ActorsCommand::Evaluate(args), json, .. }) => {
            actors::evaluate::run(&args, json)
        }
        Command::Actors(args) => actors::run(&args, &folder()?),
        Command::Authors(args) => spellings::run(Facet::Author, &args, &folder()?),
        Command::Sources(args) => spellings::run(Facet::Source, &args, &folder()?),
        Command::Serve(args) => serve::run(&args, &folder()?),
        Command::Reindex(args) => reindex::run(&args, &folder()?),
        Command::Verify(args) => verify::run(&args, &folder()?),
        Command::Files(args) => files::run(&args, &folder()?),
        Command::Doubts(args) => doubts::run(&args, &folder()?),
        Command::Status(args) => status::run(&args, &folder()?),
        Command::Demo(args) => demo::run(&args),
    }
}

/// The list of actors that the program brings along.
fn registry() -> Arc<Registry> {
    Arc::new(Registry::builtin())
}

/// Opens an archive to read. Its first answer brings it up to date.
fn open(folder: &Path) -> Result<Embedded> {
    Ok(Embedded::open(folder, registry())?)
}

/// The same, to be asked like any other archive.
fn open_archive(folder: &Path) -> Result<Archive> {
    Ok(asked(open(folder)?))
}

/// An archive that finds the names which people add.
fn asked(archive: Embedded) -> Archive {
    Archive::new(Arc::new(archive)).with_recognisers(Arc::new(|registry| {
        let actors = recognise::recognisers(registry);
        Box::new(move |article| actors.recognise(article))
    }))
}

/// Opens an archive to write, making it where there is none.
fn create(folder: &Path) -> Result<Embedded> {
    let (archive, told) = Embedded::create(folder, registry())?;
    if let Some(told) = told {
        ui::tell(&told);
    }
    Ok(archive)
}
