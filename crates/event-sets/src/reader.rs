//! JSON events, read for some of their values and nothing else.
//!
//! A CloudTrail record holds some hundred values, and a pattern asks for two or three of them. The scanner goes over the
//! message once, checks that it is one JSON object (RFC 8259, to the letter), and keeps the selected values. It allocates
//! for those alone. It recurses no deeper than the longest selector, however deep the message is nested.
//!
//! Where a member occurs twice in an object the last one counts, as in the JSON readers of Java that AWS's answers about
//! numbers point to.

mod cursor;
mod selection;
mod string;
mod value;

use std::borrow::Cow;
use std::ops::Range;

use self::cursor::Cursor;
pub use self::selection::{NodeId, Selection};
pub use self::value::Value;
use crate::number::JsonNumber;

/// The selected values of one event.
#[derive(Debug)]
pub struct Event<'a> {
    captures: Vec<Capture<'a>>,
}

/// A value, and the place in the selection that asked for it; no place once a later member of the same name replaced it.
#[derive(Debug)]
struct Capture<'a> {
    node: Option<NodeId>,
    value: Value<'a>,
}

impl<'a> Event<'a> {
    /// Reads a message; `None` if it is not exactly one JSON object.
    pub fn read(message: &'a str, selection: &Selection) -> Option<Self> {
        let mut scanner = Scanner { cursor: Cursor::new(message), selection, captures: vec![], members: vec![] };
        scanner.cursor.skip_space();
        if scanner.cursor.peek() != Some(b'{') {
            return None;
        }
        scanner.value(Selection::ROOT)?;
        scanner.cursor.skip_space();
        scanner.cursor.is_at_end().then_some(Self { captures: scanner.captures })
    }

    /// The values at the given places of the selection.
    pub fn at(&self, nodes: &[NodeId]) -> impl Iterator<Item = &Value<'a>> {
        self.captures.iter().filter(|capture| capture.node.is_some_and(|node| nodes.contains(&node))).map(|c| &c.value)
    }
}

struct Scanner<'a, 's> {
    cursor: Cursor<'a>,
    selection: &'s Selection,
    captures: Vec<Capture<'a>>,
    /// The selected members of the objects that are open, those of the innermost last.
    members: Vec<Member<'a>>,
}

/// A member of an object, and what was captured in it.
struct Member<'a> {
    name: Cow<'a, str>,
    captures: Range<usize>,
}

impl Scanner<'_, '_> {
    /// Reads a value that a selector leads to or through.
    fn value(&mut self, node: NodeId) -> Option<()> {
        let wanted = self.selection.is_end(node);
        let value = match self.cursor.peek()? {
            b'{' => {
                self.object(node)?;
                Value::Object
            }
            b'[' => Value::Array { has_null: self.array(node)? },
            _ if !wanted => return self.cursor.skip_value(),
            b'"' => Value::Text(self.cursor.string()?.unescaped()),
            b'n' => self.cursor.word("null").map(|()| Value::Null)?,
            b't' => self.cursor.word("true").map(|()| Value::Bool(true))?,
            b'f' => self.cursor.word("false").map(|()| Value::Bool(false))?,
            _ => Value::Number(JsonNumber::parse(self.cursor.number()?)?),
        };
        if wanted {
            self.captures.push(Capture { node: Some(node), value });
        }
        Some(())
    }

    fn object(&mut self, node: NodeId) -> Option<()> {
        let outer = self.members.len();
        let mut more = self.cursor.open(b'{', b'}')?;
        while more {
            let name = self.cursor.name()?.unescaped();
            if let Some(child) = self.selection.member(node, &name) {
                let start = self.captures.len();
                self.value(child)?;
                self.members.push(Member { name, captures: start..self.captures.len() });
            } else {
                self.cursor.skip_value()?;
            }
            more = self.cursor.next_or_close(b'}')?;
        }
        self.forget_replaced(outer);
        Some(())
    }

