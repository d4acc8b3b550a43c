//! A pull-through cache rule.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// A pull-through cache rule as a registry keeps it: as it was given, before any [`Behaviour`](crate::Behaviour) shapes an answer.
///
/// It serialises as in the state file, with ECR's own field names and times in epoch seconds.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rule {
    /// The prefix of the repositories that the rule fills, or `ROOT`: what names the rule in its registry.
    pub ecr_repository_prefix: String,
    /// The host of the upstream registry.
    pub upstream_registry_url: String,
    /// The Secrets Manager secret that holds the upstream's credentials.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential_arn: Option<String>,
    /// The IAM role that ECR assumes towards an upstream that is ECR itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custom_role_arn: Option<String>,
    /// The prefix of the upstream's repositories, or `ROOT`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upstream_repository_prefix: Option<String>,
    /// When the rule was created, in whole milliseconds.
    #[serde(with = "epoch_seconds")]
    pub created_at: SystemTime,
    /// When the rule was last updated, in whole milliseconds; at first the time of creation.
    #[serde(with = "epoch_seconds")]
    pub updated_at: SystemTime,
}

impl Rule {
    /// A rule that is created now, without credentials. Nothing is validated.
    pub fn new(ecr_repository_prefix: impl Into<String>, upstream_registry_url: impl Into<String>) -> Self {
        let now = now();
        Self {
            ecr_repository_prefix: ecr_repository_prefix.into(),
            upstream_registry_url: upstream_registry_url.into(),
            credential_arn: None,
            custom_role_arn: None,
            upstream_repository_prefix: None,
            created_at: now,
            updated_at: now,
        }
    }

    /// Moves `updated_at` to now, and forward in any case.
    pub(crate) fn touch(&mut self) {
        self.updated_at = now().max(self.updated_at + Duration::from_millis(1));
    }
}

/// Now, in whole milliseconds: what the wire and the state file can hold.
pub(crate) fn now() -> SystemTime {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    UNIX_EPOCH + whole_milliseconds(since_epoch)
}

fn whole_milliseconds(duration: Duration) -> Duration {
    Duration::new(duration.as_secs(), duration.subsec_millis() * 1_000_000)
}

/// A time as JSON: the number of seconds since 1970, with a fraction.
pub(crate) mod epoch_seconds {
    use super::{Duration, SystemTime, UNIX_EPOCH, whole_milliseconds};
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    /// The number for a time.
    pub(crate) fn number(time: SystemTime) -> f64 {
        time.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64()
    }

    pub(crate) fn serialize<S: Serializer>(time: &SystemTime, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(number(*time))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SystemTime, D::Error> {
        // Half a millisecond more, so that cutting to whole milliseconds rounds.
        Duration::try_from_secs_f64(f64::deserialize(deserializer)? + 0.000_5)
            .ok()
            .and_then(|since_epoch| UNIX_EPOCH.checked_add(whole_milliseconds(since_epoch)))
            .ok_or_else(|| Error::custom("a time must be a number of seconds since 1970"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_survives_the_round_trip_through_json() {
        let mut rule = Rule::new("docker-hub", "registry-1.docker.io");
        for milliseconds in 0..1000 {
            rule.created_at = UNIX_EPOCH + Duration::from_millis(1_795_000_000_000 + milliseconds);
            let json = serde_json::to_string(&rule).unwrap();
            assert_eq!(serde_json::from_str::<Rule>(&json).unwrap(), rule, "{json}");
        }
    }

    #[test]
    fn times_are_seconds_with_a_fraction() {
        let mut rule = Rule::new("quay", "quay.io");
        rule.created_at = UNIX_EPOCH + Duration::from_millis(1_795_000_000_250);
        let json = serde_json::to_value(&rule).unwrap();
        assert_eq!(json["createdAt"], 1_795_000_000.25);
        assert!(json.get("credentialArn").is_none());
    }

    #[test]
    fn a_time_that_cannot_be_is_refused() {
        let mut json = serde_json::to_value(Rule::new("quay", "quay.io")).unwrap();
        for bad in [serde_json::json!(-1), serde_json::json!(1e300), serde_json::json!("now")] {
            json["createdAt"] = bad;
            assert!(serde_json::from_value::<Rule>(json.clone()).is_err());
        }
    }

    #[test]
    fn touching_always_moves_forward() {
        let mut rule = Rule::new("quay", "quay.io");
        let far = UNIX_EPOCH + Duration::from_hours(2_500_000);
        rule.updated_at = far;
        rule.touch();
        assert!(rule.updated_at > far);
        assert!(rule.created_at < far);
    }
}
