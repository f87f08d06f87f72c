//! Times as text in UTC: what the server renders before the browser knows the reader's own zone and language. Pure.

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const DAY_MS: i64 = 86_400_000;

/// The time of day, such as `14:05`.
pub fn time(at_ms: i64) -> String {
    let minutes = at_ms.rem_euclid(DAY_MS) / 60_000;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// The day, such as `22 Nov 2026`.
pub fn day(at_ms: i64) -> String {
    let (year, month, day) = civil(at_ms.div_euclid(DAY_MS));
    format!("{day} {} {year}", MONTHS[month - 1])
}

/// Day and time with the zone's name, such as `22 Nov 2026, 14:05 UTC`.
pub fn date_time(at_ms: i64) -> String {
    format!("{}, {} UTC", day(at_ms), time(at_ms))
}

/// ISO 8601 for the `datetime` attribute, such as `2026-11-22T14:05:09Z`.
pub fn iso(at_ms: i64) -> String {
    let (year, month, day) = civil(at_ms.div_euclid(DAY_MS));
    let seconds = at_ms.rem_euclid(DAY_MS) / 1_000;
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

/// Year, month (1 to 12) and day of a count of days since 1970-01-01, in the Gregorian calendar. Howard Hinnant's
/// `civil_from_days` (https://howardhinnant.github.io/date_algorithms.html): years begin in March, so that the leap day is
/// the last of its year, and repeat every 400 years of 146,097 days.
fn civil(days: i64) -> (i64, usize, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month as usize, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_times_are_written_in_utc() {
        assert_eq!(iso(0), "1970-01-01T00:00:00Z");
        assert_eq!(iso(951_782_400_000), "2000-02-29T00:00:00Z");
        assert_eq!(date_time(1_763_800_000_000), "22 Nov 2025, 08:26 UTC");
        assert_eq!(iso(-1), "1969-12-31T23:59:59Z");
    }
}