    /// Reads an array and tells whether one of its elements is `null`.
    fn array(&mut self, node: NodeId) -> Option<bool> {
        let mut has_null = false;
        let mut more = self.cursor.open(b'[', b']')?;
        let mut index = 0;
        while more {
            has_null |= self.cursor.peek() == Some(b'n');
            match self.selection.element(node, index) {
                Some(child) => self.value(child)?,
                None => self.cursor.skip_value()?,
            }
            index += 1;
            more = self.cursor.next_or_close(b']')?;
        }
        Some(has_null)
    }

    /// Ends the innermost object: drops what was captured in members that a later one of the same name replaces.
    fn forget_replaced(&mut self, outer: usize) {
        if let Some(members @ [_, _, ..]) = self.members.get_mut(outer..) {
            members.sort_unstable_by(|a, b| (&a.name, a.captures.start).cmp(&(&b.name, b.captures.start)));
            for pair in members.windows(2) {
                if let [earlier, later] = pair
                    && earlier.name == later.name
                    && let Some(replaced) = self.captures.get_mut(earlier.captures.clone())
                {
                    replaced.iter_mut().for_each(|capture| capture.node = None);
                }
            }
        }
        self.members.truncate(outer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::Step;

    fn key(name: &str) -> Step {
        Step::Key(name.to_owned())
    }

    /// What each selector picks from the message, printed; `None` if the message is no JSON object.
    fn pick_all(message: &str, selectors: &[&[Step]]) -> Option<Vec<String>> {
        let selection = Selection::new(selectors);
        let event = Event::read(message, &selection)?;
        let picked = |selector| event.at(selection.ends(selector)).map(print).collect::<Vec<_>>().join(" ");
        Some((0..selectors.len()).map(picked).collect())
    }

    fn pick(message: &str, steps: &[Step]) -> Option<String> {
        pick_all(message, &[steps]).map(|picked| picked.concat())
    }

    fn print(value: &Value<'_>) -> String {
        match value {
            Value::Null => "null".to_owned(),
            Value::Bool(bool) => bool.to_string(),
            Value::Text(text) => format!("{text:?}"),
            Value::Number(number) => number.text().to_owned(),
            Value::Object => "{}".to_owned(),
            Value::Array { has_null: false } => "[]".to_owned(),
            Value::Array { has_null: true } => "[null]".to_owned(),
        }
    }

    fn check(message: &str, steps: &[Step], expected: &str) {
        assert_eq!(pick(message, steps).as_deref(), Some(expected), "{message}");
    }

    #[test]
    fn selects_values_of_every_kind() {
        for (json, printed) in [
            ("null", "null"),
            ("true", "true"),
            ("false", "false"),
            ("-1.50e+1", "-15.0"),
            (r#""x""#, r#""x""#),
            (r#"{"b":1}"#, "{}"),
            ("[]", "[]"),
            ("[1, [null]]", "[]"),
            ("[ 1 , null ]", "[null]"),
        ] {
            check(&format!(r#" {{ "z" : [{{}}] , "a" : {json} , "y" : 0 }} "#), &[key("a")], printed);
        }
    }

    #[test]
    fn follows_paths() {
        let message = r#"{"a":{"b":[{"c":1},{"c":2,"d":{"c":3}}]},"b":{"c":4},"a.b":5,"":6}"#;
        check(message, &[key("a"), key("b"), Step::Index(1), key("c")], "2");
        check(message, &[key("a"), key("b"), Step::Any, key("c")], "1 2");
        check(message, &[key("a"), Step::Any, Step::Index(0)], "{}");
        check(message, &[Step::Any, key("c")], "4");
        check(message, &[key("a.b")], "5");
        check(message, &[key("")], "6");
        check(message, &[key("a"), key("b"), key("c")], "");
        check(message, &[key("a"), Step::Index(0)], "");
        check(message, &[Step::Index(0)], "");
    }

    #[test]
    fn selectors_may_lead_to_the_same_value() {
        let selectors: [&[Step]; 6] = [
            &[key("a")],
            &[Step::Any],
            &[key("a"), Step::Index(1)],
            &[key("a"), Step::Any],
            &[Step::Any, Step::Index(0)],
            &[Step::Any, key("c")],
        ];
        let picked = pick_all(r#"{"a":[1,2],"b":{"c":3}}"#, &selectors).unwrap();
        assert_eq!(picked, ["[]", "[] {}", "2", "1 2", "1", "3"]);
    }

    #[test]
    fn names_and_strings_are_unescaped() {
        for (json, text) in [
            (r#"\"\\\/\b\f\n\r\t"#, "\"\\/\u{8}\u{c}\n\r\t"),
            (r"\u00e9\ud83d\ude00\u0000", "é😀\0"),
            (r"\ud83d", "\u{FFFD}"),
            (r"\ude00\ud83d", "\u{FFFD}\u{FFFD}"),
            (r"\ud83dA\ud83d\u0041", "\u{FFFD}A\u{FFFD}A"),
            (r"\ud83d\ud83d\ude00", "\u{FFFD}😀"),
        ] {
            check(&format!(r#"{{"\u0061":"{json}"}}"#), &[key("a")], &format!("{text:?}"));
        }
    }

    #[test]
    fn the_last_of_equal_names_counts() {
        check(r#"{"a":1,"b":2,"a":3}"#, &[key("a")], "3");
        check(r#"{"a":1,"\u0061":2}"#, &[key("a")], "2");
        check(r#"{"a":{"b":1},"a":{"c":2}}"#, &[key("a"), key("b")], "");
        check(r#"{"a":{"b":1},"a":{"b":2,"b":3}}"#, &[key("a"), key("b")], "3");
        check(r#"{"x":1,"y":2,"x":3,"x":4}"#, &[Step::Any], "2 4");
        check(r#"{"x":{"a":1},"y":{"a":2},"x":5}"#, &[Step::Any, key("a")], "2");
    }

    #[test]
    fn anything_but_one_json_object_is_refused() {
        for bad in [
            "",
            " ",
            "a",
            "[]",
            "[{}]",
            "1",
            "null",
            "\"\"",
            "{",
            "}",
            "{}{}",
            "{} x",
            "{}}",
            "{,}",
            r#"{"a"}"#,
            r#"{"a":}"#,
            r#"{"a":1,}"#,
            r#"{"a":1 "b":2}"#,
            r#"{a:1}"#,
            r#"{'a':1}"#,
            r#"{"a":1;}"#,
            "\u{feff}{}",
            "\u{a0}{}",
        ] {
            assert_eq!(pick(bad, &[key("a")]), None, "{bad}");
        }
        for bad in [
            "01",
            "-",
            "+1",
            ".5",
            "1.",
            "1.e1",
            "1e",
            "1e+",
            "--1",
            "1a",
            "0x1",
            "NaN",
            "Infinity",
            "nul",
            "nulll",
            "True",
            "tru",
            "falsey",
            "[1,]",
            "[,]",
            "[1 2]",
            "[1}",
            r#"{"b"]"#,
            "\"",
            "\"\n\"",
            "\"\u{0}\"",
            "\"\u{1f}\"",
            r#""\x""#,
            r#""\u12g4""#,
            r#""\u12""#,
            r#""\"#,
            "'a'",
            "//",
            "{}/**/",
        ] {
            for name in ["a", "b"] {
                assert_eq!(pick(&format!(r#"{{"{name}":{bad}}}"#), &[key("a")]), None, "{bad}");
            }
        }
    }

    #[test]
    fn deep_nesting_is_read() {
        let depth = 200_000;
        let deep = format!("{}1{}", r#"[{"b":"#.repeat(depth), "}]".repeat(depth));
        for name in ["a", "b"] {
            check(&format!(r#"{{"{name}":{deep},"z":1}}"#), &[key("z")], "1");
            check(&format!(r#"{{"{name}":{deep}}}"#), &[key("b"), key("b")], "");
        }
        assert_eq!(pick(&format!(r#"{{"a":{}"#, "[".repeat(depth)), &[key("a")]), None);
    }
}
