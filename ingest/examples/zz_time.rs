use std::time::Instant;
use trafilatura::*;
fn run(s: &str, f: ExtractionFocus, fb: bool) -> usize {
    let o = Options::default()
        .with_fallback(fb)
        .with_focus(f)
        .with_exclude_comments(true)
        .with_html_date_mode(HtmlDateMode::Disabled);
    std::panic::catch_unwind(|| trafilatura::extract(s, &o).map(|r| r.content_html.len()).unwrap_or(0))
        .unwrap_or(0)
}
fn main() {
    std::thread::Builder::new()
        .stack_size(64 << 20)
        .spawn(|| {
            let mut t = [0.0f64; 8];
            let mut n = 0;
            for s in std::fs::read_dir("/work/pages/pages").unwrap() {
                for f in std::fs::read_dir(s.unwrap().path()).unwrap() {
                    let p = f.unwrap().path();
                    if p.extension().map_or(true, |e| e != "html") {
                        continue;
                    }
                    n += 1;
                    if n % 4 != 0 {
                        continue;
                    }
                    let b = std::fs::read(&p).unwrap();
                    let s = String::from_utf8_lossy(&b).into_owned();
                    let mut m = |i: usize, f: &dyn Fn()| {
                        let a = Instant::now();
                        f();
                        t[i] += a.elapsed().as_secs_f64();
                    };
                    m(0, &|| {
                        std::hint::black_box(scraper::Html::parse_document(&s));
                    });
                    m(1, &|| {
                        run(&s, ExtractionFocus::FavorPrecision, true);
                    });
                    m(2, &|| {
                        run(&s, ExtractionFocus::FavorPrecision, false);
                    });
                    m(3, &|| {
                        run(&s, ExtractionFocus::Balanced, true);
                    });
                    m(4, &|| {
                        run(&s, ExtractionFocus::Balanced, false);
                    });
                    m(5, &|| {
                        run(&s, ExtractionFocus::FavorRecall, false);
                    });
                }
            }
            for x in t {
                println!("{:.2} ms", x * 1000.0 / (n / 4) as f64);
            }
        })
        .unwrap()
        .join()
        .unwrap();
}
