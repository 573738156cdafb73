//! The bundled sample archive, served from a temporary folder.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::process::ExitCode;

use anyhow::{Context, Result};
use dateline_index::backend::Backend;
use dateline_ingest::extract::Rules;
use dateline_ingest::pipeline::{Options, ingest};
use dateline_ingest::sample;
use dateline_web::Settings;

use super::{create, registry, serve, work};
use crate::cli::DemoArgs;
use crate::ui;

pub(super) fn run(args: &DemoArgs) -> Result<ExitCode> {
    let folder =
        tempfile::Builder::new().prefix("dateline-demo-").tempdir().context("there is no room for a demo")?;
    let files = folder.path().join("sample");
    sample::unpack(&files).context("the sample archive cannot be unpacked")?;
    let archive = create(&folder.path().join("archive"))?;
    archive.set_title("World affairs, 1945 to 2024: a sample")?;
    {
        let work = work::work(&registry(), Rules::default());
        let mut intake = archive.intake("demo")?;
        let summary = ingest(&[files], &Options::default(), &work, &mut intake, &mut |_| {})?;
        ui::tell(&format!(
            "A sample archive of {}; it goes when you stop this.",
            ui::count(summary.articles, "article")
        ));
    }
    serve::run_server(async {
        let listener = match args.listen {
            Some(address) => serve::bind(address).await?,
            None => bind_somewhere().await?,
        };
        let beyond_loopback = !listener.local_addr()?.ip().is_loopback();
        let settings = Settings {
            editable: !beyond_loopback,
            beyond_loopback,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            ..Settings::default()
        };
        serve::serve(listener, archive, settings).await
    })
}

/// The usual port, or any free one.
async fn bind_somewhere() -> Result<tokio::net::TcpListener> {
    let loopback = |port| SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port);
    match serve::bind(loopback(8080)).await {
        Ok(listener) => Ok(listener),
        Err(_) => serve::bind(loopback(0)).await,
    }
}
