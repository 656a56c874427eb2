//! Data: the words that say nothing of a text's subject, by language, each list sorted by bytes.

/// English, lower-cased, with straight apostrophes.
pub(super) const ENGLISH: &[&str] = &[
    "a", "about", "above", "after", "again", "against", "all", "almost", "also", "although", "always", "am",
    "among", "an", "and", "another", "any", "anyone", "anything", "are", "aren't", "around", "as", "at",
    "away", "be", "became", "because", "become", "been", "before", "being", "below", "between", "both",
    "but", "by", "can", "can't", "cannot", "could", "couldn't", "did", "didn't", "do", "does", "doesn't",
    "doing", "don't", "done", "down", "during", "each", "either", "else", "enough", "even", "ever", "every",
    "everyone", "everything", "few", "for", "from", "further", "get", "gets", "getting", "got", "had",
    "hadn't", "has", "hasn't", "have", "haven't", "having", "he", "he'd", "he'll", "he's", "hence", "her",
    "here", "here's", "hers", "herself", "him", "himself", "his", "how", "how's", "however", "i", "i'd",
    "i'll", "i'm", "i've", "if", "in", "into", "is", "isn't", "it", "it'd", "it'll", "it's", "its",
    "itself", "just", "least", "less", "let", "let's", "like", "many", "may", "maybe", "me", "might",
    "mine", "more", "most", "much", "must", "my", "myself", "neither", "never", "no", "nobody", "none",
    "nor", "not", "nothing", "now", "of", "off", "often", "on", "once", "one's", "only", "onto", "or",
    "other", "others", "ought", "our", "ours", "ourselves", "out", "over", "own", "per", "perhaps", "quite",
    "rather", "really", "same", "shall", "shan't", "she", "she'd", "she'll", "she's", "should", "shouldn't",
    "since", "so", "some", "someone", "something", "still", "such", "than", "that", "that'd", "that'll",
    "that's", "the", "their", "theirs", "them", "themselves", "then", "there", "there's", "therefore",
    "these", "they", "they'd", "they'll", "they're", "they've", "this", "those", "though", "through",
    "thus", "to", "together", "too", "toward", "towards", "under", "until", "up", "upon", "us", "very",
    "was", "wasn't", "we", "we'd", "we'll", "we're", "we've", "well", "were", "weren't", "what", "what's",
    "when", "where", "where's", "whether", "which", "while", "who", "who'd", "who's", "whom", "whose",
    "why", "will", "with", "within", "without", "won't", "would", "wouldn't", "yet", "you", "you'd",
    "you'll", "you're", "you've", "your", "yours", "yourself", "yourselves",
];

/// The list of a language other than English; nothing for English and for languages without a list.
pub(super) fn of(lang: &str) -> Option<&'static [&'static str]> {
    match lang {
        "de" => Some(GERMAN),
        "fr" => Some(FRENCH),
        "es" => Some(SPANISH),
        "pt" => Some(PORTUGUESE),
        "it" => Some(ITALIAN),
        "nl" => Some(DUTCH),
        "sv" => Some(SWEDISH),
        _ => None,
    }
}

const GERMAN: &[&str] = &[
    "aber", "alle", "als", "also", "am", "an", "auch", "auf", "aus", "bei", "beim", "bin", "bis", "da",
    "damit", "dann", "das", "dass", "dem", "den", "denn", "der", "des", "die", "dies", "diese", "diesem",
    "diesen", "dieser", "dieses", "doch", "dort", "du", "durch", "ein", "eine", "einem", "einen", "einer",
    "eines", "er", "es", "für", "gegen", "hat", "hatte", "hatten", "hier", "ich", "ihm", "ihn", "ihr",
    "ihre", "ihren", "im", "in", "ist", "ja", "jetzt", "kann", "kein", "keine", "können", "mehr", "mit",
    "muss", "nach", "nicht", "noch", "nun", "nur", "oder", "ohne", "schon", "sehr", "sei", "sein", "seine",
    "seinen", "sich", "sie", "sind", "so", "soll", "um", "und", "uns", "unter", "vom", "von", "vor", "war",
    "waren", "was", "wegen", "weil", "wenn", "wer", "werden", "wie", "wir", "wird", "wurde", "wurden", "zu",
    "zum", "zur", "zwischen", "über",
];

const FRENCH: &[&str] = &[
    "afin", "ai", "ainsi", "alors", "après", "au", "aussi", "autre", "aux", "avait", "avant", "avec",
    "avoir", "c'est", "ce", "ces", "cet", "cette", "ceux", "chez", "comme", "contre", "d", "dans", "de",
    "depuis", "des", "donc", "dont", "du", "elle", "elles", "en", "entre", "est", "et", "eu", "fait", "il",
    "ils", "je", "l", "la", "le", "les", "leur", "leurs", "lors", "lui", "mais", "me", "mes", "moins",
    "mon", "même", "ne", "ni", "nos", "notre", "nous", "on", "ont", "ou", "où", "par", "pas", "pendant",
    "peu", "plus", "pour", "qu", "que", "qui", "s", "sa", "sans", "se", "selon", "ses", "si", "son", "sont",
    "sous", "sur", "ta", "te", "tous", "tout", "toute", "très", "tu", "un", "une", "vers", "vos", "votre",
    "vous", "y", "à", "été", "être",
];

