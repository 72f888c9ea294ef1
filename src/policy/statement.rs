//! A statement of a policy (IAM User Guide, "IAM JSON policy element reference").

use super::condition::{Condition, pattern};
use super::doubt::{FailedCondition, PolicyDoubt};
use super::json::Json;
use super::pattern::Pattern;
use super::request::Request;
use crate::ternary::Ternary;

/// A statement, and what in it has no known meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Statement {
    pub sid: Option<String>,
    pub effect: Effect,
    principal: Option<Principal>,
    not_principal: Option<Principal>,
    action: Selection,
    resource: Selection,
    conditions: Vec<Condition>,
    doubts: Vec<PolicyDoubt>,
    /// Whether texts may have policy variables.
    variables: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    Allow,
    Deny,
    Unknown(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Principal {
    /// `*`
    Everyone,
    /// By kind: `AWS`, `Service`, …
    Named(Vec<(String, Vec<String>)>),
}

/// An element such as `Action`, or its opposite.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Selection {
    is: Option<Vec<String>>,
    is_not: Option<Vec<String>>,
}

impl Statement {
    /// The statement; none if the value is no object.
    pub(super) fn new(value: Json, variables: bool) -> Option<Self> {
        let (members, twice) = value.members()?;
        let mut new = Self {
            sid: None,
            effect: Effect::Unknown(String::new()),
            principal: None,
            not_principal: None,
            action: Selection::default(),
            resource: Selection::default(),
            conditions: Vec::new(),
            doubts: twice.map(|element| PolicyDoubt::RepeatedElement { element }).into_iter().collect(),
            variables,
        };
        // An element that is null is as if it were left out.
        for (element, value) in members.into_iter().filter(|(_, value)| *value != Json::Null) {
            if let Err(doubt) = new.read(element, value) {
                new.doubts.push(doubt);
            }
        }
        if new.doubts.contains(&PolicyDoubt::RepeatedElement { element: "Effect".to_owned() }) {
            new.effect = Effect::Unknown(String::new());
        }
        Some(new)
    }

    /// Why the statement may allow and may deny, if its effect is not known.
    pub(super) fn effect_doubt(&self) -> Option<PolicyDoubt> {
        let Effect::Unknown(effect) = &self.effect else { return None };
        Some(self.doubts.first().cloned().unwrap_or(PolicyDoubt::UnknownEffect { effect: effect.clone() }))
    }

    fn read(&mut self, element: String, value: Json) -> Result<(), PolicyDoubt> {
        let malformed = |element| PolicyDoubt::MalformedElement { element };
        let list = |value: Json, element| value.texts().map(Some).ok_or(malformed(element));
        match element.as_str() {
            "Sid" => self.sid = value.texts().and_then(|texts| texts.into_iter().next()),
            "Effect" => {
                let text = value.texts().and_then(|texts| texts.into_iter().next()).ok_or(malformed("Effect"))?;
                self.effect = match text.as_str() {
                    "Allow" => Effect::Allow,
                    "Deny" => Effect::Deny,
                    _ => Effect::Unknown(text),
                };
            }
            "Principal" => self.principal = Some(Principal::new(value).ok_or(malformed("Principal"))?),
            "NotPrincipal" => self.not_principal = Some(Principal::new(value).ok_or(malformed("NotPrincipal"))?),
            "Action" => self.action.is = list(value, "Action")?,
            "NotAction" => self.action.is_not = list(value, "NotAction")?,
            "Resource" => self.resource.is = list(value, "Resource")?,
            "NotResource" => self.resource.is_not = list(value, "NotResource")?,
            "Condition" => self.conditions = Condition::all(value)?,
            _ => return Err(PolicyDoubt::UnknownElement { element }),
        }
        Ok(())
    }

    /// Whether the statement is about the request.
    pub(super) fn applies(&self, request: &Request<'_>) -> Ternary<PolicyDoubt> {
        match self.selects(request) {
            Ternary::False => Ternary::False,
            selects => Ternary::all([selects, self.conditions(request)]),
        }
    }

    /// The condition because of which alone the statement is not about the request.
    pub(super) fn failed_condition(&self, request: &Request<'_>) -> Option<FailedCondition> {
        if self.selects(request) != Ternary::True {
            return None;
        }
        self.conditions.iter().find_map(|condition| condition.failure(request, self.variables))
    }

