//! Pictures for people and things that have none of their own: for a name initials on a calm colour, for a post or a story a knitted
//! pattern; the same for the same name.

/// Where pictures are served, by name.
pub const PATH: &str = "/_parlance/pictures/";

const NAME_CHARS: usize = 64;

/// The picture at a path of this server, `None` for a path that is no picture's.
pub fn at(path: &str) -> Option<String> {
    let name = path.strip_prefix(PATH)?.strip_suffix(".svg").filter(|name| is_name(name))?;
    let published = ["post-", "story-"].iter().any(|kind| name.starts_with(kind));
    Some(if published { pattern(name) } else { portrait(name) })
}

fn is_name(text: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'_' | b'-');
    (1..=NAME_CHARS).contains(&text.len()) && text.bytes().all(letter)
}

fn portrait(name: &str) -> String {
    let [a, b, ..] = wire::signature::sha256(name.as_bytes());
    let hue = (u32::from(a) << 8 | u32::from(b)) % 360;
    let initials = initials(name);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 96 96\" role=\"img\" aria-label=\"{name}\">\
         <rect width=\"96\" height=\"96\" fill=\"hsl({hue} 32% 38%)\"/>\
         <text x=\"48\" y=\"49\" fill=\"#fff\" font-family=\"system-ui,sans-serif\" font-size=\"38\" \
         font-weight=\"500\" text-anchor=\"middle\" dominant-baseline=\"central\">{initials}</text></svg>"
    )
}

/// Stitches in a row and rows in a pattern, and half of a row, which the other half mirrors.
const STITCHES: usize = 16;
const HALF: usize = STITCHES / 2;

/// Rows of stitches in three colours; the bits of the name's hash say which stitch has which.
fn pattern(name: &str) -> String {
    let hash = wire::signature::sha256(name.as_bytes());
    let hue = (u32::from(hash[0]) << 8 | u32::from(hash[1])) % 360;
    let colour = |row: usize, column: usize| {
        let place = column.min(STITCHES - 1 - column);
        let bit = (row % HALF) * HALF + place;
        let set = |from: usize| hash[from + bit / 8] >> (bit % 8) & 1 == 1;
        match (set(2), set(12)) {
            (true, true) => format!("hsl({} 44% 62%)", (hue + 40) % 360),
            (true, false) => format!("hsl({hue} 34% 52%)"),
            (false, _) => format!("hsl({hue} 30% 34%)"),
        }
    };
    let stitch = |row: usize, column: usize| {
        let (x, y) = (column * 6, row * 6);
        let fill = colour(row, column);
        format!("<path fill=\"{fill}\" d=\"M{x} {y}l3 3 3-3v4l-3 3-3-3z\"/>")
    };
    let all = (0..STITCHES + 1).flat_map(|row| (0..STITCHES).map(move |column| (row, column)));
    let stitches: String = all.map(|(row, column)| stitch(row, column)).collect();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 96 96\" role=\"img\" aria-label=\"{name}\">\
         <rect width=\"96\" height=\"96\" fill=\"hsl({hue} 30% 26%)\"/>\
         <g transform=\"translate(0 -4)\">{stitches}</g></svg>"
    )
}

/// First letters of the first two words of a name.
fn initials(name: &str) -> String {
    let words = name.split(['.', '_', '-']).filter(|word| !word.is_empty());
    words.filter_map(|word| word.chars().next()).take(2).map(|letter| letter.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_portrait_shows_initials_and_stays_the_same() {
        for (name, expected) in [("mira.paints", "MP"), ("jonas_w", "JW"), ("sam", "S"), ("a-b-c", "AB"), ("...", "")] {
            assert_eq!(initials(name), expected, "{name}");
        }
        assert_eq!(portrait("mira.paints"), portrait("mira.paints"));
        assert_ne!(portrait("mira.paints"), portrait("mira.points"), "the colour is the name's own");
    }

    #[test]
    fn a_pattern_is_whole_and_stays_the_same() {
        assert_eq!(pattern("post-1").matches("<path").count(), STITCHES * (STITCHES + 1));
        assert_eq!(pattern("post-1"), pattern("post-1"));
        assert_ne!(pattern("post-1"), pattern("post-2"));
    }

    #[test]
    fn nothing_but_plain_names_reaches_the_picture() {
        for text in ["", "A", "a b", "<svg>", "a\"b", "ü", &"x".repeat(65)] {
            assert!(!is_name(text), "{text}");
        }
        assert!(is_name("post-1") && is_name(&"x".repeat(64)));
    }
}
