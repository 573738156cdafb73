//! The heuristics as lists, in lower case and sorted, so that a librarian can edit them.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Words that stand before a person's name: titles, ranks, roles. The last word of one is enough:
/// "Foreign Minister" ends in "minister".
#[rustfmt::skip]
pub(super) const TITLES: &[&str] = &[
    "adm", "admiral", "adviser", "advisor", "ambassador", "archbishop", "ayatollah", "baroness", "bishop",
    "brigadier", "capt", "captain", "cardinal", "chairman", "chairwoman", "chancellor", "chief", "cmdr",
    "col", "colonel", "commander", "commissioner", "comrade", "congressman", "congresswoman", "coordinator",
    "count", "dame", "deputy", "diplomat", "director", "dr", "emir", "emperor", "empress", "envoy", "gen",
    "general", "generalissimo", "gov", "governor", "hojatoleslam", "hojjatoleslam", "imam", "judge",
    "justice", "king", "lady", "lawmaker", "leader", "lieutenant", "lord", "lt", "madame", "maj", "major",
    "marshal", "maulana", "mawlawi", "mayor", "minister", "monsieur", "mp", "mr", "mrs", "ms", "mufti",
    "mullah", "negotiator", "official", "pope", "premier", "president", "prime", "prince", "princess",
    "prof", "professor", "prosecutor", "queen", "rabbi", "rep", "representative", "rev", "reverend",
    "sayed", "sayyed", "sayyid", "secretary", "sen", "senator", "sergeant", "seyed", "seyyed", "sgt",
    "shah", "shaikh", "sheik", "sheikh", "sir", "speaker", "spokesman", "spokesperson", "spokeswoman",
    "sultan", "vice",
];

/// Roles that lead to a name in small letters too: "spokesman Zabiullah …".
#[rustfmt::skip]
pub(super) const ROLES: &[&str] = &[
    "activist", "adviser", "advisor", "ambassador", "analyst", "candidate", "chairman", "chairwoman",
    "chief", "commander", "commentator", "correspondent", "counterpart", "diplomat", "director",
    "economist", "envoy", "founder", "governor", "historian", "journalist", "lawmaker", "lawyer", "leader",
    "mayor", "minister", "named", "negotiator", "president", "professor", "prosecutor", "secretary",
    "senator", "spokesman", "spokesperson", "spokeswoman",
];

/// Words that open a sentence with a capital and are no part of a name.
#[rustfmt::skip]
pub(super) const OPENERS: &[&str] = &[
    "a", "according", "after", "again", "against", "all", "also", "although", "among", "an", "and",
    "another", "any", "as", "asked", "at", "because", "before", "both", "but", "by", "can", "despite",
    "did", "does", "during", "each", "earlier", "even", "ever", "every", "for", "former", "from", "had",
    "has", "he", "her", "here", "his", "how", "however", "if", "in", "instead", "is", "it", "its", "last",
    "later", "like", "many", "meanwhile", "most", "neither", "no", "nor", "not", "now", "of", "on", "once",
    "one", "only", "or", "others", "our", "over", "s", "she", "should", "since", "so", "some", "still",
    "such", "that", "the", "their", "then", "there", "these", "they", "this", "those", "though", "through",
    "thus", "to", "today", "under", "unless", "unlike", "until", "was", "we", "were", "what", "when",
    "where", "whether", "which", "while", "who", "whose", "why", "will", "with", "within", "without",
    "yesterday", "yet", "you", "your",
];

