//! Invented news: events in towns that don't exist, each reported by outlets that don't exist, the same every time.

use serde_json::{Value, json};

use crate::dice::Dice;

/// Syllables that names are made of.
const OPENINGS: [&str; 24] = [
    "Bel", "Cor", "Dal", "Ester", "Fal", "Gren", "Hal", "Ister", "Jor", "Kel", "Lor", "Mar", "Nor", "Ost",
    "Pel", "Quen", "Ros", "Sel", "Tar", "Ulver", "Vel", "Wes", "Yar", "Zel",
];
const MIDDLES: [&str; 16] =
    ["a", "an", "er", "en", "i", "in", "o", "on", "ar", "el", "or", "ul", "em", "is", "ad", "ov"];
const TOWN_ENDS: [&str; 12] =
    ["by", "ford", "ham", "mouth", "wick", "ton", "stead", "burgh", "haven", "dale", "port", "minster"];
const PERSON_ENDS: [&str; 10] = ["sen", "man", "ley", "ard", "well", "strom", "kins", "eau", "etti", "ovic"];
const FIRST: [&str; 20] = [
    "Anna", "Bram", "Clara", "David", "Elin", "Frank", "Greta", "Hugo", "Ines", "Jonas", "Karin", "Lewis",
    "Mona", "Nils", "Olga", "Peter", "Rosa", "Simon", "Tilda", "Viktor",
];
const THINGS: [(&str, &str); 10] = [
    ("bridge", "the bridge over the river"),
    ("hospital", "the district hospital"),
    ("harbour", "the new harbour wall"),
    ("tram", "the tram line to the station"),
    ("reservoir", "the upper reservoir"),
    ("school", "the secondary school"),
    ("market", "the covered market"),
    ("power", "the power station"),
    ("library", "the public library"),
    ("museum", "the maritime museum"),
];
const SECTIONS: [&str; 8] =
    ["World", "Politics", "Business", "Technology", "Science", "Health", "Culture", "Sport"];

/// How many outlets there are.
pub(super) const OUTLETS: usize = 120;

impl Dice {
    fn town(&mut self) -> String {
        format!("{}{}{}", self.pick(&OPENINGS), self.pick(&MIDDLES), self.pick(&TOWN_ENDS))
    }

    fn person(&mut self) -> (String, String) {
        let last = format!("{}{}{}", self.pick(&OPENINGS), self.pick(&MIDDLES), self.pick(&PERSON_ENDS));
        (self.pick(&FIRST).to_owned(), last)
    }
}

/// The domain and the name of an outlet.
pub(super) fn outlet(number: usize) -> (String, String) {
    let mut dice = Dice::new(900_000 + number as u64);
    let town = dice.town();
    let kind = dice.pick(&["Courier", "Post", "Ledger", "Echo", "Herald", "Gazette"]);
    (format!("{}{}{number}.example", town.to_lowercase(), kind.to_lowercase()), format!("{town} {kind}"))
}

/// One event.
pub(super) struct Event {
    number: usize,
    town: String,
    mayor: (String, String),
    critic: (String, String),
    thing: (&'static str, &'static str),
    cost: usize,
    votes: (usize, usize),
    workers: usize,
    months: usize,
    /// When the first report came, in days since 1970.
    pub(super) day: i64,
    /// The section it belongs to.
    pub(super) section: &'static str,
}

impl Event {
    /// Event number so and so; later ones have higher numbers.
    pub(super) fn new(number: usize) -> Self {
        let mut dice = Dice::new(number as u64 + 1);
        let for_it = 20 + dice.below(30);
        Self {
            number,
            town: dice.town(),
            mayor: dice.person(),
            critic: dice.person(),
            thing: dice.pick(&THINGS),
            cost: 3 + dice.below(180),
            votes: (for_it, 5 + dice.below(14)),
            workers: 40 + dice.below(900),
            months: 4 + dice.below(30),
            day: 20_000 + i64::try_from(number).unwrap_or(0) / 30,
            section: SECTIONS[number % SECTIONS.len()],
        }
    }

    /// Where it happened.
    pub(super) fn town(&self) -> &str {
        &self.town
    }

