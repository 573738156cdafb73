//! A query at the terminal: hits with their passages, and the facets' counts.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use dateline_index::found;
use dateline_index::published::{PartialDate, Precision, Published};
use dateline_index::search::{Facet, Hit, Mode, NONE, Passage, Role, SearchRequest, SearchResponse, Sort};

use super::{actors, open_archive};
use crate::cli::{RoleArg, SearchArgs, SortArg};
use crate::config::Usage;
use crate::ui::{self, Style};

pub(super) fn run(args: &SearchArgs, folder: &Path) -> Result<ExitCode> {
    let request = request(args)?;
    let archive = open_archive(folder)?;
    let response = archive.search(&request)?;
    if args.json {
        ui::json(&response)?;
    } else {
        ui::answer(&said(&response, Style::of_stdout()))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The question that the flags ask.
fn request(args: &SearchArgs) -> Result<SearchRequest> {
    let mut request = SearchRequest {
        q: args.query.join(" "),
        from: date("--from", args.from.as_deref())?,
        to: date("--to", args.to.as_deref())?,
        sort: args.sort.map(|sort| match sort {
            SortArg::Relevance => Sort::Relevance,
            SortArg::Newest => Sort::Newest,
            SortArg::Oldest => Sort::Oldest,
        }),
        about: match args.about {
            RoleArg::Any => Role::Any,
            RoleArg::Main => Role::Main,
        },
        actor_kind: args.actor_kind.as_deref().map(actors::kind).transpose()?,
        limit: args.limit,
        cursor: args.cursor.clone().filter(|cursor| !cursor.is_empty()),
        facet_limit: args.facet_limit,
        ..SearchRequest::default()
    };
    let chosen = [
        (Facet::Actor, &args.actor),
        (Facet::Place, &args.place),
        (Facet::Author, &args.author),
        (Facet::Source, &args.source),
        (Facet::Section, &args.section),
        (Facet::Language, &args.language),
        (Facet::Year, &args.year),
        (Facet::DateFound, &args.date_found),
    ];
    for (facet, values) in chosen {
        let values = values.iter().filter(|value| !value.is_empty()).cloned();
        if facet == Facet::DateFound {
            values.clone().try_for_each(|value| known_place("--date-found", &value))?;
        }
        request.choice(facet).include.extend(values);
    }
    for text in &args.not {
        let (facet, value) = facet_and("--not", text)?;
        if facet == Facet::DateFound {
            known_place("--not", value)?;
        }
        request.choice(facet).exclude.push(value.to_owned());
    }
    for text in &args.mode {
        let (facet, mode) = facet_and("--mode", text)?;
        request.choice(facet).mode = Some(match mode {
            "any" => Mode::Any,
            "all" => Mode::All,
            _ => return Err(Usage(format!("--mode {text:?}: a facet's values combine by any or all")).into()),
        });
    }
    Ok(request)
}

/// Refuses a place where no date is ever found.
fn known_place(flag: &str, value: &str) -> Result<()> {
    if value == NONE || found::number(value).is_some() {
        return Ok(());
    }
    let known = found::words().join(", ");
    Err(Usage(format!("{flag} {value:?}: dates are found in these places: {known}; {NONE} is none")).into())
}

fn date(flag: &str, text: Option<&str>) -> Result<Option<PartialDate>> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(None) };
    let date = PartialDate::parse(text).filter(|date| date.precision() != Precision::Instant);
    let date = date
        .ok_or_else(|| Usage(format!("{flag} {text:?} is not a date such as 2014, 2014-06 or 2014-06-10")))?;
    Ok(Some(date))
}

fn facet_and<'t>(flag: &str, text: &'t str) -> Result<(Facet, &'t str)> {
    let parsed = text
        .split_once('=')
        .and_then(|(name, value)| Some((Facet::from_name(&name.replace('-', "_"))?, value)));
    let known = Facet::ALL.map(Facet::as_str).join(", ");
    let parsed =
        parsed.ok_or_else(|| Usage(format!("{flag} {text:?} is not FACET=VALUE; the facets are {known}")))?;
    Ok(parsed)
}

fn said(response: &SearchResponse, style: Style) -> String {
    let mut lines = vec![headline(response, style)];
    for problem in &response.problems {
        lines.push(style.faint(&ui::plain(&problem.message)));
    }
    for hit in &response.hits {
        lines.push(String::new());
        lines.extend(hit_lines(hit, style));
    }
    if let Some(next) = &response.next {
        lines.push(String::new());
        lines.push(style.faint(&format!("More: --cursor {next}")));
    }
    lines.push(String::new());
    for (facet, counts) in &response.facets {
        let values: Vec<_> = counts
            .iter()
            .map(|count| {
                let sign = if count.excluded {
                    "-"
                } else if count.included {
                    "+"
                } else {
                    ""
                };
                format!("{sign}{} {}", ui::plain(&count.label), ui::number(count.count))
            })
            .collect();
        if !values.is_empty() {
            lines.push(format!("{} {}", style.bold(&format!("{:<10}", facet.as_str())), values.join(" · ")));
        }
    }
    if response.actor_kinds.len() > 1 {
        let kinds = response.actor_kinds.iter();
        let kinds: Vec<_> =
            kinds.map(|count| format!("{} {}", count.kind.label(), ui::number(count.values))).collect();
        lines.push(style.faint(&format!("{:<10} {}", "kinds", kinds.join(" · "))));
    }
    lines.join("\n")
}

fn headline(response: &SearchResponse, style: Style) -> String {
    let total = style.bold(&ui::count(response.total, "article"));
    if response.reading.is_empty() { total } else { format!("{total} for {}", ui::plain(&response.reading)) }
}

fn hit_lines(hit: &Hit, style: Style) -> Vec<String> {
    let title = hit.passages.iter().find(|passage| passage.field == dateline_index::actor::Field::Title);
    let title = title.map_or_else(|| ui::plain(&hit.title), |passage| marked(passage, style));
    let title = if title.is_empty() { "(no headline)".to_owned() } else { title };
    let mut about = vec![hit.published.as_ref().map_or_else(|| "no date".to_owned(), day)];
    about.extend(hit.source.clone());
    about.extend((!hit.authors.is_empty()).then(|| hit.authors.join(", ")));
    about.push(hit.id.to_string());
    let mut lines = vec![style.bold(&title), style.faint(&ui::plain(&about.join(" · ")))];
    let passages = hit.passages.iter().filter(|passage| passage.field != dateline_index::actor::Field::Title);
    lines.extend(passages.map(|passage| format!("  {}", marked(passage, style))));
    lines
}

fn day(published: &Published) -> String {
    let date = published.date.to_string();
    date.split('T').next().unwrap_or_default().to_owned()
}

/// A passage with its matches marked.
fn marked(passage: &Passage, style: Style) -> String {
    let mut said = String::new();
    let mut at = 0;
    for (start, end) in &passage.ranges {
        said.push_str(&ui::plain(&passage.text[at..*start]));
        said.push_str(&style.mark(&ui::plain(&passage.text[*start..*end])));
        at = *end;
    }
    said.push_str(&ui::plain(&passage.text[at..]));
    said
}