    /// Whether all but the conditions is about the request.
    fn selects(&self, request: &Request<'_>) -> Ternary<PolicyDoubt> {
        // Most statements are about other principals, so that the rest is not looked at.
        let elements: [fn(&Self, &Request<'_>) -> Ternary<PolicyDoubt>; 3] =
            [Self::principal, Self::action, Self::resource];
        let doubts = self.doubts.iter().cloned().map(Ternary::Unknown);
        Ternary::all(elements.iter().map(|element| element(self, request)).chain(doubts))
    }

    fn action(&self, request: &Request<'_>) -> Ternary<PolicyDoubt> {
        let action = request.action.to_lowercase();
        self.action.selects("Action", |text| Ternary::from(Pattern::new(&text.to_lowercase()).matches(&action)))
    }

    fn resource(&self, request: &Request<'_>) -> Ternary<PolicyDoubt> {
        self.resource.selects("Resource", |text| match pattern(text, true, self.variables.then_some(request)) {
            Ok(Some(pattern)) => pattern.matches_resource(request.resource),
            // A variable without a value matches no resource.
            Ok(None) => Ternary::False,
            Err(doubt) => Ternary::Unknown(doubt),
        })
    }

    fn conditions(&self, request: &Request<'_>) -> Ternary<PolicyDoubt> {
        Ternary::all(self.conditions.iter().map(|condition| condition.holds(request, self.variables)))
    }

    fn principal(&self, request: &Request<'_>) -> Ternary<PolicyDoubt> {
        match (&self.principal, &self.not_principal) {
            (Some(principal), None) => principal.is_service(request.service),
            // `NotPrincipal` denies to all principals but those it names. Beside `Allow` it is not supported, and of an
            // exception for a service, AWS gives no example (IAM User Guide, "AWS JSON policy elements: NotPrincipal").
            (None, Some(others)) => match others.is_service(request.service) {
                Ternary::False if self.effect == Effect::Deny => Ternary::True,
                _ => Ternary::Unknown(PolicyDoubt::NotPrincipal),
            },
            _ => Ternary::Unknown(PolicyDoubt::MissingElement { element: "Principal" }),
        }
    }
}

impl Selection {
    fn selects(
        &self,
        element: &'static str,
        matches: impl Fn(&String) -> Ternary<PolicyDoubt>,
    ) -> Ternary<PolicyDoubt> {
        match (&self.is, &self.is_not) {
            (Some(list), None) => Ternary::any(list.iter().map(matches)),
            (None, Some(list)) => !Ternary::any(list.iter().map(matches)),
            _ => Ternary::Unknown(PolicyDoubt::MissingElement { element }),
        }
    }
}

impl Principal {
    fn new(value: Json) -> Option<Self> {
        match value {
            Json::Text(text) => (text == "*").then_some(Self::Everyone),
            Json::Object(kinds) => {
                let named = kinds.into_iter().map(|(kind, names)| Some((kind, names.texts()?)));
                Some(Self::Named(named.collect::<Option<_>>()?))
            }
            _ => None,
        }
    }

    /// Whether the service principal is among them. An account, a role or a user is none: an account stands for its own
    /// identities (IAM User Guide, "AWS JSON policy elements: Principal").
    fn is_service(&self, service: &str) -> Ternary<PolicyDoubt> {
        let Self::Named(kinds) = self else { return Ternary::True };
        Ternary::any(kinds.iter().flat_map(|(kind, names)| {
            names.iter().map(move |name| match kind.as_str() {
                "AWS" => Ternary::from(name == "*"),
                "Service" => same_service(name, service),
                "Federated" | "CanonicalUser" => Ternary::False,
                _ => Ternary::Unknown(PolicyDoubt::UnknownPrincipal { kind: kind.clone() }),
            })
        }))
    }
}

/// Whether the name of a service principal stands for the service. Services of some regions have names with the region
/// in them, for requests to other regions.
fn same_service(name: &str, service: &str) -> Ternary<PolicyDoubt> {
    let first = |name: &str| name.split('.').next().unwrap_or_default().to_owned();
    if name == service {
        Ternary::True
    } else if name.contains('*') || first(name) == first(service) {
        Ternary::Unknown(PolicyDoubt::OtherServiceName { name: name.to_owned(), service: service.to_owned() })
    } else {
        Ternary::False
    }
}
