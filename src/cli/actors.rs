//! Flags of `actors`, `authors` and `sources`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Args, Debug)]
#[command(
    after_help = "An ACTOR is an id as addresses have it (iran, ~mona-hojat-ansari), a label, or any name of it.

Examples:
  dateline actors list ansari
  dateline actors why hw-1953-07-27 iran
  dateline actors merge 'Mona Hojjat Ansary' ~mona-hojat-ansari
  dateline actors add 'Harbour Wire' --kind organisation --alias HW
  dateline actors log
  dateline actors undo 3

A decision holds at once, in a running server too, and when the index is built anew. Nothing of an
article changes with it but where a name was added, which is looked for in all articles."
)]
pub(crate) struct ActorsArgs {
    #[command(subcommand)]
    pub(crate) command: ActorsCommand,

    /// Who decides it [default: your login name]
    #[arg(long = "as", value_name = "NAME", global = true)]
    pub(crate) who: Option<String>,

    /// Print JSON for programs
    #[arg(long, global = true)]
    pub(crate) json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ActorsCommand {
    /// List actors, most articles first
    List {
        /// Only those whose label has these words, or words that begin so
        words: Vec<String>,
        /// Only of this kind: person, state, institution, armed-group, organisation
        #[arg(long)]
        kind: Option<String>,
        /// At most so many
        #[arg(long, value_name = "N", default_value_t = 50)]
        limit: usize,
    },
    /// Show an actor: its names as articles have them, with counts, and what was decided
    Show {
        /// Who
        #[arg(value_name = "ACTOR")]
        actor: String,
    },
    /// Tell why actors and places are in an article: the mentions, the rules, the sentences
    Why {
        /// The article's id
        #[arg(value_name = "ID")]
        article: String,
        /// Only this one
        #[arg(value_name = "ACTOR")]
        actor: Option<String>,
    },
    /// Make two actors one: all that was FROM is INTO
    Merge {
        /// Who is no row of its own any more
        #[arg(value_name = "FROM")]
        from: String,
        /// Who survives
        #[arg(value_name = "INTO")]
        into: String,
        /// Decide it without asking
        #[arg(long)]
        yes: bool,
    },
    /// Split a name off an actor: it names somebody else from now on
    Split {
        /// Whose name it is now
        #[arg(value_name = "ACTOR")]
        actor: String,
        /// The name, as `actors show` has it
        #[arg(value_name = "NAME")]
        name: String,
        /// Whom it names instead [default: a new actor of that name]
        #[arg(long, value_name = "ACTOR")]
        to: Option<String>,
    },
    /// Give an actor another name, and look for it in all articles
    Alias {
        /// Who
        #[arg(value_name = "ACTOR")]
        actor: String,
        /// The name, as it is printed
        #[arg(value_name = "NAME")]
        name: String,
        /// Decide it without asking
        #[arg(long)]
        yes: bool,
    },
    /// Add an actor that nobody recognised, and look for its names in all articles
    Add {
        /// Its name, as it is printed: the label
        #[arg(value_name = "NAME")]
        name: String,
        /// person, state, institution, armed-group or organisation
        #[arg(long)]
        kind: String,
        /// Another name of it (repeatable)
        #[arg(long, value_name = "NAME")]
        alias: Vec<String>,
        /// Decide it without asking
        #[arg(long)]
        yes: bool,
    },
    /// Change the name that people read
    Rename {
        /// Who
        #[arg(value_name = "ACTOR")]
        actor: String,
        /// What it is called from now on
        #[arg(value_name = "LABEL")]
        label: String,
    },
    /// Change the kind
    Kind {
        /// Who
        #[arg(value_name = "ACTOR")]
        actor: String,
        /// person, state, institution, armed-group or organisation
        #[arg(value_name = "KIND")]
        kind: String,
    },
    /// Leave an actor out of all facets
    Hide {
        /// Who
        #[arg(value_name = "ACTOR")]
        actor: String,
    },
    /// Say that a name names nobody: it is a common word, or no name
    Never {
        /// The name
        #[arg(value_name = "NAME")]
        name: String,
        /// The kind that it was taken for; place, too
        #[arg(long)]
        kind: String,
    },
    /// Say that an actor is not in an article: what is printed there is somebody else
    NotHere {
        /// The article's id
        #[arg(value_name = "ID")]
        article: String,
        /// Who is not in it
        #[arg(value_name = "ACTOR")]
        actor: String,
    },
    /// Show who decided what, and when
    Log,
    /// Take back an entry of the log; of an undo that is to say, do it again
    Undo {
        /// Its number in the log
        #[arg(value_name = "N")]
        number: u64,
    },
    /// Write the decisions that hold as TOML, to be shared or kept in git
    Export,
    /// Take in decisions that `actors export` wrote; what stands already is left alone
    Import {
        /// The file; - reads stdin
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Offer actors that may be one, with what speaks for it; nothing is merged without you
    Suggest {
        /// Only those of which one has these words, or words that begin so
        words: Vec<String>,
        /// At most so many
        #[arg(long, value_name = "N", default_value_t = 50)]
        limit: usize,
        /// Say that A and B are two: they are not offered again
        #[arg(long = "not", num_args = 2, value_names = ["A", "B"], conflicts_with = "words")]
        not: Option<Vec<String>>,
    },
    /// Show what this version's list of actors would change in the archive, and bring it to that list
    Upgrade {
        /// Do it without asking
        #[arg(long)]
        yes: bool,
        /// Show at most so many rows
        #[arg(long, value_name = "N", default_value_t = 20)]
        limit: usize,
    },
    /// Measure how exactly actors are found in texts whose actors are known; needs no archive
    Evaluate(EvaluateArgs),
}

#[derive(Args, Debug)]
#[command(
    after_help = "NAME.conll, a token, a tab and its IOB2 tag (PER, ORG, LOC, MISC) a line, measures names.
NAME.jsonl, an article a line with who is in it in `actors`, measures the set of actors of each article.
Both may be packed: .xz, .gz, .zst. What is measured, and what the figures are: ingest/EVALUATION.md."
)]
pub(crate) struct EvaluateArgs {
    /// The folder of the corpora
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: PathBuf,