/// Given names that are met before a surname which is also the name of a state or a city.
#[rustfmt::skip]
pub(super) const GIVEN_NAMES: &[&str] = &[
    "adam", "alan", "albert", "alex", "alexander", "alice", "allen", "amanda", "andrew", "andy", "angela",
    "ann", "anna", "anne", "anthony", "arthur", "barbara", "ben", "benjamin", "bernard", "betty", "bill",
    "bob", "brian", "bruce", "carl", "carol", "caroline", "catherine", "charles", "charlie", "chris",
    "christian", "christine", "christopher", "claire", "daniel", "david", "dennis", "diana", "donald",
    "dorothy", "douglas", "edward", "elizabeth", "emily", "emma", "eric", "erica", "ernest", "frank",
    "fred", "gary", "george", "gerald", "gordon", "graham", "grant", "greg", "hamilton", "harold", "harry",
    "helen", "henry", "herbert", "howard", "hugh", "ian", "jack", "jacob", "james", "jane", "janet",
    "jason", "jean", "jeff", "jennifer", "jeremy", "jerry", "jessica", "jill", "jim", "jimmy", "joan",
    "joe", "john", "jonathan", "joseph", "julia", "julian", "julie", "karen", "kate", "katherine", "keith",
    "kelly", "ken", "kenneth", "kevin", "larry", "laura", "lawrence", "lee", "lewis", "lily", "linda",
    "lisa", "louis", "louise", "lucy", "margaret", "maria", "marie", "mark", "martin", "mary", "matthew",
    "max", "melania", "michael", "michelle", "mike", "nancy", "neil", "nicholas", "nick", "oliver", "oscar",
    "pamela", "patricia", "patrick", "paul", "peter", "philip", "phillip", "rachel", "ralph", "ray",
    "raymond", "rebecca", "richard", "rick", "robert", "robin", "roger", "ron", "ronald", "rose", "roy",
    "russell", "ruth", "ryan", "sam", "samuel", "sandra", "sara", "sarah", "scott", "sean", "sharon",
    "simon", "sophie", "stanley", "stephen", "steve", "steven", "stuart", "susan", "ted", "terry",
    "theodore", "thomas", "tim", "timothy", "todd", "tom", "tony", "vernon", "victor", "victoria",
    "vincent", "walter", "wayne", "wendy", "william",
];

/// Words after a person's name that make it the name of something else.
#[rustfmt::skip]
pub(super) const THINGS: &[&str] = &[
    "airport", "avenue", "award", "boulevard", "bridge", "center", "centre", "college", "foundation",
    "highway", "hospital", "institute", "intercontinental", "international", "library", "medal", "memorial",
    "mosque", "museum", "park", "plaza", "prize", "road", "school", "square", "stadium", "street", "tower",
    "university",
];

/// Words that can follow the name of a state without making it part of another name.
#[rustfmt::skip]
pub(super) const FOLLOWERS: &[&str] = &[
    "ambassador", "army", "central", "chief", "crown", "defence", "defense", "deputy", "election",
    "embassy", "finance", "foreign", "friday", "general", "government", "interior", "january", "july",
    "june", "king", "march", "may", "minister", "ministry", "monday", "october", "oil", "parliament",
    "premier", "president", "prime", "queen", "saturday", "september", "sunday", "supreme", "thursday",
    "tuesday", "wednesday", "who",
];

/// What a government does: a capital before such a word stands for its state.
#[rustfmt::skip]
pub(super) const GOVERNMENT_VERBS: &[&str] = &[
    "accepted", "accepts", "accused", "accuses", "agreed", "agrees", "aims", "announced", "argued",
    "argues", "asked", "backed", "backs", "believes", "blamed", "blames", "called", "calls", "claimed",
    "claims", "condemned", "condemns", "confirmed", "considers", "criticised", "criticized", "decided",
    "declared", "demanded", "demands", "denied", "denies", "expects", "expelled", "fears", "hopes",
    "imposed", "insisted", "insists", "intends", "maintains", "objected", "offered", "opposed", "opposes",
    "pledged", "promised", "proposed", "protested", "recalled", "recognised", "recognized", "refused",
    "refuses", "rejected", "rejects", "replied", "responded", "said", "says", "seeks", "sees", "sent",
    "signed", "sought", "supports", "threatened", "threatens", "urged", "urges", "views", "vowed", "vows",
    "wanted", "wants", "warned", "warns", "welcomed",
];

/// What a government has: a capital's possessive before such a word stands for its state.
#[rustfmt::skip]
pub(super) const GOVERNMENT_NOUNS: &[&str] = &[
    "actions", "allies", "ally", "ambassador", "ambitions", "behaviour", "claim", "claims", "control",
    "decision", "demand", "demands", "diplomacy", "diplomatic", "economic", "enemies", "envoy", "foreign",
    "goals", "government", "influence", "insistence", "intentions", "interests", "intervention", "invasion",
    "leaders", "leadership", "military", "missile", "nuclear", "offer", "opposition", "policies", "policy",
    "political", "position", "pressure", "proposal", "proposals", "proxies", "reaction", "refusal",
    "regional", "relations", "response", "rulers", "sanctions", "security", "stance", "strategic",
    "strategy", "support", "threat", "threats", "ties", "willingness",
];

