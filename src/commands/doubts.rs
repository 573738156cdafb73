//! The articles worth a look, with what is uncertain about each.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Result;
use dateline_index::archive::Archive;
use dateline_index::article::DoubtKind;
use dateline_index::doubts::{DoubtfulArticle, Doubts, DoubtsRequest, FIELDS};

use super::open;
use crate::cli::DoubtsArgs;
use crate::config::Usage;
use crate::ui::{self, Style};

pub(super) fn run(args: &DoubtsArgs, folder: &Path) -> Result<ExitCode> {
    let request = request(args)?;
    let archive = Archive::new(Arc::new(open(folder)?));
    let doubts = archive.doubts(&request)?;
    if args.page.json {
        ui::json(&doubts)?;
    } else {
        ui::answer(&said(&doubts, &request, Style::of_stdout()))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn request(args: &DoubtsArgs) -> Result<DoubtsRequest> {
    let kind = args.kind.as_deref().filter(|kind| !kind.is_empty());
    let kind = kind.map(|name| {
        let known = || DoubtKind::ALL.map(DoubtKind::as_str).join(", ");
        DoubtKind::from_name(name)
            .ok_or_else(|| Usage(format!("--kind {name:?}: the kinds of doubts are {}", known())))
    });
    let field = args.field.clone().unwrap_or_default();
    if !field.is_empty() && !FIELDS.contains(&field.as_str()) {
        let known = FIELDS.join(", ");
        return Err(Usage(format!("--field {field:?}: doubts are about {known}")).into());
    }
    Ok(DoubtsRequest { kind: kind.transpose()?, field, limit: args.page.limit, offset: args.page.offset })
}

fn said(doubts: &Doubts, request: &DoubtsRequest, style: Style) -> String {
    let mut lines = vec![style.bold(&format!("{} worth a look", ui::count(doubts.total, "article")))];
    for kind in &doubts.kinds {
        let row = format!("{:>10}  {:<22} {}", ui::number(kind.count), kind.kind.as_str(), kind.label);
        lines.push(if request.kind == Some(kind.kind) { style.bold(&row) } else { row });
    }
    for article in &doubts.articles {
        lines.push(String::new());
        lines.extend(article_lines(article, style));
    }
    if doubts.articles.is_empty() && doubts.total > 0 {
        lines.push(ui::past_the_end(request.offset, doubts.total, "article"));
    }
    if let Some(next) = doubts.next {
        lines.push(String::new());
        lines.push(style.faint(&format!("More: --offset {next}, or --limit N, --kind KIND, --field FIELD")));
    }
    lines.join("\n")
}

fn article_lines(article: &DoubtfulArticle, style: Style) -> Vec<String> {
    let title = if article.title.is_empty() { "(no headline)" } else { &article.title };
    let day = article.published.as_ref().map(|published| published.date.to_string());
    let mut about = vec![day.map_or_else(|| "no date".to_owned(), |day| day.chars().take(10).collect())];
    about.extend(article.source.clone());
    about.push(article.id.to_string());
    let mut lines = vec![style.bold(&ui::plain(title)), style.faint(&ui::plain(&about.join(" · ")))];
    lines.extend(article.doubts.iter().map(|doubt| {
        let said = format!("  {} ({}): {}", doubt.kind.label(), doubt.field, doubt.reason);
        ui::plain(&said)
    }));
    lines
}
