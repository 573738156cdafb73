//! The server's manners: read-only beyond loopback, base path, host names, an orderly end.

use std::time::Duration;

use crate::support::{Desk, Server, dateline};

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write_articles("a.jsonl", 5);
    desk.ingest("a.jsonl");
    desk
}

#[test]
fn a_title_can_be_given_on_loopback_and_not_beyond_it() {
    let desk = desk();
    let server = desk.serve(&[]);
    assert_eq!(server.patch("/api/v1/archive", r#"{"title": "Talks"}"#), 200);
    assert_eq!(server.json("/api/v1/archive")["title"], "Talks");
    drop(server);
    for (flags, status) in [(&[][..], 403), (&["--editable"][..], 200)] {
        let mut command = dateline();
        command.args(["serve", "--listen", "0.0.0.0:0", "--archive"]).arg(desk.archive()).args(flags);
        let mut server = Server::start(command);
        server.address = server.address.replace("0.0.0.0", "127.0.0.1");
        assert_eq!(server.patch("/api/v1/archive", r#"{"title": "Taken"}"#), status, "{flags:?}");
        let id = server.json("/api/v1/search")["hits"][0]["id"].as_str().unwrap().to_owned();
        let article = server.json(&format!("/api/v1/articles/{id}"));
        assert_eq!(article["origins"][0]["file"], "a.jsonl", "no folder of this machine is told");
        let page = server.get("/").1;
        assert_eq!(page.contains("read-only"), status == 403, "the page says so");
    }
}

#[test]
fn all_pages_lie_under_the_base_path() {
    let desk = desk();
    let server = desk.serve(&["--base-path", "/news"]);
    assert_eq!(server.json("/news/api/v1/search")["total"], 5);
    let page = server.get("/news/").1;
    for link in page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        let inside = link.starts_with("/news/")
            || link.starts_with('#')
            || link.starts_with('?')
            || link.starts_with("http");
        assert!(inside, "{link} leads out of /news");
    }
}

#[cfg(unix)]
#[test]
fn it_ends_in_order_on_either_signal() {
    let desk = desk();
    for signal in ["INT", "TERM"] {
        let server = desk.serve(&[]);
        assert_eq!(server.get("/healthz").0, 200);
        server.signal(signal);
        assert_eq!(server.ended(Duration::from_secs(15)), Some(0), "SIG{signal}");
    }
}