/// Nouns that a name of several words may write small: "Iraqi army", "Haqqani network".
#[rustfmt::skip]
pub(super) const COMMON_NOUNS: &[&str] = &[
    "agency", "air", "armed", "army", "autonomous", "bank", "brigade", "cartel", "central", "coalition", "commission",
    "constitutional", "council", "court", "defence", "defense", "democratic", "division", "finance", "force", "forces",
    "foreign", "gang", "government", "group", "guard", "guards", "health", "intelligence", "interior",
    "islands", "justice", "military", "militia", "ministry", "movement", "navy", "network", "newspaper",
    "opposition", "parliament", "parties", "party", "peninsula", "police", "province", "rebels", "regime", "region",
    "security", "separatists", "service", "space", "strip", "supreme", "team", "trade", "tribesmen", "tribunal",
    "union",
];

/// Phrases that hold the name of a state but mean no state.
#[rustfmt::skip]
pub(super) const NOT_NAMES: &[&str] = &[
    "African American", "African Americans", "Arab American", "Arab Americans", "Asian American",
    "Asian Americans", "Brazil nut",
    "Finlandia Hall", "Finlandia Halle", "Chinese New Year", "Georgia Tech", "Iranian American",
    "Iranian Americans", "Jewish American", "Jewish Americans", "Mexican American", "Mexican Americans",
    "Muslim American", "Muslim Americans", "Native American", "Native Americans", "North Pole",
    "South Pole",
];

/// Where a whole line is in capitals, "US" behind such a word is no state: "LET US GO".
#[rustfmt::skip]
pub(super) const BEFORE_US: &[&str] = &[
    "about", "all", "among", "both", "for", "from", "gave", "give", "gives", "help", "helps", "join", "keep",
    "let", "lets", "like", "make", "makes", "of", "save", "show", "shows", "takes", "teach", "tell", "tells",
    "to", "told", "unites", "with",
];

/// Behind the common name of a party or a body they make it a minister's or a ministry's field:
/// "Labour Minister".
#[rustfmt::skip]
pub(super) const PORTFOLIOS: &[&str] = &[
    "commissioner", "court", "day", "department", "law", "market", "minister", "ministers", "ministry",
    "secretary",
];

/// Acronyms that are ordinary words, before which no article stands then: in capitals "THE US" is no "us".
#[rustfmt::skip]
pub(super) const BEHIND_ARTICLES: &[&str] = &[
    "us",
];

/// Surnames that are ordinary words: after the full name they count only behind a title.
#[rustfmt::skip]
pub(super) const ORDINARY_SURNAMES: &[&str] = &[
    "ban", "brown", "church", "cook", "gore", "grant", "heath", "home", "hope", "hunt", "king", "long",
    "lord", "major", "march", "may", "owen", "park", "rice", "rose", "straw", "will", "wise", "young",
];

/// Small words inside a person's name.
#[rustfmt::skip]
pub(super) const PARTICLES: &[&str] = &[
    "al", "ben", "bin", "bint", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "ibn",
    "la", "le", "ter", "ul", "van", "von", "zu", "zur",
];

/// Small words that a hyphen ties to a person's name without being part of it: "Lind-led".
#[rustfmt::skip]
pub(super) const TAILS: &[&str] = &[
    "aligned", "backed", "based", "born", "bound", "controlled", "era", "held", "led", "like", "linked",
    "made", "occupied", "owned", "run", "style",
];

/// Small words inside the name of an organisation.
#[rustfmt::skip]
pub(super) const LINKS: &[&str] = &[
    "and", "for", "in", "of", "on", "the", "to",
];

/// Words that no person's name holds: what follows the title is an office or a body.
#[rustfmt::skip]
pub(super) const NOT_IN_PERSONS: &[&str] = &[
    "affairs", "agency", "airlines", "april", "army", "assembly", "association", "august", "authority",
    "bank", "board", "chief", "christian", "co", "command", "commission", "committee", "company",
    "conference", "congress", "corp", "corps", "council", "court", "december", "defence", "defense",
    "democratic", "department", "deputy", "director", "dynamics", "election", "electric", "executive",
    "february", "federal", "first", "foods", "force", "forces", "foreign", "friday", "fund", "general",
    "government", "group", "high", "house", "inc", "institute", "intelligence", "interior", "international",
    "islamic", "january", "july", "june", "league", "ltd", "march", "media", "mills", "minister",
    "ministers", "ministry", "monday", "motors", "national", "november", "october", "of", "office",
    "officer", "organisation", "organization", "parliament", "party", "people", "police", "president",
    "prime", "republic", "republican", "saturday", "secretariat", "secretary", "security", "senate",
    "september", "service", "social", "spokesman", "staff", "state", "sunday", "supreme", "the", "thursday",
    "times", "treasury", "tuesday", "union", "united", "university", "war", "wednesday", "world",
];

