//! The flags and all help text. Nothing happens here.

mod actors;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use dateline_index::record::Bin;

pub(crate) use actors::{ActorsArgs, ActorsCommand, EvaluateArgs, SpellingsArgs, SpellingsCommand};

/// Full-text search over a folder of saved news, faceted by who the news is about.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, propagate_version = true, max_term_width = 100)]
#[command(after_help = "First minute:
  dateline demo                     try it on a bundled archive
  dateline ingest ~/saved-news      add your own folder
  dateline serve                    search it at http://127.0.0.1:8080")]
pub(crate) struct Cli {
    /// The folder of the archive [default: dateline in your data directory]
    #[arg(long, global = true, value_name = "DIR", env = "DATELINE_ARCHIVE")]
    pub(crate) archive: Option<PathBuf>,

    /// Find names with a transformer, too: a folder with its model.onnx, tokenizer.json and config.json
    #[cfg(feature = "neural")]
    #[arg(long, global = true, value_name = "DIR", env = "DATELINE_NEURAL")]
    pub(crate) neural: Option<PathBuf>,

    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Add files and folders of news to the archive
    Ingest(IngestArgs),
    /// Show what would be made of files, without an archive
    Extract(ExtractArgs),
    /// Explain each field of a file: what it could have been, where that stands, and why one won
    Inspect(ExtractArgs),
    /// Search at the terminal
    Search(Box<SearchArgs>),
    /// Correct an article: what you say outranks what was found, and can be taken back
    Edit(EditArgs),
    /// All corrections as JSON Lines, and those of another archive taken in
    Edits(EditsArgs),
    /// Who is in the news: list actors, say which names are one, take that back
    Actors(ActorsArgs),
    /// Spellings of authors: list them, make two one, rename
    Authors(SpellingsArgs),
    /// Spellings of sources: list them, make two one, rename
    Sources(SpellingsArgs),
    /// Search in a browser
    Serve(ServeArgs),
    /// Build the search index anew from archive.db and swap it in
    Reindex(ReportArgs),
    /// Check that archive.db and the index are sound and agree
    Verify(ReportArgs),
    /// Tell what became of every file: why is a page missing?
    Files(FilesArgs),
    /// List the articles worth a look, and what is uncertain about each
    Doubts(DoubtsArgs),
    /// Tell what the archive holds and how it stands
    Status(ReportArgs),
    /// Serve a bundled sample archive from a temporary folder
    Demo(DemoArgs),
}

#[cfg(feature = "neural")]
impl Command {
    /// Whether names may be looked for in texts.
    pub(crate) fn recognises(&self) -> bool {
        !matches!(
            self,
            Self::Search(_)
                | Self::Reindex(_)
                | Self::Verify(_)
                | Self::Files(_)
                | Self::Doubts(_)
                | Self::Status(_)
        )
    }
}

#[derive(Args, Debug)]
pub(crate) struct ReportArgs {
    /// Print JSON for programs
    #[arg(long)]
    pub(crate) json: bool,
}

/// What can be given to read: the readers' own list.
fn paths_help() -> String {
    format!("Files and folders: {}; .gz and .zst too", dateline_ingest::reader::formats())
}

/// How files are read.
#[derive(Args, Debug)]
pub(crate) struct ReadArgs {
    #[arg(required = true, value_name = "PATH", help = paths_help())]
    pub(crate) paths: Vec<PathBuf>,

    /// Label what is read: source, collection, section or language (repeatable; outranks the page). A
    /// label stays until another run sets that field; an empty value takes it off
    #[arg(long, value_name = "FIELD=VALUE")]
    pub(crate) set: Vec<String>,

    /// Which field of a JSON record is which field of an article, e.g. title=headline,published=pub_date;
    /// it stays until another run says otherwise
    #[arg(long, value_name = "FIELD=RECORD_FIELD,…")]
    pub(crate) map: Option<String>,

    /// Threads that extract [default: one for each core]
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub(crate) threads: usize,

    /// Stop after so many records
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<u64>,

    /// Keep pages that are no article (section fronts, error pages), too, each with a doubt; later runs
    /// keep them as well
    #[arg(long)]
    pub(crate) keep_all: bool,

    /// Keep no longer what --keep-all kept of these files: it is taken away, counted and listed
    #[arg(long, conflicts_with = "keep_all")]
    pub(crate) no_keep_all: bool,
}