    /// The id of its report by that outlet.
    pub(super) fn report_id(&self, at: usize) -> String {
        format!("e{}-{at}", self.number)
    }

    /// The domain of that outlet.
    pub(super) fn domain(&self, at: usize) -> String {
        outlet((self.number * 31 + at * 7) % OUTLETS).0
    }

    /// The report of one outlet, as a record that nutgraf reads.
    pub(super) fn report(&self, at: usize) -> Value {
        let mut dice = Dice::new((self.number * 1000 + at) as u64 + 7);
        let (domain, name) = outlet((self.number * 31 + at * 7) % OUTLETS);
        let facts = self.facts(&mut dice);
        let hours = 6 + at % 16;
        let date = iso_day(self.day);
        let title = match dice.below(3) {
            0 => format!("{} council votes to rebuild {}", self.town, self.thing.1),
            1 => format!("{} to spend {} million crowns on {}", self.town, self.cost, self.thing.1),
            _ => format!("Council in {} backs plan for {}", self.town, self.thing.1),
        };
        json!({
            "id": self.report_id(at),
            "url": format!("https://{domain}/news/{}/{}-{at}", self.number, self.thing.0),
            "date": format!("{date}T{hours:02}:{:02}:00Z", dice.below(60)),
            "title": title,
            "text": facts.join("\n\n"),
            "outlet": name,
            "lang": "en",
            "story": self.number.to_string(),
        })
    }

    /// What happened, in this outlet's words and order.
    fn facts(&self, dice: &mut Dice) -> Vec<String> {
        let (town, thing, cost) = (&self.town, self.thing.1, self.cost);
        let (yes, no) = self.votes;
        let (mayor, mayor_last) = (&self.mayor.0, &self.mayor.1);
        let (critic, critic_last) = (&self.critic.0, &self.critic.1);
        let (workers, months) = (self.workers, self.months);
        let lead = dice.pick(&[0, 1]);
        let mut facts = vec![match lead {
            0 => format!(
                "The council of {town} voted by {yes} to {no} on Tuesday to rebuild {thing} at a cost of {cost} million crowns."
            ),
            _ => format!(
                "Councillors in {town} approved a plan on Tuesday to rebuild {thing} for {cost} million crowns, by {yes} votes to {no}."
            ),
        }];
        let mut rest = vec![
            format!(
                "Mayor {mayor} {mayor_last} said the work would begin in spring and take {months} months."
            ),
            format!(
                "“We have waited too long for {thing},” {mayor_last} told the meeting in the town hall of {town}."
            ),
            format!(
                "The plan would give work to {workers} people while it lasts, according to the council’s own report."
            ),
            format!(
                "{critic} {critic_last}, who led the opposition, said the town could not afford {cost} million crowns."
            ),
            format!("“Nobody has shown us where the money comes from,” said {critic_last}."),
            format!(
                "An engineer’s survey found last year that {thing} in {town} was unsafe in {} places.",
                2 + workers % 17
            ),
            format!("About {} residents had signed a petition for the plan before the vote.", workers * 7),
            format!("The regional government in {} will pay a third of the sum.", dice.town()),
            format!(
                "Traffic near the site will be led around {} during the work, the council said.",
                dice.town()
            ),
            format!("The contract is to be awarded in {} weeks.", 3 + months % 9),
            format!(
                "Local historian {} {} said the first stone was laid {} years ago.",
                dice.pick(&FIRST),
                dice.person().1,
                60 + cost
            ),
            format!("Shopkeepers asked for compensation of {} crowns a week.", 100 + workers),
        ];
        for at in (1..rest.len()).rev() {
            rest.swap(at, dice.below(at + 1));
        }
        rest.truncate(7 + dice.below(5));
        facts.extend(rest);
        facts
    }
}

/// A day since 1970 as ISO 8601 (civil-from-days, Howard Hinnant, 2013).
fn iso_day(day: i64) -> String {
    let z = day + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let (d, m) = (doy - (153 * mp + 2) / 5 + 1, if mp < 10 { mp + 3 } else { mp - 9 });
    let y = yoe + era * 400 + i64::from(m <= 2);
    format!("{y:04}-{m:02}-{d:02}")
}
