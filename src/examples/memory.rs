//! The peak memory of an ingest, whatever the folder's size: 40 MB and 400 MB of JSON Lines.
//!
//! `cargo build --release && cargo run --release --example memory` (Linux: it reads `/proc`). Prints
//! the peaks and their ratio; they should lie within 20 % of each other.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

const NAMES: [&str; 8] =
    ["Iran", "the Taliban", "Kofi Annan", "NATO", "the Soviet Union", "Islamic State", "France", "the IAEA"];
const WORDS: [&str; 16] = [
    "talks",
    "envoys",
    "border",
    "ceasefire",
    "minister",
    "signed",
    "attack",
    "village",
    "treaty",
    "river",
    "convoy",
    "said",
    "delegates",
    "winter",
    "bridge",
    "inspectors",
];

#[expect(clippy::print_stdout, reason = "this is a program that measures")]
fn main() -> std::io::Result<()> {
    let folder = tempfile::tempdir()?;
    let mut peaks = Vec::new();
    for megabytes in [40, 400] {
        let file = folder.path().join(format!("{megabytes}.jsonl"));
        write_articles(&file, megabytes << 20)?;
        let archive = folder.path().join(format!("archive-{megabytes}"));
        let peak = peak_of_ingest(&file, &archive)?;
        println!("{megabytes:>4} MB of JSON Lines: peak {} MB", peak / 1024);
        peaks.push(peak);
    }
    println!("ratio {:.3}", peaks[1] as f64 / peaks[0] as f64);
    Ok(())
}

/// Articles of some 3 kB, no two alike, from a small vocabulary with numbers among it.
fn write_articles(path: &Path, bytes: u64) -> std::io::Result<()> {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
    let (mut written, mut number, mut state) = (0, 0_u64, 1_u64);
    while written < bytes {
        let mut body = String::new();
        for word in 0..480 {
            // A linear congruential generator (Knuth, MMIX) is random enough here.
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let drawn = (state >> 33) as usize;
            match drawn % 13 {
                0 => body.push_str(NAMES[drawn / 13 % NAMES.len()]),
                1 => write!(body, "{}", drawn % 50_000).unwrap_or_default(),
                _ => body.push_str(WORDS[drawn / 13 % WORDS.len()]),
            }
            body.push_str(if word % 17 == 16 { ". " } else { " " });
        }
        let day = number % 28 + 1;
        let line = serde_json::json!({
            "id": format!("m{number}"), "title": format!("Dispatch {number}"), "published": format!("1999-05-{day:02}"),
            "source": "Harbour Wire", "authors": [format!("Reporter {}", number % 500)], "body": body,
        });
        let line = format!("{line}\n");
        file.write_all(line.as_bytes())?;
        written += line.len() as u64;
        number += 1;
    }
    file.flush()
}

/// The most memory, in kB, that an ingest had.
fn peak_of_ingest(file: &Path, archive: &Path) -> std::io::Result<u64> {
    let binary: PathBuf =
        std::env::current_exe()?.ancestors().nth(2).unwrap_or(Path::new(".")).join("dateline");
    let mut child = Command::new(binary)
        .arg("ingest")
        .arg(file)
        .arg("--archive")
        .arg(archive)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait()?.is_none() {
        let status = std::fs::read_to_string(&status).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        peak = peak.max(kilobytes.unwrap_or(0));
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(peak)
}
