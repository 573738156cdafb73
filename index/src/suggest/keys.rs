//! Brings names together that are worth a comparison, by keys that two of them share.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::words::Words;

/// A key that more names share says nothing; they meet by others, if they are close.
const CROWD: usize = 400;
/// Shorter names differ in one letter by chance.
pub(super) const LONG: usize = 8;

/// Tells every pair of places whose names share a key; a pair may be told twice.
pub(super) fn each_pair<'w>(names: impl Iterator<Item = &'w Words>, mut tell: impl FnMut(usize, usize)) {
    let mut met: Vec<(u64, u32)> = Vec::new();
    for (place, words) in names.enumerate() {
        // Four billion names will not come.
        let place = u32::try_from(place).unwrap_or(u32::MAX);
        met.extend(keys(words).into_iter().map(|key| (key, place)));
    }
    met.sort_unstable();
    met.dedup();
    let groups = met.chunk_by(|(one, _), (other, _)| one == other);
    for group in groups.filter(|group| (2..=CROWD).contains(&group.len())) {
        for (place, (_, one)) in group.iter().enumerate() {
            group[..place].iter().for_each(|(_, other)| tell(*other as usize, *one as usize));
        }
    }
}

fn hash(key: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

fn keys(name: &Words) -> Vec<u64> {
    let person = name.person;
    let mut keys = vec![hash(("sounds", person, name.sorted_sounds()))];
    // Two that differ in one letter share one half, whichever letter it is.
    let length = name.letters.len();
    if length + 1 >= LONG {
        for half in [length / 2, (length - 1) / 2, length.div_ceil(2)] {
            keys.push(hash(("begins", person, &name.letters[..half])));
            keys.push(hash(("ends", person, &name.letters[length - half..])));
        }
    }
    // One that has a word more shares what is left without it.
    let words = &name.words;
    if words.len() > 1 {
        keys.extend((0..words.len()).map(|gone| {
            let left: Vec<_> = words.iter().enumerate().filter(|(place, _)| *place != gone).collect();
            hash(("words", person, left.into_iter().map(|(_, word)| word).collect::<Vec<_>>()))
        }));
    }
    keys.push(hash(("words", person, words.iter().collect::<Vec<_>>())));
    if person {
        if let [first, .., last] = words.as_slice() {
            keys.push(hash(("family", first.chars().next(), last)));
        }
    } else {
        keys.push(hash(("telling", name.telling())));
        let initials = name.initials();
        match words.as_slice() {
            [acronym] if (2..=8).contains(&acronym.chars().count()) => {
                keys.push(hash(("initials", acronym.as_str())))
            }
            _ if initials.chars().nth(1).is_some() => keys.push(hash(("initials", initials.as_str()))),
            _ => {}
        }
    }
    keys
}
