//! Places in a JSON event.

use std::borrow::Borrow;
use std::fmt::{self, Display, Formatter, Write as _};

/// One step from a value of a JSON event to a value in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// The member of an object.
    Key(String),
    /// The element of an array, from 0.
    Index(u32),
    /// Every element of an array and every member of an object. A [`Path`] has no such step.
    Any,
}

/// The way from a JSON event to one value in it: no step is [`Step::Any`]. Without steps it is the event itself.
///
/// Prints as JSON path: `$.userIdentity.type`, `$.resources[0].['any name']`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Path(Vec<Step>);

impl Path {
    /// The path of these steps; `None` if one of them is [`Step::Any`].
    pub fn new(steps: Vec<Step>) -> Option<Self> {
        (!steps.contains(&Step::Any)).then_some(Self(steps))
    }

    /// The path through the members of these names.
    pub fn keys<N: Into<String>>(names: impl IntoIterator<Item = N>) -> Self {
        Self(names.into_iter().map(|name| Step::Key(name.into())).collect())
    }

    /// The path through members whose names are separated by dots.
    ///
    /// ```
    /// use event_sets::Path;
    ///
    /// assert_eq!(Path::dotted("userIdentity.type").to_string(), "$.userIdentity.type");
    /// ```
    pub fn dotted(names: &str) -> Self {
        Self::keys(names.split('.'))
    }

    /// The steps, from the event inwards.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Whether the other path is this one, or leads to something below it.
    pub fn leads_to(&self, other: &[Step]) -> bool {
        other.starts_with(&self.0)
    }
}

impl Borrow<[Step]> for Path {
    fn borrow(&self) -> &[Step] {
        &self.0
    }
}

impl Display for Path {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write_steps(f, &self.0)
    }
}

/// Writes steps as JSON path, from `$` on. A name of letters, digits, `_` and `-` stands as it is.
///
/// # Errors
/// As the formatter's.
pub fn write_steps(f: &mut Formatter<'_>, steps: &[Step]) -> fmt::Result {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    f.write_char('$')?;
    for (at, step) in steps.iter().enumerate() {
        match step {
            Step::Key(name) if !name.is_empty() && name.chars().all(plain) => write!(f, ".{name}")?,
            Step::Key(name) => write!(f, ".['{name}']")?,
            Step::Index(index) => write!(f, "[{index}]")?,
            Step::Any if at == 0 => f.write_str(".*")?,
            Step::Any => f.write_str("[*]")?,
        }
    }
    Ok(())
}
