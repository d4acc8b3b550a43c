//! Every configuration key of pulumi-aws 6.77 and 7.48.

/// One key.
#[derive(Debug)]
pub struct Key {
    /// The name, without `aws:`.
    pub name: &'static str,
    /// What its value looks like.
    pub shape: Shape,
    /// Whether the value must not be shown.
    pub secret: bool,
    /// What this provider does with it.
    pub r#use: Use,
}

/// What a value looks like. Each comes as such or, from SDKs and stack configuration, as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A string.
    Text,
    /// A boolean.
    Flag,
    /// A whole number, not negative.
    Number,
    /// A list or an object.
    Structure,
}

/// What the provider does with a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// What it says.
    Honoured,
    /// Nothing, because nothing about a rule depends on it (tags, S3).
    Irrelevant,
    /// Nothing yet; it concerns how AWS is reached, and calls work without it or fail.
    NotYetReach,
    /// Nothing yet; without it calls would be made as somebody else than was asked for, so Configure refuses it.
    NotYetIdentity,
}

/// All keys, in alphabetical order.
pub const KEYS: &[Key] = &[
    secret("accessKey"),
    key("allowedAccountIds", Shape::Structure, Use::Honoured),
    key("assumeRole", Shape::Structure, Use::NotYetIdentity),
    key("assumeRoleWithWebIdentity", Shape::Structure, Use::NotYetIdentity),
    key("assumeRoles", Shape::Structure, Use::NotYetIdentity),
    key("customCaBundle", Shape::Text, Use::NotYetReach),
    key("defaultTags", Shape::Structure, Use::Irrelevant),
    key("ec2MetadataServiceEndpoint", Shape::Text, Use::NotYetReach),
    key("ec2MetadataServiceEndpointMode", Shape::Text, Use::NotYetReach),
    key("endpoints", Shape::Structure, Use::Honoured),
    key("forbiddenAccountIds", Shape::Structure, Use::Honoured),
    key("httpProxy", Shape::Text, Use::NotYetReach),
    key("httpsProxy", Shape::Text, Use::NotYetReach),
    key("ignoreTags", Shape::Structure, Use::Irrelevant),
    key("insecure", Shape::Flag, Use::NotYetReach),
    key("maxRetries", Shape::Number, Use::Honoured),
    key("noProxy", Shape::Text, Use::NotYetReach),
    key("profile", Shape::Text, Use::Honoured),
    key("region", Shape::Text, Use::Honoured),
    key("retryMode", Shape::Text, Use::Honoured),
    key("s3UsEast1RegionalEndpoint", Shape::Text, Use::Irrelevant),
    key("s3UsePathStyle", Shape::Flag, Use::Irrelevant),
    secret("secretKey"),
    key("sharedConfigFiles", Shape::Structure, Use::Honoured),
    key("sharedCredentialsFiles", Shape::Structure, Use::Honoured),
    key("skipCredentialsValidation", Shape::Flag, Use::Honoured),
    key("skipMetadataApiCheck", Shape::Flag, Use::Honoured),
    key("skipRegionValidation", Shape::Flag, Use::Honoured),
    key("skipRequestingAccountId", Shape::Flag, Use::Honoured),
    key("stsRegion", Shape::Text, Use::Honoured),
    key("tagPolicyCompliance", Shape::Text, Use::Irrelevant),
    secret("token"),
    key("tokenBucketRateLimiterCapacity", Shape::Number, Use::Irrelevant),
    key("useDualstackEndpoint", Shape::Flag, Use::Honoured),
    key("useFipsEndpoint", Shape::Flag, Use::Honoured),
    key("userAgents", Shape::Structure, Use::Irrelevant),
];

const fn key(name: &'static str, shape: Shape, r#use: Use) -> Key {
    Key { name, shape, secret: false, r#use }
}

const fn secret(name: &'static str) -> Key {
    Key { name, shape: Shape::Text, secret: true, r#use: Use::Honoured }
}