/// Heads of phrases with an acronym that name no actor: "Comprehensive Test Ban Treaty (CTBT)".
#[rustfmt::skip]
pub(super) const NOT_ACTORS: &[&str] = &[
    "accord", "accords", "act", "action", "agreement", "aircraft", "area", "average", "award", "awards",
    "balance", "bill", "conference", "contract", "contracts", "convention", "corridor", "cup", "day",
    "disease", "disorder", "dollar", "effort", "estimate", "exchange", "exchanges", "exercise",
    "exhibition", "expo", "fair", "festival", "field", "game", "games", "highway", "index", "initiative",
    "law", "machine", "member", "members", "minister", "ministers", "missile", "missiles", "mission",
    "olympiad", "olympics", "operation", "pipeline", "plan", "platform", "point", "port", "process",
    "product", "program", "programme", "project", "protocol", "rate", "rates", "reactor", "report",
    "requirement", "review", "rights", "scale", "sequencing", "standard", "standards", "strategy", "summit",
    "syndrome", "system", "systems", "talks", "tax", "technology", "test", "therapy", "time", "treaty",
    "unit", "vehicle", "vehicles", "virus", "war", "weapons", "year", "zone",
];

/// Words that tell an organ of a state.
#[rustfmt::skip]
pub(super) const INSTITUTION_WORDS: &[&str] = &[
    "administration", "agency", "army", "assembly", "authority", "commission", "congress", "court",
    "department", "directorate", "guard", "guards", "ministry", "navy", "office", "parliament", "police",
    "senate", "tribunal",
];

/// Words that tell an armed group.
#[rustfmt::skip]
pub(super) const ARMED_WORDS: &[&str] = &[
    "brigade", "brigades", "guerrilla", "insurgent", "liberation", "militia",
];

static FAMILY_NAMES: LazyLock<HashSet<&str>> =
    LazyLock::new(|| entries(include_str!("../../data/lists/family-names-first.txt")));
static ORGANISATION_HEADS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| entries(include_str!("../../data/lists/organisation-heads.txt")));
static NO_ACTOR_HEADS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| entries(include_str!("../../data/lists/no-actor-heads.txt")));
static KEPT_TITLES: LazyLock<HashSet<&str>> =
    LazyLock::new(|| entries(include_str!("../../data/lists/kept-titles.txt")));
static RANKS: LazyLock<HashSet<&str>> = LazyLock::new(|| entries(include_str!("../../data/lists/ranks.txt")));

/// Whether a word is a title or a rank before a person's name.
pub(super) fn is_title_or_rank(word: &str) -> bool {
    holds(TITLES, word) || RANKS.contains(word)
}

/// Whether a family's name comes before the given name: "Xi Jinping" is Xi.
pub(super) fn comes_first(word: &str) -> bool {
    FAMILY_NAMES.contains(word)
}

/// Heads of the names of organisations.
pub(super) fn organisation_heads() -> &'static HashSet<&'static str> {
    &ORGANISATION_HEADS
}

/// Heads of names that act nowhere.
pub(super) fn no_actor_heads() -> &'static HashSet<&'static str> {
    &NO_ACTOR_HEADS
}

/// Titles that are part of a name.
pub(super) fn kept_titles() -> &'static HashSet<&'static str> {
    &KEPT_TITLES
}

/// The entries of a file of `ingest/data/lists`, of all its languages.
pub(super) fn entries(file: &'static str) -> HashSet<&'static str> {
    let lines = file.lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with(['#', '['])).collect()
}

/// Whether a sorted list holds a word.
pub(super) fn holds(list: &[&str], word: &str) -> bool {
    list.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_that_is_searched_is_sorted_and_in_small_letters() {
        let lists = [
            TITLES,
            ROLES,
            OPENERS,
            GIVEN_NAMES,
            THINGS,
            FOLLOWERS,
            GOVERNMENT_VERBS,
            GOVERNMENT_NOUNS,
            COMMON_NOUNS,
            BEFORE_US,
            PORTFOLIOS,
            BEHIND_ARTICLES,
            ORDINARY_SURNAMES,
            PARTICLES,
            TAILS,
            LINKS,
            NOT_IN_PERSONS,
            NOT_ACTORS,
            INSTITUTION_WORDS,
            ARMED_WORDS,
        ];
        for list in lists {
            for pair in list.windows(2) {
                assert!(pair[0] < pair[1], "{} must stand before {}", pair[1], pair[0]);
            }
            assert!(list.iter().all(|word| word.to_lowercase() == **word));
        }
    }
}
