//! Opens the archive, binds, hands over to the web, stops gracefully.

use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result};
use dateline_index::backend::embedded::Embedded;
use dateline_web::Settings;
use tokio::net::TcpListener;

use super::{asked, open, signals};
use crate::cli::ServeArgs;
use crate::{config, ui};

pub(super) fn run(args: &ServeArgs, folder: &Path) -> Result<ExitCode> {
    let settings = settings(args)?;
    let archive = open(folder)?;
    run_server(async {
        let listener = bind(args.listen).await?;
        serve(listener, archive, settings).await
    })
}

/// Runs a server to its end. A search that is still at work then keeps nobody waiting.
pub(super) fn run_server(server: impl Future<Output = Result<ExitCode>>) -> Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.context("the server's threads cannot be started")?;
    let ended = runtime.block_on(server);
    runtime.shutdown_timeout(Duration::from_secs(1));
    ended
}

fn settings(args: &ServeArgs) -> Result<Settings> {
    let beyond_loopback = !args.listen.ip().is_loopback();
    Ok(Settings {
        base_path: config::base_path(&args.base_path)?,
        hosts: args.host.clone(),
        editable: args.editable || !beyond_loopback,
        beyond_loopback,
        version: env!("CARGO_PKG_VERSION").to_owned(),
    })
}

pub(super) async fn bind(address: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| {
        format!("{address} cannot be listened on; choose another with --listen, such as 127.0.0.1:0 for any free port")
    })
}

/// Serves until the process is asked to stop.
pub(super) async fn serve(listener: TcpListener, archive: Embedded, settings: Settings) -> Result<ExitCode> {
    let address = listener.local_addr()?;
    let archive = asked(archive);
    if settings.beyond_loopback && !settings.editable {
        ui::tell(
            "Other machines can reach this server, so it is read-only; --editable allows changes from the browser.",
        );
    }
    if settings.beyond_loopback && settings.editable {
        ui::tell(
            "Other machines can reach this server, and anybody there may change the archive (--editable).",
        );
    }
    if !settings.base_path.is_empty() {
        ui::tell(&format!("The pages are at http://{address}{}/", settings.base_path));
    }
    let router = dateline_web::router(archive, settings);
    ui::answer(&format!("Listening on http://{address}"))?;
    dateline_web::serve(listener, router, signals::asked_to_stop()).await;
    ui::tell("Stopped.");
    Ok(ExitCode::SUCCESS)
}
