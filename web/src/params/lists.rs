//! The query strings of the lists, of files and of doubts, both ways.

use dateline_index::archive::MAX_LIMIT;
use dateline_index::article::DoubtKind;
use dateline_index::doubts::{DoubtsRequest, FIELDS};
use dateline_index::files::FilesRequest;
use dateline_index::record::Bin;
use dateline_index::search::Problem;

use super::BadParameter;
use super::read::{note_unknown, unknown_parameter};

const A_BIN: &str = "article, not-article, failed, unsupported or skipped";
const A_KIND: &str = "a kind of doubt that the list names, such as dates-disagree";
const A_FIELD: &str =
    "title, standfirst, authors, published, updated, source, section, tags, language, url, id or text";
const A_LIMIT: &str = "a whole number from 1 to 1000";
const AN_OFFSET: &str = "a whole number: the “next” of the page before";

/// What a query string asks a list for, and which parameters could not be read.
#[derive(Clone, Debug, Default)]
pub(crate) struct ListReading<R> {
    pub(crate) request: R,
    pub(crate) bad: Vec<BadParameter>,
    /// Parameters that nobody knows.
    pub(crate) unknown: Vec<String>,
}

impl<R> ListReading<R> {
    /// What nobody knows, in words.
    pub(crate) fn advice(&self) -> Vec<Problem> {
        self.unknown.iter().map(|name| unknown_parameter(name)).collect()
    }
}

/// Reads the query string of the list of files.
pub(crate) fn read_files(query: &str) -> ListReading<FilesRequest> {
    read(query, &["bin", "path", "reason", "limit", "offset"], |request: &mut FilesRequest, name, value| {
        match name {
            "bin" => request.bin = Some(Bin::from_name(value).ok_or(A_BIN)?),
            "path" => value.clone_into(&mut request.path),
            "reason" => value.clone_into(&mut request.reason),
            "limit" => request.limit = limit(value)?,
            "offset" => request.offset = offset(value)?,
            _ => {}
        }
        Ok(())
    })
}

/// Reads the query string of the list of doubts.
pub(crate) fn read_doubts(query: &str) -> ListReading<DoubtsRequest> {
    read(query, &["kind", "field", "limit", "offset"], |request: &mut DoubtsRequest, name, value| {
        match name {
            "kind" => request.kind = Some(DoubtKind::from_name(value).ok_or(A_KIND)?),
            "field" if !FIELDS.contains(&value) => return Err(A_FIELD),
            "field" => value.clone_into(&mut request.field),
            "limit" => request.limit = limit(value)?,
            "offset" => request.offset = offset(value)?,
            _ => {}
        }
        Ok(())
    })
}

fn read<R: Default>(
    query: &str,
    known: &[&str],
    take: impl Fn(&mut R, &str, &str) -> Result<(), &'static str>,
) -> ListReading<R> {
    let mut reading = ListReading { request: R::default(), bad: Vec::new(), unknown: Vec::new() };
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let value = value.trim();
        if value.is_empty() {
            continue;
        }
        if !known.contains(&&*name) {
            note_unknown(&mut reading.unknown, &name);
            continue;
        }
        if let Err(takes) = take(&mut reading.request, &name, value) {
            let (name, value) = (name.into_owned(), value.to_owned());
            reading.bad.push(BadParameter { name, value, takes });
        }
    }
    reading
}

fn limit(value: &str) -> Result<usize, &'static str> {
    let limit = value.parse().ok().filter(|limit| *limit > 0);
    limit.map(|limit: usize| limit.min(MAX_LIMIT)).ok_or(A_LIMIT)
}

/// No list is longer than a signed number of 64 bits can count.
fn offset(value: &str) -> Result<usize, &'static str> {
    value.parse().ok().filter(|offset| i64::try_from(*offset).is_ok()).ok_or(AN_OFFSET)
}

/// The query string of the list of files, defaults left out, with a question mark if there is any.
pub(crate) fn write_files(request: &FilesRequest) -> String {
    write(&[
        ("bin", request.bin.map(Bin::as_str).unwrap_or_default()),
        ("path", &request.path),
        ("reason", &request.reason),
        ("limit", &number(request.limit, dateline_index::files::LIMIT)),
        ("offset", &number(request.offset, 0)),
    ])
}

/// The query string of the list of doubts, defaults left out, with a question mark if there is any.
pub(crate) fn write_doubts(request: &DoubtsRequest) -> String {
    write(&[
        ("kind", request.kind.map(DoubtKind::as_str).unwrap_or_default()),
        ("field", &request.field),
        ("limit", &number(request.limit, dateline_index::doubts::LIMIT)),
        ("offset", &number(request.offset, 0)),
    ])
}

fn number(number: usize, default: usize) -> String {
    if number == default { String::new() } else { number.to_string() }
}

fn write(pairs: &[(&str, &str)]) -> String {
    let given = pairs.iter().filter(|(_, value)| !value.is_empty());
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(given).finish();
    if query.is_empty() { query } else { format!("?{query}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_is_written_reads_back() {
        let files = FilesRequest {
            bin: Some(Bin::NotArticle),
            path: "März & April/100%.html".into(),
            reason: "a section front".into(),
            limit: 7,
            offset: 14,
            ..FilesRequest::default()
        };
        let written = write_files(&files);
        assert_eq!(read_files(written.trim_start_matches('?')).request, files);
        assert_eq!(write_files(&FilesRequest::default()), "");
        let doubts =
            DoubtsRequest { kind: Some(DoubtKind::TextShort), field: "text".into(), limit: 20, offset: 40 };
        assert_eq!(read_doubts(write_doubts(&doubts).trim_start_matches('?')).request, doubts);
    }

    #[test]
    fn every_field_that_doubts_are_about_is_named_to_whoever_mistypes_one() {
        let reading = read_doubts("field=nosuch&foo=1&utm_source=mail");
        assert_eq!(reading.bad.len(), 1);
        for field in FIELDS {
            assert!(reading.bad[0].message().contains(field), "{field}");
            assert_eq!(read_doubts(&format!("field={field}")).request.field, field);
        }
        assert_eq!(reading.unknown, ["foo"]);
    }

    #[test]
    fn what_cannot_be_read_is_named_and_left_out() {
        let reading = read_files("bin=rubbish&limit=0&offset=-3&path=&limit=99999999999999999999");
        assert_eq!(reading.request, FilesRequest::default());
        let named: Vec<_> = reading.bad.iter().map(|bad| bad.name.as_str()).collect();
        assert_eq!(named, ["bin", "limit", "offset", "limit"]);
    }
}
