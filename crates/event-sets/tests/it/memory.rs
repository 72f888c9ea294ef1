//! What a prover remembers changes no answer.

use std::sync::Arc;

use event_sets::{Domain, Prover, Verdict};
use proptest::collection::vec;
use proptest::prelude::*;

use super::small::{fact, set};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn answers_do_not_depend_on_what_was_asked_before(sets in vec(set(), 2..5), facts in vec(fact(), 0..3)) {
        let domain = Domain { json: true, facts, ..Domain::default() };
        let seasoned = Prover::new(domain.clone());
        for required in &sets {
            for by in [&[][..], &sets[..1], &sets[1..]] {
                let fresh = Prover::new(domain.clone());
                let verdict = seasoned.decide(required, by);
                prop_assert_eq!(&verdict, &fresh.decide(required, by));
                prop_assert_eq!(&verdict, &seasoned.decide(required, by));
                prop_assert_eq!(verdict.is_covered(), fresh.is_covered(required, by));
                prop_assert_eq!(seasoned.certificate(required, by), fresh.certificate(required, by));
            }
        }
    }

    #[test]
    fn threads_get_the_same_answers(sets in vec(set(), 2..5)) {
        let prover = Prover::new(Domain::json());
        let ask = |prover: &Prover| -> Vec<Arc<Verdict>> {
            sets.iter().map(|required| prover.decide(required, &sets[1..])).collect()
        };
        let [one, other] = std::thread::scope(|scope| {
            [scope.spawn(|| ask(&prover)), scope.spawn(|| ask(&prover))].map(|thread| thread.join().unwrap())
        });
        prop_assert_eq!(&one, &other);
        prop_assert_eq!(&one, &ask(&Prover::new(Domain::json())));
    }
}
