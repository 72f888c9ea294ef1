//! A policy as it is written, and what it says to a request.

use std::fmt;

use super::doubt::{Access, Denial, PolicyDoubt, PolicyError};
use super::json::Json;
use super::request::Request;
use super::statement::{Effect, Statement};
use crate::ternary::Ternary;

/// The policy of a resource. It is read once, whatever the number of requests.
#[derive(Clone, PartialEq, Eq)]
pub struct Policy {
    text: String,
    statements: Result<Vec<Statement>, PolicyError>,
}

impl Policy {
    /// The policy of this text. One that cannot be read allows and denies nothing for sure.
    pub fn new(text: &str) -> Self {
        let json = serde_json::from_str(text).map_err(|error| PolicyError::Json { message: error.to_string() });
        Self { text: text.to_owned(), statements: json.and_then(statements) }
    }

    /// What the policy says to the request.
    pub fn access(&self, request: &Request<'_>) -> Access {
        let statements = match &self.statements {
            Ok(statements) => statements,
            Err(error) => return Access::Undecided(PolicyDoubt::Unreadable { error: error.clone() }),
        };
        let applied: Vec<_> = statements.iter().map(|statement| (statement, statement.applies(request))).collect();
        let action = || request.action.to_owned();
        let denies = |statement: &Statement| statement.effect == Effect::Deny;
        if let Some((statement, _)) = applied.iter().find(|(one, applies)| denies(one) && *applies == Ternary::True) {
            return Access::Denied(Denial::Explicit { action: action(), sid: statement.sid.clone() });
        }
        let with = |effect: &Effect| {
            Ternary::any(applied.iter().filter(|(one, _)| one.effect == *effect).map(|(_, applies)| applies.clone()))
        };
        // A statement of an unknown effect may do either.
        let possible = applied.iter().filter(|(_, applies)| *applies != Ternary::False);
        let unknown = Ternary::any(possible.filter_map(|(one, _)| one.effect_doubt()).map(Ternary::Unknown));
        let allowed = Ternary::any([with(&Effect::Allow), unknown.clone()]);
        match (allowed, Ternary::any([with(&Effect::Deny), unknown])) {
            (Ternary::False, _) => {
                let condition = applied.iter().filter(|(one, _)| one.effect == Effect::Allow);
                let condition = condition.filter_map(|(one, _)| one.failed_condition(request)).next();
                Access::Denied(Denial::Implicit { action: action(), condition })
            }
            (Ternary::Unknown(doubt), _) | (_, Ternary::Unknown(doubt)) => Access::Undecided(doubt),
            (Ternary::True, _) => Access::Allowed,
        }
    }
}

/// As it is written.
impl fmt::Debug for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(f)
    }
}

/// The statements of a policy, whose elements are `Version`, `Id` and `Statement` (IAM User Guide, "Grammar of the IAM
/// JSON policy language").
fn statements(policy: Json) -> Result<Vec<Statement>, PolicyError> {
    let (members, twice) = policy.members().ok_or(PolicyError::Form)?;
    if let Some(element) = twice {
        return Err(PolicyError::RepeatedElement { element });
    }
    let (mut variables, mut statements) = (false, None);
    for (element, value) in members {
        match (element.as_str(), value) {
            ("Version", Json::Text(version)) => match version.as_str() {
                "2008-10-17" => {}
                // The version that knows policy variables (IAM User Guide, "IAM policy elements: Variables and tags").
                "2012-10-17" => variables = true,
                _ => return Err(PolicyError::Version { version }),
            },
            ("Id", _) | ("Version", Json::Null) => {}
            ("Statement", Json::List(list)) => statements = Some(list),
            ("Statement", one @ Json::Object(_)) => statements = Some(vec![one]),
            ("Version" | "Statement", _) => return Err(PolicyError::Form),
            _ => return Err(PolicyError::UnknownElement { element }),
        }
    }
    let statements = statements.ok_or(PolicyError::Form)?;
    statements.into_iter().map(|one| Statement::new(one, variables).ok_or(PolicyError::Form)).collect()
}
