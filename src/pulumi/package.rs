//! What a package implements to be served as a plugin.

use std::{collections::BTreeMap, fmt};

use tonic::async_trait;

use super::{
    check::CheckFailure,
    error::Error,
    resource::{Function, Resource},
    value::PropertyMap,
};

/// A package: its schema, its configuration, its resources and functions.
#[async_trait]
pub trait Package: fmt::Debug + Send + Sync + 'static {
    /// What [`configure`](Self::configure) makes and every operation works with.
    type Session: fmt::Debug + Send + Sync + 'static;

    /// The package's name, the first part of every token.
    fn name(&self) -> &'static str;

    /// The schema as JSON, of a version.
    fn schema(&self, version: &str) -> String;

    /// The resources served.
    fn resources(&self) -> &'static [&'static dyn Resource<Self::Session>];

    /// The functions served.
    fn functions(&self) -> &'static [&'static dyn Function<Self::Session>];

    /// Validates the provider configuration and adds defaults to it. No network.
    fn check_config(&self, news: PropertyMap) -> Result<PropertyMap, Vec<CheckFailure>>;

    /// The keys that differ between two provider configurations, in what they mean.
    fn diff_config(&self, olds: &PropertyMap, news: &PropertyMap) -> Vec<String>;

    /// Gets ready to work with a configuration. Warnings are shown on the provider itself.
    async fn configure(&self, configuration: PropertyMap) -> Result<Configured<Self::Session>, Error>;

    /// What inherited properties are under a configuration, by property name.
    fn inherited(&self, session: &Self::Session) -> BTreeMap<&'static str, String>;

    /// What to tell a program that asks for a type or function of this package that the plugin does not serve.
    fn not_served(&self, token: &str) -> String;
}

/// What came of a configuration.
#[derive(Debug)]
pub struct Configured<S> {
    /// What operations work with.
    pub session: S,
    /// What the user should know.
    pub warnings: Vec<String>,
}