#[derive(Args, Debug)]
pub(crate) struct IngestArgs {
    #[command(flatten)]
    pub(crate) read: ReadArgs,

    /// Give the archive a title
    #[arg(long, value_name = "TEXT")]
    pub(crate) title: Option<String>,

    /// Store nothing: print the articles as they would be stored, and name unknown and empty fields
    #[arg(long)]
    pub(crate) dry_run: bool,

    /// Exit with 1 if any record failed
    #[arg(long)]
    pub(crate) strict: bool,

    /// Print JSON for programs: a line after each commit, and the summary at the end
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct ExtractArgs {
    #[command(flatten)]
    pub(crate) read: ReadArgs,

    /// Print one JSON object a record
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum SortArg {
    /// Best match first
    Relevance,
    /// Latest publication first
    Newest,
    /// Earliest publication first
    Oldest,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum RoleArg {
    /// All that are mentioned
    Any,
    /// Those that an article is mainly about
    Main,
}

#[derive(Args, Debug)]
pub(crate) struct SearchArgs {
    /// Words (all required), "exact phrase", OR, -word, prefix*, title:word; nothing matches everything.
    /// Put it in single quotes, so that the shell leaves it alone
    #[arg(value_name = "QUERY")]
    pub(crate) query: Vec<String>,

    /// Only articles about this actor: a value that facets list, such as iran (repeatable: all of them)
    #[arg(long, value_name = "VALUE")]
    pub(crate) actor: Vec<String>,

    /// Only articles in which this place is named: a value that facets list, such as ~oster-fjord
    /// (repeatable: all of them)
    #[arg(long, value_name = "VALUE")]
    pub(crate) place: Vec<String>,

    /// Which actors and places of an article count: any that it mentions, or the main ones, which its
    /// headline names, or its first paragraphs and the whole three times or more
    #[arg(long, value_enum, default_value_t = RoleArg::Any)]
    pub(crate) about: RoleArg,

    /// List only actors of this kind: person, state, institution, armed-group, organisation. It changes
    /// no hits
    #[arg(long, value_name = "KIND")]
    pub(crate) actor_kind: Option<String>,

    /// Only articles signed by this name (repeatable: any of them, as for the next five)
    #[arg(long, value_name = "NAME")]
    pub(crate) author: Vec<String>,

    /// Only articles of this outlet
    #[arg(long, value_name = "NAME")]
    pub(crate) source: Vec<String>,

    /// Only articles of this section
    #[arg(long, value_name = "NAME")]
    pub(crate) section: Vec<String>,

    /// Only articles in this language
    #[arg(long, value_name = "CODE")]
    pub(crate) language: Vec<String>,

    /// Only articles of this year
    #[arg(long, value_name = "YEAR")]
    pub(crate) year: Vec<String>,

    /// Only articles whose date was found there: json-ld, meta, time, byline, url, text, person …
    #[arg(long, value_name = "PLACE")]
    pub(crate) date_found: Vec<String>,

    /// Without articles that have this value, e.g. --not actor=iran
    #[arg(long, value_name = "FACET=VALUE")]
    pub(crate) not: Vec<String>,

    /// How several values of a facet combine, e.g. --mode actor=any
    #[arg(long, value_name = "FACET=any|all")]
    pub(crate) mode: Vec<String>,

    /// First day: 2014, 2014-06 or 2014-06-10
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<String>,

    /// Last day, included
    #[arg(long, value_name = "DATE")]
    pub(crate) to: Option<String>,

    /// Order of the hits [default: relevance; newest where no words are asked]
    #[arg(long, value_enum)]
    pub(crate) sort: Option<SortArg>,

    /// Hits a page
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) limit: usize,

    /// Go on where a page ended: the `next` of its JSON
    #[arg(long, value_name = "CURSOR")]
    pub(crate) cursor: Option<String>,

    /// Values a facet
    #[arg(long, value_name = "N", default_value_t = 8)]
    pub(crate) facet_limit: usize,

    /// Print the same JSON as the API
    #[arg(long)]
    pub(crate) json: bool,
}

/// Where a record ended.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum BinArg {
    /// It is an article
    Article,
    /// It was read, and is no article
    NotArticle,
    /// It is broken, and tried again at every ingest
    Failed,
    /// Nobody reads this kind of file
    Unsupported,
    /// There was nothing to read
    Skipped,
}

impl From<BinArg> for Bin {
    fn from(bin: BinArg) -> Self {
        match bin {
            BinArg::Article => Self::Article,
            BinArg::NotArticle => Self::NotArticle,
            BinArg::Failed => Self::Failed,
            BinArg::Unsupported => Self::Unsupported,
            BinArg::Skipped => Self::Skipped,
        }
    }
}

/// The page of a list.
#[derive(Args, Debug)]
pub(crate) struct PageArgs {
    /// Entries a page
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,

