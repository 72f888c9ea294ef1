//! JSON that keeps members of equal names: a policy that has one twice says two things.

use std::fmt;

use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// A JSON value. Numbers and booleans are the texts that policies compare them as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Json {
    Null,
    Text(String),
    List(Vec<Self>),
    Object(Vec<(String, Self)>),
}

impl Json {
    /// The texts of a list, whose brackets may be left out around a single one. None if something else is among them.
    pub(super) fn texts(self) -> Option<Vec<String>> {
        let text = |one| if let Self::Text(text) = one { Some(text) } else { None };
        match self {
            Self::List(list) => list.into_iter().map(text).collect(),
            one => Some(vec![text(one)?]),
        }
    }

    /// The members of an object, and the first name that two of them have.
    pub(super) fn members(self) -> Option<(Members, Option<String>)> {
        let Self::Object(members) = self else { return None };
        let twice = |(at, (name, _)): (usize, &(String, Self))| members.iter().take(at).any(|(other, _)| other == name);
        let twice = members.iter().enumerate().find(|one| twice(*one)).map(|(_, (name, _))| name.clone());
        Some((members, twice))
    }
}

/// The members of an object, in the order in which they stand.
pub(super) type Members = Vec<(String, Json)>;

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Text(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Text(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Text(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Text(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json, A::Error> {
        let mut all = Vec::new();
        while let Some(one) = list.next_element()? {
            all.push(one);
        }
        Ok(Json::List(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Json::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use super::Json;

    #[test]
    fn members_of_equal_names_are_found() {
        let twice = |text: &str| serde_json::from_str::<Json>(text).unwrap().members().unwrap().1;
        assert_eq!(twice(r#"{"Effect": "Allow", "Action": "*"}"#), None);
        assert_eq!(twice(r#"{"Effect": "Allow", "Action": "*", "Effect": "Deny"}"#).as_deref(), Some("Effect"));
    }

    #[test]
    fn numbers_and_booleans_are_texts() {
        let texts = |text: &str| serde_json::from_str::<Json>(text).unwrap().texts();
        assert_eq!(texts(r#"["a", 111122223333, true]"#).unwrap(), ["a", "111122223333", "true"]);
        assert_eq!(texts("\"a\"").unwrap(), ["a"]);
        assert_eq!(texts("[{}]"), None);
        assert_eq!(texts("null"), None);
    }
}
