//! Six invented stories, each as facts in two wordings (data): outlets word and order them differently.

/// A story: its section and headlines, and its facts, each in two wordings.
pub(super) struct News {
    /// Two headlines.
    pub(super) titles: [&'static str; 2],
    /// Facts in two wordings.
    pub(super) facts: [[&'static str; 2]; 5],
    /// What the third fact becomes when an outlet corrects it.
    pub(super) corrected: &'static str,
}

pub(super) const NEWS: [News; 6] = [
    News {
        titles: [
            "Bridge at Corrow closes after cracks are found",
            "Cracks close the Corrow bridge to all traffic",
        ],
        facts: [
            [
                "The bridge over the River Corrow was closed to all traffic on Monday after engineers found cracks in two girders.",
                "Engineers closed the bridge over the River Corrow on Monday after they found cracks in two of its girders.",
            ],
            [
                "About 14,000 vehicles cross the bridge on a working day, according to the county of Hallam.",
                "The county of Hallam says that about 14,000 vehicles use the crossing on a working day.",
            ],
            [
                "Repairs of the girders will take at least six weeks, county engineer Mara Dunning said.",
                "Mara Dunning, the county engineer, said repairs of the girders would take at least six weeks.",
            ],
            [
                "A ferry will carry pedestrians across the river from Wednesday, and drivers must take the road through Pellow.",
                "Pedestrians can use a ferry from Wednesday, while drivers are sent along the road through Pellow.",
            ],
            [
                "The bridge was built in 1961 and was last inspected in the spring of 2022.",
                "Built in 1961, the bridge had its last inspection in the spring of 2022.",
            ],
        ],
        corrected: "Repairs of the girders will take at least nine weeks, county engineer Mara Dunning said.",
    },
    News {
        titles: ["Observatory on Mount Istrel finds a comet", "New comet is found from Mount Istrel"],
        facts: [
            [
                "Astronomers at the Istrel observatory have discovered a comet that will pass the Earth in October.",
                "A comet that passes the Earth in October has been discovered by astronomers at the Istrel observatory.",
            ],
            [
                "The comet was first seen on 3 April on images that a student, Pavel Osk, had set aside as faulty.",
                "Pavel Osk, a student, first saw the comet on 3 April on images that had been set aside as faulty.",
            ],
            [
                "It will come no closer than 41 million kilometres, the observatory said.",
                "The observatory said it would come no closer than 41 million kilometres.",
            ],
            [
                "People in the northern half of the world may be able to see it without a telescope for about ten nights.",
                "It may be visible without a telescope for about ten nights in the northern half of the world.",
            ],
            [
                "Its orbit suggests that it has never been near the Sun before, astronomer Lidia Brandt said.",
                "Astronomer Lidia Brandt said its orbit suggests that it was never near the Sun before.",
            ],
        ],
        corrected: "It will come no closer than 44 million kilometres, the observatory said.",
    },
    News {
        titles: [
            "Bakers of Tarn strike over night work",
            "Strike over night shifts empties bakeries in Tarn",
        ],
        facts: [
            [
                "Bakers in the city of Tarn began a strike on Tuesday over extra pay for night shifts.",
                "A strike over extra pay for night shifts began on Tuesday among the bakers of Tarn.",
            ],
            [
                "Some 2,300 workers in 180 bakeries take part, the bakers’ union said.",
                "The bakers’ union said that some 2,300 workers in 180 bakeries were taking part.",
            ],
            [
                "The union demands 4 crowns more for each hour that is worked after midnight.",
                "For each hour worked after midnight the union demands 4 crowns more.",
            ],
            [
                "Employers called the demand unaffordable and offered to talk about shorter shifts instead.",
                "The employers offered to talk about shorter shifts and called the demand unaffordable.",
            ],
            [
                "Hospitals and schools are supplied as usual under an agreement between both sides.",
                "Under an agreement between both sides, hospitals and schools get bread as usual.",
            ],
        ],
        corrected: "The union demands 5 crowns more for each hour that is worked after midnight.",
    },
    News {
        titles: [
            "Flood barrier at Low Marrick passes its first test",
            "First test of Low Marrick barrier succeeds",
        ],
        facts: [
            [
                "The new flood barrier at Low Marrick held back a spring tide for the first time on Thursday night.",
                "On Thursday night the new flood barrier at Low Marrick held back a spring tide for the first time.",
            ],
            [
                "Its twelve steel gates were raised within 35 minutes, the water authority said.",
                "The water authority said the twelve steel gates had been raised within 35 minutes.",
            ],
            [
                "The barrier cost 212 million crowns, which is 30 million more than planned.",
                "At 212 million crowns the barrier cost 30 million more than was planned.",
            ],
            [
                "A storm in 2013 had flooded 900 homes in Low Marrick and killed three people.",
                "In 2013 a storm killed three people and flooded 900 homes in Low Marrick.",
            ],
            [
                "Fishermen complained that the gates close the harbour for longer than they were promised.",
                "The gates close the harbour for longer than was promised, fishermen complained.",
            ],
        ],
        corrected: "The barrier cost 221 million crowns, which is 39 million more than planned.",
    },
    News {
        titles: [
            "Orchestra of Velden names Ines Carro conductor",
            "Ines Carro will lead the Velden orchestra",
        ],
        facts: [
            [
                "The symphony orchestra of Velden has named Ines Carro as its next principal conductor.",
                "Ines Carro will be the next principal conductor of the symphony orchestra of Velden.",
            ],
            [
                "She is 37 and will be the first woman to hold the post in 110 years.",
                "At 37 she will be the first woman in the post in 110 years.",
            ],
            [
                "Her contract runs for five seasons and begins in September.",
                "The contract begins in September and runs for five seasons.",
            ],
            [
                "Players chose her with 71 of 84 votes after two concerts in the winter.",
                "After two concerts in the winter, 71 of the 84 players voted for her.",
            ],
            [
                "Her predecessor, Otto Lindqvist, leaves after a quarrel with the council about the new concert hall.",
                "Otto Lindqvist, her predecessor, leaves after he quarrelled with the council about the new concert hall.",
            ],
        ],
        corrected: "Her contract runs for four seasons and begins in September.",
    },
    News {
        titles: ["Wolves return to the Greyfell forest", "First wolves in a century are seen in Greyfell"],
        facts: [
            [
                "A pair of wolves has settled in the Greyfell forest, the first there for more than a century.",
                "For the first time in more than a century, a pair of wolves has settled in the Greyfell forest.",
            ],
            [
                "Cameras of the forest service filmed the animals with four pups near the lake of Sorn.",
                "Near the lake of Sorn the animals were filmed with four pups by cameras of the forest service.",
            ],
            [
                "Shepherds have lost 19 sheep since January and ask for money for fences.",
                "Since January shepherds have lost 19 sheep, and they ask for money for fences.",
            ],
            [
                "The ministry will pay for dogs and fences within 20 kilometres of the forest, minister Jon Abel said.",
                "Minister Jon Abel said the ministry would pay for dogs and fences within 20 kilometres of the forest.",
            ],
            [
                "Hunting wolves has been forbidden in the country since 1998.",
                "Since 1998 it has been forbidden to hunt wolves in the country.",
            ],
        ],
        corrected: "Shepherds have lost 23 sheep since January and ask for money for fences.",
    },
];
