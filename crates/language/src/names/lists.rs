//! Data: the words that show what a capitalised run names.

/// Words in lower case that join parts of a name.
pub(super) const PARTICLES: &[&str] =
    &["de", "da", "do", "dos", "del", "della", "di", "du", "la", "le", "van", "von", "der", "den", "bin", "ibn", "al", "el", "of", "the", "for"];

/// Capitalised words that open sentences and begin no name.
pub(super) const OPENERS: &[&str] = &[
    "according", "asked", "police", "officials", "critics", "residents", "speaking", "earlier", "later", "last", "next",
    "today", "yesterday", "meanwhile", "however", "despite", "following", "given", "including", "two", "three", "four",
    "five", "six", "seven", "eight", "nine", "ten", "hundreds", "thousands", "dozens", "people", "yes", "okay", "amid",
    "among", "besides", "nearly", "unlike", "like", "first", "second", "finally", "additionally", "authorities",
    "experts", "investigators", "voters", "workers", "lawmakers", "firefighters",
];

/// Abbreviations of which the stop belongs to the name.
pub(super) const SUFFIXES: &[&str] = &["jr", "sr", "st", "mt", "ft", "inc", "corp", "co"];

/// Days and months, which are no names.
pub(super) const CALENDAR: &[&str] = &[
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
    "april", "may", "june", "july", "august", "september", "october", "november", "december", "jan", "feb", "mar",
    "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
];

/// Words of which one makes a name that of an organisation.
pub(super) const BODIES: &[&str] = &[
    "university", "college", "school", "institute", "ministry", "department", "agency", "bureau", "council", "committee",
    "commission", "court", "party", "police", "association", "union", "federation", "foundation", "company", "corp",
    "corporation", "inc", "ltd", "llc", "plc", "group", "bank", "club", "church", "hospital", "senate", "congress",
    "parliament", "house", "army", "navy", "force", "guard", "times", "post", "news", "journal", "office", "service",
    "authority", "board", "organization", "organisation", "center", "centre", "league", "society", "administration",
];

/// Last words that make a name that of a place.
pub(super) const PLACES: &[&str] = &[
    "street", "avenue", "road", "county", "city", "river", "lake", "mountain", "mountains", "island", "islands", "bay",
    "airport", "bridge", "park", "square", "valley", "beach", "harbor", "harbour", "sea", "ocean", "province", "state",
    "states", "kingdom", "republic", "strait", "desert", "peninsula", "district", "village",
];

/// Common given names.
pub(super) const GIVEN: &[&str] = &[
    "james", "john", "robert", "michael", "david", "william", "richard", "joseph", "thomas", "charles", "daniel",
    "matthew", "anthony", "mark", "paul", "steven", "andrew", "joshua", "kevin", "brian", "george", "edward", "peter",
    "mary", "patricia", "jennifer", "linda", "elizabeth", "barbara", "susan", "jessica", "sarah", "karen", "nancy",
    "lisa", "margaret", "sandra", "ashley", "emily", "anna", "maria", "ahmed", "mohammed", "muhammad", "ali", "omar",
    "fatima", "jose", "juan", "carlos", "luis", "pedro", "jean", "pierre", "hans", "ivan", "olga", "ada", "lena",
];

/// Whether a word (lower-cased, without its stop) is a title that stands before names.
pub(super) fn is_title(word: &str) -> bool {
    const TITLES: &[&str] = &[
        "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lord", "lady", "president", "vice",
        "minister", "chancellor", "governor", "gov", "senator", "sen", "representative", "rep", "mayor", "judge",
        "justice", "general", "gen", "colonel", "col", "captain", "capt", "lieutenant", "lt", "sergeant", "sgt", "major",
        "maj", "admiral", "adm", "commander", "chief", "secretary", "ambassador", "king", "queen", "prince", "princess",
        "pope", "cardinal", "bishop", "archbishop", "rev", "reverend", "father", "sister", "officer", "detective",
        "sheriff", "coach", "chairman", "chairwoman", "director", "attorney", "speaker", "prime", "premier",
    ];
    TITLES.contains(&word)
}
