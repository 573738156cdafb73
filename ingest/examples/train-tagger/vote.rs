//! What several taggers say of one text, made into one: where most of them agree they are believed,
//! and where they don't, everything that one of them says is left open.

use dateline_ingest::actors::evaluate::Name;

/// The names of a text as one tagger sees them, and how much it counts.
#[derive(Debug)]
pub(crate) struct Reading {
    /// Its names, in order.
    pub(crate) names: Vec<Name>,
    /// How much it counts.
    pub(crate) weight: f32,
}

/// A passage that the taggers read differently.
#[derive(Debug)]
pub(crate) struct Doubt {
    /// Its first byte.
    pub(crate) start: usize,
    /// One past its last byte.
    pub(crate) end: usize,
    /// The names in it as some tagger sees them.
    pub(crate) readings: Vec<Vec<Name>>,
}

/// The names on which more than half of the votes agree, and the passages without such.
pub(crate) fn vote(readings: &[Reading]) -> (Vec<Name>, Vec<Doubt>) {
    let total: f32 = readings.iter().map(|reading| reading.weight).sum();
    let (mut names, mut doubts) = (Vec::new(), Vec::new());
    for (start, end) in passages(readings) {
        let mut ballots: Vec<(Vec<Name>, f32)> = Vec::new();
        for reading in readings {
            let within = reading.names.iter().filter(|name| start <= name.start && name.end <= end);
            let within: Vec<Name> = within.copied().collect();
            match ballots.iter_mut().find(|(said, _)| *said == within) {
                Some((_, votes)) => *votes += reading.weight,
                None => ballots.push((within, reading.weight)),
            }
        }
        match ballots.iter().find(|(_, votes)| *votes > 0.5 * total) {
            Some((said, _)) => names.extend(said),
            None => {
                let readings = ballots.into_iter().map(|(said, _)| said).collect();
                doubts.push(Doubt { start, end, readings });
            }
        }
    }
    (names, doubts)
}

/// The passages that names lie in, overlapping ones made one.
fn passages(readings: &[Reading]) -> Vec<(usize, usize)> {
    let names = readings.iter().flat_map(|reading| &reading.names);
    let mut spans: Vec<_> = names.map(|name| (name.start, name.end)).collect();
    spans.sort_unstable();
    let mut passages: Vec<(usize, usize)> = Vec::new();
    for (start, end) in spans {
        match passages.last_mut().filter(|passage| start < passage.1) {
            Some(passage) => passage.1 = passage.1.max(end),
            None => passages.push((start, end)),
        }
    }
    passages
}
