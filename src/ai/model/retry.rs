//! When a question is asked once more, and how long is waited before. Pure: the time that is left and the chance are
//! passed in. Asking *differently* (shorter, without a tool) is decided elsewhere.

use super::wire::Failure;
use std::time::Duration;

/// A question is asked at most so often, the first time included.
pub const TRIES_MAX: u32 = 3;
/// The longest wait before the second try; it doubles with each.
const WAIT_FIRST: Duration = Duration::from_millis(300);
/// The longest wait, unless the server asks for more.
const WAIT_MAX: Duration = Duration::from_secs(4);
/// With less time than this, another answer would not be whole.
const ANSWER_TAKES: Duration = Duration::from_millis(1_500);

/// How long to wait before the question is asked again; `None`: it is not.
///
/// `tries` were made, `left` is the time until the deadline, and `chance` is evenly spread from 0 to 1 (full jitter:
/// callers that failed together do not come back together).
pub fn wait(failure: &Failure, tries: u32, left: Duration, chance: f64) -> Option<Duration> {
    if tries >= TRIES_MAX || !is_passing(failure) {
        return None;
    }
    let chance = if chance.is_finite() { chance.clamp(0.0, 1.0) } else { 1.0 };
    let longest = WAIT_FIRST.saturating_mul(2_u32.saturating_pow(tries.saturating_sub(1))).min(WAIT_MAX);
    let jitter = longest.mul_f64(chance);
    let wait = match failure {
        // Never before the server allows it, and not all at the same moment after.
        Failure::RateLimited { retry_after: Some(asked) } => asked.saturating_add(jitter),
        _ => jitter,
    };
    (wait.saturating_add(ANSWER_TAKES) <= left).then_some(wait)
}

/// Whether the same question may be answered another time.
fn is_passing(failure: &Failure) -> bool {
    match failure {
        Failure::Unreachable(_)
        | Failure::TimedOut
        | Failure::RateLimited { .. }
        | Failure::Unreadable(_)
        | Failure::BrokenOff
        | Failure::Empty => true,
        // 501: it never will.
        Failure::ServerFailed { status, .. } => *status != 501,
        Failure::KeyRefused
        | Failure::NoCredit
        | Failure::UnknownModel
        | Failure::Refused(_)
        | Failure::ContentRefused
        | Failure::TooLong
        | Failure::NotSupported(_)
        | Failure::Endless => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn failures() -> impl Strategy<Value = Failure> {
        prop_oneof![
            Just(Failure::TimedOut),
            Just(Failure::BrokenOff),
            Just(Failure::Empty),
            Just(Failure::Unreachable(String::new())),
            Just(Failure::ServerFailed { status: 503, message: String::new() }),
            proptest::option::of(0..40_000_u64)
                .prop_map(|ms| Failure::RateLimited { retry_after: ms.map(Duration::from_millis) }),
        ]
    }

    proptest! {
        #[test]
        fn a_wait_always_leaves_time_for_an_answer(
            failure in failures(), tries in 1..10_u32, left in 0..30_000_u64, chance in 0.0..=1.0_f64,
        ) {
            let left = Duration::from_millis(left);
            if let Some(wait) = wait(&failure, tries, left, chance) {
                prop_assert!(wait + ANSWER_TAKES <= left);
                prop_assert!(tries < TRIES_MAX);
                if let Failure::RateLimited { retry_after: Some(asked) } = failure {
                    prop_assert!(wait >= asked);
                } else {
                    prop_assert!(wait <= WAIT_MAX);
                }
            }
        }
    }

    #[test]
    fn what_no_waiting_mends_is_not_tried_again() {
        let hopeless = [
            Failure::KeyRefused,
            Failure::NoCredit,
            Failure::UnknownModel,
            Failure::Refused(String::new()),
            Failure::ContentRefused,
            Failure::TooLong,
            Failure::NotSupported("tools"),
            Failure::Endless,
        ];
        for failure in hopeless {
            assert_eq!(wait(&failure, 1, Duration::from_secs(60), 0.0), None, "{failure}");
        }
    }

    #[test]
    fn a_server_is_left_alone_as_long_as_it_asks_if_that_fits() {
        let limited = |seconds| Failure::RateLimited { retry_after: Some(Duration::from_secs(seconds)) };
        assert_eq!(wait(&limited(3), 1, Duration::from_secs(10), 0.0), Some(Duration::from_secs(3)));
        assert_eq!(wait(&limited(30), 1, Duration::from_secs(10), 0.0), None);
        assert_eq!(wait(&limited(u64::MAX), 1, Duration::from_secs(10), 1.0), None);
    }

    #[test]
    fn waits_double_and_end() {
        let waits = (1..5).map(|tries| wait(&Failure::TimedOut, tries, Duration::from_secs(60), 1.0));
        let expected = [Some(WAIT_FIRST), Some(WAIT_FIRST * 2), None, None];
        assert_eq!(waits.collect::<Vec<_>>(), expected);
    }
}
