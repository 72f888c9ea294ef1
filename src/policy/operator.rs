//! Condition operators (IAM User Guide, "IAM JSON policy elements: Condition operators").

use std::cmp::Ordering;

/// `ForAnyValue:StringNotLikeIfExists` and the others, in their parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Operator {
    pub set: Option<Set>,
    pub comparison: Comparison,
    pub negated: bool,
    /// Whether the lack of the key is enough.
    pub if_exists: bool,
}

/// How the values of a list are taken together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Set {
    All,
    Any,
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Text,
    TextInAnyCase,
    /// Texts with wildcards.
    Like,
    Arn,
    Bool,
    /// Whether the key is missing.
    Null,
    Number(Order),
    Date(Order),
    Address,
    Binary,
}

/// Which relations satisfy a comparison of numbers or times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Order {
    pub(super) fn holds(self, found: Ordering) -> bool {
        match self {
            Self::Equal => found.is_eq(),
            Self::Less => found.is_lt(),
            Self::LessOrEqual => found.is_le(),
            Self::Greater => found.is_gt(),
            Self::GreaterOrEqual => found.is_ge(),
        }
    }
}

impl Operator {
    /// The operator of this name, if AWS documents one.
    pub(super) fn parse(name: &str) -> Option<Self> {
        let (set, name) = match name.split_once(':') {
            Some(("ForAllValues", rest)) => (Some(Set::All), rest),
            Some(("ForAnyValue", rest)) => (Some(Set::Any), rest),
            Some(_) => return None,
            None => (None, name),
        };
        let (name, if_exists) = name.strip_suffix("IfExists").map_or((name, false), |name| (name, true));
        let (comparison, negated) = comparison(name)?;
        let of_null = comparison == Comparison::Null && (if_exists || set.is_some());
        (!of_null).then_some(Self { set, comparison, negated, if_exists })
    }
}

fn comparison(name: &str) -> Option<(Comparison, bool)> {
    Some(match name {
        "StringEquals" => (Comparison::Text, false),
        "StringNotEquals" => (Comparison::Text, true),
        "StringEqualsIgnoreCase" => (Comparison::TextInAnyCase, false),
        "StringNotEqualsIgnoreCase" => (Comparison::TextInAnyCase, true),
        "StringLike" => (Comparison::Like, false),
        "StringNotLike" => (Comparison::Like, true),
        "ArnEquals" | "ArnLike" => (Comparison::Arn, false),
        "ArnNotEquals" | "ArnNotLike" => (Comparison::Arn, true),
        "Bool" => (Comparison::Bool, false),
        "Null" => (Comparison::Null, false),
        "IpAddress" => (Comparison::Address, false),
        "NotIpAddress" => (Comparison::Address, true),
        "BinaryEquals" => (Comparison::Binary, false),
        _ => {
            let (ordered, order): (fn(Order) -> Comparison, &str) = match name.strip_prefix("Numeric") {
                Some(order) => (Comparison::Number, order),
                None => (Comparison::Date, name.strip_prefix("Date")?),
            };
            let (order, negated) = match order {
                "Equals" => (Order::Equal, false),
                "NotEquals" => (Order::Equal, true),
                "LessThan" => (Order::Less, false),
                "LessThanEquals" => (Order::LessOrEqual, false),
                "GreaterThan" => (Order::Greater, false),
                "GreaterThanEquals" => (Order::GreaterOrEqual, false),
                _ => return None,
            };
            (ordered(order), negated)
        }
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Comparison, Operator, Order, Set};

    #[rstest]
    #[case("StringEquals", None, Comparison::Text, false, false)]
    #[case("StringNotLikeIfExists", None, Comparison::Like, true, true)]
    #[case("ForAnyValue:StringLike", Some(Set::Any), Comparison::Like, false, false)]
    #[case("ForAllValues:StringNotEqualsIfExists", Some(Set::All), Comparison::Text, true, true)]
    #[case("ArnNotEquals", None, Comparison::Arn, true, false)]
    #[case("NotIpAddressIfExists", None, Comparison::Address, true, true)]
    #[case("DateGreaterThanEquals", None, Comparison::Date(Order::GreaterOrEqual), false, false)]
    #[case("NumericNotEquals", None, Comparison::Number(Order::Equal), true, false)]
    fn parts(
        #[case] name: &str,
        #[case] set: Option<Set>,
        #[case] comparison: Comparison,
        #[case] negated: bool,
        #[case] if_exists: bool,
    ) {
        assert_eq!(Operator::parse(name), Some(Operator { set, comparison, negated, if_exists }));
    }

    #[rstest]
    fn others(
        #[values(
            "",
            "Equals",
            "StringMatches",
            "ForSomeValues:StringEquals",
            "NullIfExists",
            "ForAnyValue:Null",
            "Date"
        )]
        name: &str,
    ) {
        assert_eq!(Operator::parse(name), None);
    }
}
