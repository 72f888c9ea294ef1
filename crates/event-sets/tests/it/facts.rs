//! Facts: no witness contradicts one, and what is covered is covered by every event that contradicts none.

use std::sync::LazyLock;

use event_sets::{Domain, Fact, Prover, Verdict};
use proptest::collection::vec;
use proptest::prelude::*;

use super::small::{all_values, escapes, events, fact, set};

static EVENTS: LazyLock<Vec<String>> = LazyLock::new(|| events(|_| all_values()));

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn brute_force_agrees(required in set(), by in vec(set(), 0..3), facts in vec(fact(), 0..5)) {
        let prover = Prover::new(Domain { json: true, facts, ..Domain::default() });
        let refuted = EVENTS.iter().find(|event| escapes(event, &required, &by) && prover.admits(event));
        match prover.decide(&required, &by).as_ref() {
            Verdict::Covered => {
                prop_assert_eq!(refuted, None);
                let certificate = prover.certificate(&required, &by).unwrap();
                let named = |fact: &Fact| certificate.assumptions.contains(&fact.statement);
                prop_assert!(prover.with_facts(named).is_covered(&required, &by), "{:?}", certificate);
            }
            Verdict::Escapes(witness) => {
                prop_assert!(escapes(&witness.message, &required, &by) && prover.admits(&witness.message));
            }
            Verdict::Undetermined(unknown) => prop_assert!(false, "{}", unknown),
        }
    }
}