    /// Pass over so many entries: the `next` of the page before
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub(crate) offset: usize,

    /// Print the same JSON as the API
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct FilesArgs {
    /// A file or folder, or any part of a path: storm.html finds it wherever it lies
    #[arg(value_name = "PATH")]
    pub(crate) path: Vec<String>,

    /// Only records that ended here
    #[arg(long, value_enum)]
    pub(crate) bin: Option<BinArg>,

    /// Only records with this reason, or a part of it
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,

    #[command(flatten)]
    pub(crate) page: PageArgs,
}

#[derive(Args, Debug)]
pub(crate) struct DoubtsArgs {
    /// Only articles with a doubt of this kind, such as dates-disagree: the list above the articles names them
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<String>,

    /// Only articles with a doubt about this field, such as published
    #[arg(long, value_name = "FIELD")]
    pub(crate) field: Option<String>,

    #[command(flatten)]
    pub(crate) page: PageArgs,
}

#[derive(Args, Debug)]
#[command(after_help = "Fields: title, standfirst, authors, published, source, section, tags, language, url.
Without FIELD=VALUE it shows what they hold and where that was found.

Examples:
  dateline edit hw-1953-07-27 title='Armistice signed' published=1953-07-27
  dateline edit hw-1953-07-27 authors='Kenji Morita; Reuters' section=
  dateline edit hw-1953-07-27 --undo title
  dateline edit hw-1953-07-27 --history

A correction holds when the file is read again and when the index is built anew.
It shows at once, in a running server too; during an ingest it waits for its next commit.")]
pub(crate) struct EditArgs {
    /// The article's id, as search shows it
    #[arg(value_name = "ID")]
    pub(crate) id: String,

    /// What a field holds, e.g. title='Talks end' or authors='A; B'; an empty value clears it
    #[arg(value_name = "FIELD=VALUE")]
    pub(crate) changes: Vec<String>,

    /// Take back what was said of a field, or of all: what was found comes back (repeatable)
    #[arg(long, value_name = "FIELD", num_args = 0..=1, default_missing_value = "all")]
    pub(crate) undo: Vec<String>,

    /// Show who corrected what, and when
    #[arg(long, conflicts_with_all = ["changes", "undo"])]
    pub(crate) history: bool,

    /// Who corrects it [default: your login name]
    #[arg(long = "as", value_name = "NAME")]
    pub(crate) who: Option<String>,

    /// Print the article as the API does; with --history, a line an entry
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct EditsArgs {
    /// Take in corrections that `dateline edits` wrote for another archive; - reads them from stdin
    #[arg(long, value_name = "FILE")]
    pub(crate) import: Option<PathBuf>,

    /// Print JSON for programs (without --import it is JSON always)
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct ServeArgs {
    /// Where to listen; port 0 picks a free one
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,

    /// What stands before every address, e.g. /news behind a proxy
    #[arg(long, value_name = "PATH", default_value = "", hide_default_value = true)]
    pub(crate) base_path: String,

    /// Also answer to this host name (repeatable)
    #[arg(long, value_name = "NAME")]
    pub(crate) host: Vec<String>,

    /// Allow changes from the browser although other machines can reach it
    #[arg(long)]
    pub(crate) editable: bool,
}

#[derive(Args, Debug)]
pub(crate) struct DemoArgs {
    /// Where to listen [default: 127.0.0.1:8080, or a free port if that is taken]
    #[arg(long, value_name = "ADDR:PORT")]
    pub(crate) listen: Option<SocketAddr>,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_flags_are_consistent_and_all_explained() {
        let mut command = Cli::command();
        command.clone().debug_assert();
        command.build();
        for subcommand in command.get_subcommands().filter(|c| c.get_name() != "help") {
            assert!(subcommand.get_about().is_some(), "{}", subcommand.get_name());
            for argument in
                subcommand.get_arguments().filter(|a| !["help", "version"].contains(&a.get_id().as_str()))
            {
                assert!(argument.get_help().is_some(), "{} {}", subcommand.get_name(), argument.get_id());
            }
        }
    }
}
