//! The pages in a real browser: headless Chromium, driven through its driver.
//!
//! `.ci/test` finds or installs both. Where they are missing the test fails and says what to install:
//! it is never skipped.

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use thirtyfour::prelude::*;

use crate::support::{Desk, Server, sample};

/// The driver's process; killed when it is dropped.
struct Driver {
    child: Child,
    port: u16,
    _profile: tempfile::TempDir,
    profile: String,
}

fn program(variable: &str, names: &[&str]) -> String {
    if let Ok(path) = std::env::var(variable) {
        return path;
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path);
    let mut found = folders
        .flat_map(|folder| names.iter().map(move |name| folder.join(name)))
        .filter(|file| file.is_file());
    let found = found
        .next()
        .unwrap_or_else(|| panic!("the browser tests need {}: run .ci/test, which installs it", names[0]));
    found.to_string_lossy().into_owned()
}

impl Driver {
    fn start() -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let child = Command::new(program("DATELINE_TEST_DRIVER", &["chromedriver"]))
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let profile = tempfile::tempdir().unwrap();
        Self { child, port, profile: profile.path().to_string_lossy().into_owned(), _profile: profile }
    }

    async fn browser(&self) -> WebDriver {
        let mut capabilities = DesiredCapabilities::chrome();
        let binary = program("DATELINE_TEST_BROWSER", &["chromium", "chromium-browser", "google-chrome"]);
        capabilities.set_binary(&binary).unwrap();
        for flag in [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1280,1600",
            &format!("--user-data-dir={}", self.profile),
        ] {
            capabilities.add_arg(flag).unwrap();
        }
        let mut refused = String::new();
        for _ in 0..50 {
            match WebDriver::new(format!("http://127.0.0.1:{}", self.port), capabilities.clone()).await {
                Ok(browser) => return browser,
                Err(error) => refused = error.to_string(),
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        panic!("the browser does not start: {refused}");
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn in_browser<F: Future<Output = WebDriverResult<()>>>(visit: impl FnOnce(WebDriver, String) -> F) {
    let desk = Desk::new();
    desk.done(&["ingest", sample().to_str().unwrap(), "--json"]);
    let server: Server = desk.serve(&[]);
    let driver = Driver::start();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let browser = driver.browser().await;
        let visited = visit(browser.clone(), server.address.clone()).await;
        let quit = browser.quit().await;
        visited.unwrap();
        quit.unwrap();
    });
}

/// The number that the page says loudest.
async fn total(browser: &WebDriver) -> WebDriverResult<u64> {
    let heading = browser.find(By::Tag("h1")).await?.text().await?;
    let digits: String =
        heading.chars().take_while(|c| !c.is_alphabetic()).filter(char::is_ascii_digit).collect();
    Ok(digits.parse().unwrap_or_else(|_| panic!("no number in {heading:?}")))
}

#[test]
fn a_reader_searches_narrows_by_actor_reads_and_goes_back() {
    in_browser(|browser, address| async move {
        browser.goto(&address).await?;
        let everything = total(&browser).await?;
        assert!(everything >= 60);

        let search = browser.find(By::Css("input[name=q]")).await?;
        search.send_keys("\"Security Council\"").await?;
        search.send_keys(Key::Enter + "").await?;
        browser.query(By::Css("mark")).first().await?;
        let found = total(&browser).await?;
        assert!(found > 3 && found < everything, "{found} of {everything}");

        // The number beside the first actor is the number of articles after its click.
        let row = browser.find(By::Css("#actor li.value")).await?;
        let actor = row.find(By::Css("a.choose")).await?;
        let name = actor.text().await?;
        let expected: u64 = row.find(By::Css(".n")).await?.text().await?.replace(',', "").parse().unwrap();
        actor.click().await?;
        browser.query(By::Css("mark")).first().await?;
        assert_eq!(total(&browser).await?, expected, "{name}");
        assert!(browser.current_url().await?.as_str().contains("actor="), "the address says the state");

        // An article, with its matches and its actors marked.
        let title = browser.find(By::Css(".hit h2 a")).await?;
        title.click().await?;
        browser.query(By::Css("mark")).first().await?;
        assert!(browser.current_url().await?.as_str().contains("/articles/"));
        assert_eq!(browser.find_all(By::Tag("h1")).await?.len(), 1);

        browser.back().await?;
        browser.query(By::Css("input[name=q]")).first().await?;
        assert_eq!(total(&browser).await?, expected, "back leads to the same answer");
        Ok(())
    });
}

#[test]
fn the_console_stays_silent_and_nothing_overflows_a_phone() {
    in_browser(|browser, address| async move {
        browser.set_window_rect(0, 0, 390, 844).await?;
        for path in ["/", "/?q=treaty", "/?q=nosuchwordatall", "/help", "/articles/nobody"] {
            browser.goto(format!("{address}{path}")).await?;
            let script = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
            let overflow = browser.execute(script, Vec::new()).await?.convert::<i64>()?;
            assert!(overflow <= 0, "{path} is {overflow} pixels too wide");
        }
        Ok(())
    });
}

#[test]
fn a_wrong_actor_is_disowned_with_one_click_and_taken_back_with_another() {
    in_browser(|browser, address| async move {
        browser.goto(&address).await?;
        let first = browser.find(By::Css(".hit h2 a")).await?;
        first.click().await?;
        browser.query(By::Css("details.present")).first().await?;
        let article = browser.current_url().await?;
        let actors = || async {
            browser.goto(article.as_str()).await?;
            browser.query(By::Css("details.present")).first().await?;
            Ok::<_, WebDriverError>(browser.find_all(By::Css("details.present")).await?.len())
        };
        let before = actors().await?;
        browser.find(By::Css("details.present summary")).await?.click().await?;
        let sentence = browser.find(By::Css("details.present[open] ol a")).await?;
        let place = sentence.attr("href").await?.unwrap_or_default();
        sentence.click().await?;
        assert!(browser.current_url().await?.as_str().ends_with(&place), "it leads to the text");
        browser.find(By::Id(place.trim_start_matches('#'))).await?;
        let shown = browser.find(By::Css("details.present[open] .by-hand")).await?.is_displayed().await?;
        assert!(!shown, "who can click types nothing");

        browser.find(By::Css("details.present[open] button[data-decide]")).await?.click().await?;
        let undo =
            browser.query(By::Css("details.present[open] .wrong [role=status] button")).first().await?;
        let said = browser.find(By::Css("details.present[open] .wrong [role=status]")).await?.text().await?;
        assert!(said.contains("is not in this article"), "{said}");
        undo.click().await?;
        browser
            .query(By::Css("details.present[open] .wrong [role=status]"))
            .with_text("Taken back.")
            .first()
            .await?;
        assert_eq!(actors().await?, before);

        browser.find(By::Css("details.present summary")).await?.click().await?;
        browser.find(By::Css("details.present[open] button[data-decide]")).await?.click().await?;
        browser.query(By::Css("details.present[open] .wrong [role=status] button")).first().await?;
        assert_eq!(actors().await?, before - 1);
        Ok(())
    });
}