const SPANISH: &[&str] = &[
    "a", "al", "algo", "ante", "antes", "así", "aunque", "cada", "como", "con", "contra", "cual", "cuando",
    "de", "del", "desde", "donde", "dos", "el", "ella", "ellas", "ellos", "en", "entre", "era", "eran",
    "es", "esa", "ese", "eso", "esta", "estaba", "este", "esto", "estos", "está", "están", "fue", "fueron",
    "ha", "había", "han", "hasta", "hay", "la", "las", "le", "les", "lo", "los", "me", "mi", "mientras",
    "muy", "más", "nada", "ni", "no", "nos", "o", "otra", "otro", "para", "pero", "poco", "por", "porque",
    "pues", "que", "quien", "qué", "se", "según", "ser", "si", "sido", "sin", "sobre", "son", "su", "sus",
    "sí", "también", "tan", "te", "tiene", "tras", "tu", "un", "una", "uno", "unos", "y", "ya", "yo", "él",
];

const PORTUGUESE: &[&str] = &[
    "a", "ao", "aos", "apenas", "após", "as", "até", "cada", "com", "como", "contra", "da", "das", "de",
    "dela", "dele", "deles", "depois", "do", "dos", "e", "ela", "elas", "ele", "eles", "em", "entre", "era",
    "essa", "esse", "esta", "este", "está", "eu", "foi", "foram", "há", "isso", "isto", "já", "lhe", "mais",
    "mas", "me", "mesmo", "muito", "na", "nas", "nem", "no", "nos", "num", "numa", "não", "nós", "o",
    "onde", "os", "ou", "para", "pela", "pelas", "pelo", "pelos", "por", "porque", "qual", "quando", "que",
    "quem", "se", "sem", "ser", "será", "seu", "seus", "sobre", "sua", "suas", "só", "também", "te", "tem",
    "têm", "um", "uma", "às", "é",
];

const ITALIAN: &[&str] = &[
    "a", "ad", "agli", "ai", "al", "alla", "alle", "allo", "anche", "ancora", "c", "che", "chi", "ci",
    "come", "con", "contro", "cui", "da", "dagli", "dai", "dal", "dalla", "dalle", "dei", "del", "dell",
    "della", "delle", "dello", "di", "dopo", "dove", "e", "ed", "era", "fra", "gli", "ha", "hanno", "i",
    "il", "in", "io", "l", "la", "le", "lei", "lo", "loro", "ma", "mi", "mia", "nei", "nel", "nell",
    "nella", "nelle", "noi", "non", "o", "ogni", "per", "perché", "più", "poi", "prima", "quale", "quando",
    "quella", "quello", "questa", "queste", "questi", "questo", "se", "sei", "senza", "si", "sia", "sono",
    "sta", "su", "sua", "sue", "sugli", "sui", "sul", "sulla", "suo", "suoi", "tra", "tutti", "un", "una",
    "uno", "è",
];

const DUTCH: &[&str] = &[
    "aan", "al", "alle", "als", "altijd", "andere", "ben", "bij", "daar", "dan", "dat", "de", "der", "deze",
    "die", "dit", "doch", "doen", "door", "dus", "een", "en", "er", "ge", "geen", "had", "heb", "hebben",
    "heeft", "hem", "het", "hier", "hij", "hoe", "hun", "iets", "ik", "in", "is", "ja", "je", "kan", "kon",
    "maar", "me", "meer", "men", "met", "mijn", "moet", "na", "naar", "niet", "niets", "nog", "nu", "of",
    "om", "omdat", "ons", "ook", "op", "over", "reeds", "te", "tegen", "toch", "toen", "tot", "u", "uit",
    "van", "veel", "voor", "want", "waren", "was", "wat", "we", "wel", "werd", "wezen", "wie", "wij", "wil",
    "worden", "wordt", "zal", "ze", "zei", "zich", "zij", "zijn", "zo", "zonder", "zou",
];

const SWEDISH: &[&str] = &[
    "alla", "allt", "att", "av", "bara", "blev", "bli", "blir", "de", "dem", "den", "denna", "deras",
    "dess", "det", "detta", "dig", "din", "du", "där", "efter", "ej", "eller", "en", "er", "ett", "från",
    "för", "ha", "hade", "han", "hans", "har", "henne", "hennes", "hon", "honom", "hur", "här", "i", "icke",
    "in", "inte", "jag", "ju", "kan", "kunde", "man", "med", "mellan", "men", "mig", "min", "mot", "mycket",
    "ni", "nu", "när", "någon", "något", "några", "och", "om", "oss", "på", "samma", "sedan", "sig", "sin",
    "sina", "skulle", "som", "så", "till", "under", "upp", "ut", "utan", "vad", "var", "vara", "varit",
    "vem", "vi", "vid", "vilka", "vilken", "än", "är",
];
