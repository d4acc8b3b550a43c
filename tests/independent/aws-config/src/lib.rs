//! Stands in for the real `aws-config`, which would bring in TLS, SSO and STS to build a configuration that the server side of
//! winterbaume never asks for.

#![allow(clippy::unused_async, clippy::needless_pass_by_value, clippy::must_use_candidate, missing_docs)]

/// What a configuration would be.
#[derive(Debug)]
pub struct SdkConfig;

/// Which defaults a configuration would have.
#[derive(Debug)]
pub struct BehaviorVersion;

impl BehaviorVersion {
    pub fn latest() -> Self {
        Self
    }
}

/// The Region that a configuration would be for.
#[derive(Debug)]
pub struct Region;

impl Region {
    pub fn new(_name: impl Into<String>) -> Self {
        Self
    }
}

/// What would load a configuration.
#[derive(Debug)]
pub struct ConfigLoader;

pub fn defaults(_version: BehaviorVersion) -> ConfigLoader {
    ConfigLoader
}

#[allow(clippy::return_self_not_must_use)]
impl ConfigLoader {
    pub fn http_client<T>(self, _client: T) -> Self {
        self
    }

    pub fn credentials_provider<T>(self, _provider: T) -> Self {
        self
    }

    pub fn region(self, _region: Region) -> Self {
        self
    }

    pub async fn load(self) -> SdkConfig {
        SdkConfig
    }
}
