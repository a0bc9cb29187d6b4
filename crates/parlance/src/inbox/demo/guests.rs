//! Who writes to the demo business besides the people of the demo world, what they say, and what its agents do with it: one
//! table. Times are minutes before the desk was made.

use ::inbox::facts::Colour;

/// Somebody who writes.
pub(super) struct Guest {
    /// Their username.
    pub(super) username: &'static str,
    /// Their name.
    pub(super) name: &'static str,
    /// How many follow them.
    pub(super) followers: u64,
    /// What happens, oldest first.
    pub(super) steps: &'static [(i64, Step)],
}

/// Something that happens between a guest and the desk.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step {
    /// The guest follows the business.
    Follows,
    /// The guest writes.
    Says(&'static str),
    /// The guest answers the newest message of the business.
    Quotes(&'static str),
    /// The guest sends a picture.
    Photo,
    /// The guest speaks.
    Voice,
    /// The guest sends the heart.
    Heart,
    /// The guest shares one of the account's posts, by its place among them.
    Shares(usize),
    /// The guest answers the account's story.
    OnStory(&'static str),
    /// The guest mentions the business in a story of their own.
    InStory,
    /// The guest comments on one of the account's posts.
    Comments(usize, &'static str),
    /// The guest reacts to the newest message of the business.
    Reacts(&'static str),
    /// The guest looks at what the business wrote.
    Looks,
    /// The guest blocks the business.
    Blocks,
    /// An agent answers.
    Answers(&'static str, &'static str),
    /// An agent notes something for the others.
    Notes(&'static str, &'static str),
    /// It goes to an agent.
    To(&'static str),
    /// It goes to a team.
    ToTeam(&'static str),
    /// It gets a label.
    Labelled(&'static str),
    /// It is so urgent, 0 to 3.
    Urgent(u8),
    /// An agent has done with it.
    Resolved(&'static str),
    /// An agent puts it off by so many minutes.
    Snoozed(&'static str, i64),
}

use Step::{
    Answers, Blocks, Comments, Follows, Heart, InStory, Labelled, Looks, Notes, OnStory, Photo, Quotes, Reacts,
    Resolved, Says, Shares, Snoozed, To, ToTeam, Urgent, Voice,
};

/// Name and colour of each label.
pub(super) const LABELS: [(&str, Colour); 5] = [
    ("Order", Colour::Teal),
    ("Restock", Colour::Green),
    ("Complaint", Colour::Red),
    ("Wholesale", Colour::Violet),
    ("Care advice", Colour::Amber),
];

/// Name of each team, and who is in it.
pub(super) const TEAMS: [(&str, &[&str]); 2] = [("Orders", &["Ana", "Ben"]), ("Wholesale", &["Chi", "Sue"])];

/// Shortcut, title and text of each canned reply.
pub(super) const CANNED: [(&str, &str, &str); 5] = [
    ("hours", "Opening hours", "Hi {{first_name|there}}, we are open Tuesday to Saturday from 10 to 18. {{agent}}"),
    (
        "shipping",
        "Shipping",
        "We ship with tracking within two working days, {{first_name|friend}}. Abroad it takes about a week.",
    ),
    (
        "size",
        "How to find a size",
        "Measure around the chest, {{first_name|please}}, and add 8 cm: that is your size with us.",
    ),
    (
        "sorry",
        "Something went wrong",
        "I am sorry, {{name|about this}}! Send me a picture and the order's number and I put it right today. {{agent}}",
    ),
    (
        "thanks",
        "Thank you",
        "Thank you, {{first_name|dear}}! Show us how it looks: we love to see @{{account}} out there.",
    ),
];

/// How long before the desk was made the oldest step lies.
pub(super) const DAYS: i64 = 10;

/// Everybody.
pub(super) const GUESTS: [Guest; 25] = [
    // Open, in the midst of it.
    Guest {
        username: "nora.lind",
        name: "Nora Lind",
        followers: 1_240,
        steps: &[
            (191, Follows),
            (190, Says("Hej! Is the moss cardigan coming back in M?")),
            (176, To("Ana")),
            (175, Answers("Ana", "Hi Nora! It is on the needles: Thursday next week. Shall I write to you then?")),
            (174, Labelled("Restock")),
            (12, Says("Yes please, do!")),
            (11, Says("And is it the same green as in the picture?")),
        ],
    },
    // Ending soon.
    Guest {
        username: "dario.fior",
        name: "Dario Fiorentino",
        followers: 310,
        steps: &[
            (1_358, Says("My parcel is marked as delivered, but there is nothing here.")),
            (1_357, Says("It is order 20418.")),
            (1_340, Urgent(3)),
            (1_339, Labelled("Order")),
            (1_338, ToTeam("Orders")),
        ],
    },
    Guest {
        username: "hana.kimura",
        name: "Hana Kimura",
        followers: 2_870,
        steps: &[(1_412, Says("Can I still change the address of my order?")), (1_400, To("Ben"))],
    },
    // For a human agent alone.
    Guest {
        username: "olu.adeyemi",
        name: "Olu Adeyemi",
        followers: 95,
        steps: &[
            (1_692, Says("Do you repair moth holes?")),
            (1_652, To("Chi")),
            (1_651, Answers("Chi", "We do! How many are there, and where?")),
            (1_582, Says("Two, on the left sleeve. I can bring it on Saturday.")),
            (1_581, Labelled("Care advice")),
        ],
    },
    Guest {
        username: "petra.novak",
        name: "Petra Nováková",
        followers: 640,
        steps: &[(4_490, Says("Will there be a sale in January?"))],
    },
    // Answered by a human agent a day and a half after the person wrote.
    Guest {
        username: "hugo.brandt",
        name: "Hugo Brandt",
        followers: 52,
        steps: &[
            (3_050, Says("The zip of my jacket came off. It is two years old.")),
            (2_400, ToTeam("Orders")),
            (860, To("Ben")),
            (
                855,
                Answers("Ben", "Hi Hugo, send it to us: a new zip costs you nothing. Sorry that this took us so long!"),
            ),
        ],
    },
    // Closed.
    Guest {
        username: "ines.costa",
        name: "Inês Costa",
        followers: 1_015,
        steps: &[
            (11_810, Says("How warm may the socks be washed?")),
            (11_700, To("Chi")),
            (11_699, Labelled("Care advice")),
        ],
    },
    Guest {
        username: "leo.marsh",
        name: "Leo Marsh",
        followers: 77,
        steps: &[
            (13_210, Says("Do you have the grey beanie in the shop?")),
            (13_190, Answers("Sue", "One is left. Shall I put it aside?")),
            (13_150, Says("Thank you, I have found one meanwhile.")),
            (13_100, Resolved("Sue")),
        ],
    },
    // Another script, another direction.
    Guest {
        username: "layla.haddad",
        name: "ليلى حداد",
        followers: 3_400,
        steps: &[
            (96, Follows),
            (95, Says("مرحبا! هل تشحنون إلى بيروت؟")),
            (81, To("Ana")),
            (80, Answers("Ana", "مرحبا ليلى، نعم، يصل الطرد خلال أسبوع تقريبا.")),
            (30, Says("رائع! وكم تكلفة الشحن؟")),
        ],
    },
    Guest {
        username: "kai.surfs",
        name: "Kai 🌊",
        followers: 18_200,
        steps: &[(47, Says("🧶🧶🧶 love these 😍")), (46, Heart)],
    },
    // With a picture, and somebody who is waiting for an answer.
    Guest {
        username: "freya.holm",
        name: "Freya Holm",
        followers: 450,
        steps: &[
            (62, Says("This is how it arrived:")),
            (61, Photo),
            (58, Says("Can you send me another one?")),
            (55, Labelled("Complaint")),
            (54, Urgent(2)),
            (53, To("Ben")),
        ],
    },
    Guest {
        username: "marco.vela",
        name: "Marco Vela",
        followers: 890,
        steps: &[(84, OnStory("Are these for sale already?"))],
    },
    Guest { username: "pia.lund", name: "Pia Lund", followers: 5_600, steps: &[(29, Follows), (28, InStory)] },
    Guest {
        username: "jo.mercer",
        name: "Jo Mercer",
        followers: 133,
        steps: &[(34, Says("Easier said than typed:")), (33, Voice)],
    },
    Guest {
        username: "elin.strand",
        name: "Elin Strand",
        followers: 720,
        steps: &[(151, Shares(2)), (150, Says("For my niece, she is two. Which size?"))],
    },
    // Comments: by somebody who never wrote, and by somebody who did.
    Guest {
        username: "tess.writes",
        name: "Tess Okoye",
        followers: 9_300,
        steps: &[(140, Comments(0, "Which needles did you use for this one?"))],
    },
    Guest {
        username: "yusuf.k",
        name: "Yusuf Kaya",
        followers: 260,
        steps: &[
            (300, Comments(1, "Where is the workshop?")),
            (250, Says("Hi, I asked under your picture: may one come and look?")),
        ],
    },
    // Quoted, reacted to, seen.
    Guest {
        username: "mei.tan",
        name: "Mei Tan",
        followers: 1_480,
        steps: &[
            (221, Says("Is the blue hat wool or acrylic?")),
            (211, To("Ana")),
            (210, Answers("Ana", "Pure wool, from sheep that we could name.")),
            (200, Quotes("Then one in blue, please!")),
        ],
    },
    Guest {
        username: "greta.w",
        name: "Greta Wendt",
        followers: 340,
        steps: &[
            (401, Says("Do you have boxes for presents?")),
            (391, To("Chi")),
            (390, Answers("Chi", "We do, in two sizes, for 4 euros each.")),
            (381, Reacts("❤")),
            (378, Resolved("Chi")),
        ],
    },
    Guest {
        username: "zara.bose",
        name: "Zara Bose",
        followers: 2_210,
        steps: &[
            (331, Says("Could you embroider initials on a scarf?")),
            (321, To("Chi")),
            (320, Answers("Chi", "Yes, up to three letters, in any of our colours. Which ones would you like?")),
            (300, Looks),
        ],
    },
    // Put off, and come back by itself.
    Guest {
        username: "viktor.s",
        name: "Viktor Svensson",
        followers: 61,
        steps: &[
            (612, Says("Which size do I need with 104 cm?")),
            (606, To("Ana")),
            (605, Answers("Ana", "With room for a shirt that would be 112. How long do you like it?")),
            (600, Says("I will measure one tomorrow and write to you.")),
            (595, Snoozed("Ana", 1_620)),
        ],
    },
    Guest {
        username: "noah.kip",
        name: "Noah Kiplagat",
        followers: 180,
        steps: &[
            (2_910, Says("Hello, when do you send order 20377?")),
            (2_881, To("Ben")),
            (2_880, Answers("Ben", "It left this morning, Noah. The tracking link is in your mail.")),
            (2_870, Resolved("Ben")),
            (18, Says("It is me again: there is only one sock in the parcel.")),
        ],
    },
    // Between agents.
    Guest {
        username: "amelie.roux",
        name: "Amélie Roux",
        followers: 4_050,
        steps: &[
            (500, Says("We run three shops in Lyon and would love to carry your hats. Whom do I talk to?")),
            (490, ToTeam("Wholesale")),
            (489, Labelled("Wholesale")),
            (480, Notes("Ana", "@Sue do we have prices for shops in France?")),
            (
                470,
                Notes("Sue", "@Chi yes, from 20 pieces on. Would you take this one? The list is in the shared folder."),
            ),
            (465, To("Chi")),
        ],
    },
    // Something that does not arrive.
    Guest {
        username: "rick.odell",
        name: "Rick Odell",
        followers: 12,
        steps: &[
            (701, Says("This is the third time that I ask for my money.")),
            (698, Labelled("Complaint")),
            (690, Blocks),
            (601, To("Ben")),
            (600, Answers("Ben", "I am sorry, Rick. It is on its way to you since this morning.")),
        ],
    },
    // A long one.
    Guest {
        username: "sofia.almeida",
        name: "Sofia Almeida",
        followers: 6_780,
        steps: &[
            (4_320, Follows),
            (4_318, Says("Good morning! I would like a blanket for a wedding, about 140 by 200.")),
            (4_317, Says("Is that something you make?")),
            (4_290, To("Ben")),
            (4_289, Answers("Ben", "Good morning Sofia, with pleasure! By when would you need it?")),
            (4_280, Says("The wedding is on the 19th of next month.")),
            (4_275, Answers("Ben", "That is enough time. Which colours are you thinking of?")),
            (4_260, Says("Something like sand and a dark blue.")),
            (4_259, Says("Not stripes, please.")),
            (4_240, Answers("Ben", "Understood: no stripes. We could do a seed stitch in sand with a blue border.")),
            (4_235, Reacts("😍")),
            (4_230, Says("That sounds beautiful. What would it cost?")),
            (4_200, Notes("Ben", "Same wool as the Lindqvist order: 260 plus shipping.")),
            (4_190, Answers("Ben", "It would be 260 euros, with shipping to Porto.")),
            (2_890, Says("I spoke with my sister: we take it!")),
            (2_880, Says("How do I pay?")),
            (2_860, Answers("Ben", "Wonderful! I have sent you a link by mail.")),
            (2_850, Labelled("Order")),
            (1_300, Says("Paid. Could you put a card with it?")),
            (1_290, Answers("Ben", "Of course. What should it say?")),
            (240, Says("For Rita and Tiago, with love from all of us.")),
        ],
    },
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::inbox::demo::PEOPLE;

    #[test]
    fn the_table_names_what_there_is_and_goes_forward_in_time() {
        let agents: BTreeSet<&str> = PEOPLE.iter().map(|(_, _, name)| *name).collect();
        let names: BTreeSet<&str> = GUESTS.iter().map(|guest| guest.username).collect();
        assert_eq!(names.len(), GUESTS.len());
        assert!(engine::demo::people().all(|(username, _)| !names.contains(username)));
        for guest in &GUESTS {
            assert!(guest.steps.is_sorted_by(|a, b| a.0 > b.0), "{}", guest.username);
            assert!(guest.steps.iter().all(|(before, _)| *before < DAYS * 24 * 60 && *before > 0));
            for (_, step) in guest.steps {
                match step {
                    Answers(agent, _) | Notes(agent, _) | To(agent) | Resolved(agent) | Snoozed(agent, _) => {
                        assert!(agents.contains(agent), "{agent}");
                    }
                    ToTeam(team) => assert!(TEAMS.iter().any(|(known, _)| known == team), "{team}"),
                    Labelled(label) => assert!(LABELS.iter().any(|(known, _)| known == label), "{label}"),
                    Shares(post) | Comments(post, _) => assert!(*post < engine::demo::posts().count()),
                    _ => {}
                }
            }
        }
    }
}