    /// Only these corpora, by their names without endings [default: all]
    #[arg(value_name = "CORPUS")]
    pub(crate) corpora: Vec<String>,

    /// List what is missing (-) and too many (+)
    #[arg(long)]
    pub(crate) misses: bool,

    /// Tell how many words a second of the processor's time are read
    #[arg(long)]
    pub(crate) timed: bool,

    /// Take the tagger's weights from a file
    #[arg(long, value_name = "FILE")]
    pub(crate) weights: Option<PathBuf>,

    /// Measure another system instead: its tags are the third column of NAME.conll
    #[arg(long, conflicts_with_all = ["timed", "weights"])]
    pub(crate) predicted: bool,
}

#[derive(Args, Debug)]
#[command(
    after_help = "Spellings that differ in case, spacing and punctuation alone are one without being told.
What is decided stands in `dateline actors log`, and is taken back with `dateline actors undo`."
)]
pub(crate) struct SpellingsArgs {
    #[command(subcommand)]
    pub(crate) command: SpellingsCommand,

    /// Who decides it [default: your login name]
    #[arg(long = "as", value_name = "NAME", global = true)]
    pub(crate) who: Option<String>,

    /// Print JSON for programs
    #[arg(long, global = true)]
    pub(crate) json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SpellingsCommand {
    /// List them, most articles first
    List {
        /// Only those that have these words, or words that begin so
        words: Vec<String>,
        /// At most so many
        #[arg(long, value_name = "N", default_value_t = 50)]
        limit: usize,
    },
    /// Make two one: all that was FROM is called INTO
    Merge {
        /// The spelling that is no row of its own any more
        #[arg(value_name = "FROM")]
        from: String,
        /// What people read from now on
        #[arg(value_name = "INTO")]
        into: String,
    },
    /// Change what people read
    Rename {
        /// The spelling
        #[arg(value_name = "FROM")]
        from: String,
        /// What people read from now on
        #[arg(value_name = "INTO")]
        into: String,
    },
    /// Offer those that may be one, with what speaks for it; nothing is merged without you
    Suggest {
        /// Only those of which one has these words, or words that begin so
        words: Vec<String>,
        /// At most so many
        #[arg(long, value_name = "N", default_value_t = 50)]
        limit: usize,
        /// Say that A and B are two: they are not offered again
        #[arg(long = "not", num_args = 2, value_names = ["A", "B"], conflicts_with = "words")]
        not: Option<Vec<String>>,
    },
}
