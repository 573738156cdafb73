use scraper::{ElementRef, Html, Node};
use serde_json::{Value, json};
use std::io::Write;
use trafilatura::*;
fn run(s: &str, f: ExtractionFocus, fb: bool) -> String {
    let o = Options::default()
        .with_fallback(fb)
        .with_focus(f)
        .with_exclude_comments(true)
        .with_html_date_mode(HtmlDateMode::Disabled);
    std::panic::catch_unwind(|| trafilatura::extract(s, &o).map(|r| r.content_html).unwrap_or_default())
        .unwrap_or_default()
}
fn is_block(n: &str) -> bool {
    matches!(
        n,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "html"
            | "li"
            | "main"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "amp-sidebar"
    )
}
#[derive(Default)]
struct W {
    els: Vec<Value>,
    segs: Vec<Value>,
    text: String,
    link: usize,
    links: usize,
    bold: usize,
    ital: usize,
    parent: usize,
}
impl W {
    fn flush(&mut self) {
        let t = std::mem::take(&mut self.text);
        let parts: Vec<&str> = t.split("\u{1}\u{1}").collect();
        let total = t.chars().count().max(1);
        for p in parts {
            let s = p.replace('\u{1}', " ").split_whitespace().collect::<Vec<_>>().join(" ");
            if s.is_empty() {
                continue;
            }
            let share = s.chars().count() as f64 / total as f64;
            self.segs.push(json!([
                self.parent,
                s,
                (self.link as f64 * share).round(),
                self.links,
                (self.bold as f64 * share).round(),
                (self.ital as f64 * share).round()
            ]));
        }
        self.link = 0;
        self.links = 0;
        self.bold = 0;
        self.ital = 0;
    }
    fn go(&mut self, e: ElementRef, me: usize, inlink: bool, bold: bool, ital: bool) {
        for c in e.children() {
            match c.value() {
                Node::Text(t) => {
                    let n = t.split_whitespace().map(|w| w.chars().count() + 1).sum::<usize>();
                    if inlink {
                        self.link += n
                    }
                    if bold {
                        self.bold += n
                    }
                    if ital {
                        self.ital += n
                    }
                    if self.text.is_empty() {
                        self.parent = me
                    }
                    self.text.push_str(&t.replace('\u{1}', " "));
                }
                Node::Element(_) => {
                    let c = ElementRef::wrap(c).unwrap();
                    let n = c.value().name();
                    if matches!(
                        n,
                        "script"
                            | "style"
                            | "noscript"
                            | "template"
                            | "svg"
                            | "head"
                            | "button"
                            | "input"
                            | "select"
                            | "iframe"
                            | "textarea"
                            | "object"
                            | "video"
                            | "audio"
                            | "canvas"
                    ) {
                        continue;
                    }
                    if n == "br" {
                        self.text.push('\u{1}');
                        continue;
                    }
                    if is_block(n) {
                        self.flush();
                        let id = self.add(c, me);
                        self.go(c, id, inlink, bold, ital);
                        self.flush();
                    } else {
                        let l = inlink || n == "a";
                        if n == "a" {
                            self.links += 1
                        }
                        let id = self.add(c, me);
                        self.go(
                            c,
                            id,
                            l,
                            bold || matches!(n, "b" | "strong"),
                            ital || matches!(n, "i" | "em"),
                        );
                    }
                }
                _ => {}
            }
        }
    }
    fn add(&mut self, c: ElementRef, parent: usize) -> usize {
        let v = c.value();
        let a = |k: &str| v.attr(k).unwrap_or("");
        self.els.push(json!([
            parent,
            v.name(),
            a("class"),
            a("id"),
            a("itemprop"),
            a("role"),
            a("style"),
            v.attr("hidden").is_some(),
            a("aria-hidden"),
            v.attrs()
                .filter(|(k, _)| k.starts_with("data-"))
                .map(|(k, v)| format!("{k}={}", v.chars().take(40).collect::<String>()))
                .collect::<Vec<_>>()
                .join(" ")
        ]));
        self.els.len() - 1
    }
}
fn texts(h: &str) -> Vec<String> {
    let d = Html::parse_fragment(h);
    let mut w = W::default();
    w.els.push(json!([0, "html", "", "", "", "", "", false, "", ""]));
    w.go(d.root_element(), 0, false, false, false);
    w.flush();
    w.segs.iter().map(|s| s[1].as_str().unwrap().to_owned()).collect()
}
fn main() {
    let mut files = vec![];
    for s in std::fs::read_dir("/work/pages/pages").unwrap() {
        for f in std::fs::read_dir(s.unwrap().path()).unwrap() {
            let p = f.unwrap().path();
            if p.extension().map_or(true, |e| e != "html") {
                continue;
            }
            files.push(p);
        }
    }
    files.sort();
    let next = std::sync::atomic::AtomicUsize::new(0);
    let out =
        std::sync::Mutex::new(std::io::BufWriter::new(std::fs::File::create("/tmp/dump.jsonl").unwrap()));
    std::thread::scope(|sc| {
        for _ in 0..2 {
            std::thread::Builder::new().stack_size(64<<20).spawn_scoped(sc,||{ while let Some(p)=files.get(next.fetch_add(1,std::sync::atomic::Ordering::Relaxed)){
  let b=std::fs::read(p).unwrap(); let s=decode(&b);
  let d=Html::parse_document(&s);
  let mut w=W::default(); w.els.push(json!([0,"html","","","","","",false,"",""])); w.go(d.root_element(),0,false,false,false); w.flush();
  let sel=scraper::Selector::parse("script[type*='ld+json' i]").unwrap();
  let ld:Vec<String>=d.select(&sel).map(|e|e.text().collect()).collect();
  let metas=scraper::Selector::parse("meta[content]").unwrap();
  let desc:Vec<Value>=d.select(&metas).filter_map(|e|{let n=e.value().attr("property").or(e.value().attr("name"))?; n.to_lowercase().contains("description").then(||json!(e.value().attr("content")))}).collect();
  let ts=scraper::Selector::parse("title, h1").unwrap();
  let titles:Vec<String>=d.select(&ts).map(|e|e.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")).collect();
  use ExtractionFocus::*;
  let l=json!({"file":p.to_str().unwrap().rsplit('/').take(2).collect::<Vec<_>>().into_iter().rev().collect::<Vec<_>>().join("/"),"els":w.els,"segs":w.segs,"ld":ld,"desc":desc,"titles":titles,
   "pf":texts(&run(&s,FavorPrecision,true)),"p":texts(&run(&s,FavorPrecision,false)),"bf":texts(&run(&s,Balanced,true)),"b":texts(&run(&s,Balanced,false)),"r":texts(&run(&s,FavorRecall,false))});
  writeln!(out.lock().unwrap(),"{l}").unwrap();
 }}).unwrap();
        }
    });
}
fn decode(bytes: &[u8]) -> String {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_lowercase();
    let label = head.split("charset=").nth(1).map(|rest| {
        rest.trim_start_matches(['"', '\''])
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '-')
            .collect::<String>()
    });
    let encoding = match std::str::from_utf8(bytes) {
        Ok(_) => encoding_rs::UTF_8,
        Err(_) => label
            .and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()))
            .filter(|encoding| *encoding != encoding_rs::UTF_8)
            .unwrap_or(encoding_rs::WINDOWS_1252),
    };
    encoding.decode(bytes).0.into_owned()
}
