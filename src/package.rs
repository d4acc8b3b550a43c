//! The package `aws` as this plugin serves it: what is put together, and from where.

use std::collections::BTreeMap;

use tonic::async_trait;

use crate::{
    aws::{
        config::{self, Configuration, Environment, Use},
        session::Session,
    },
    ecr::{
        Ecr,
        pull_through_cache_rule::{GetPullThroughCacheRule, PullThroughCacheRule},
    },
    pulumi::{
        check::CheckFailure,
        error::Error,
        package::{Configured, Package},
        resource::{Function, Resource},
        value::PropertyMap,
    },
};

/// The package.
#[derive(Debug)]
pub struct Aws {
    /// Where defaults come from.
    pub environment: Environment,
}

/// Every resource that is served.
const RESOURCES: &[&dyn Resource<Ecr>] = &[&PullThroughCacheRule];

/// Every function that is served.
const FUNCTIONS: &[&dyn Function<Ecr>] = &[&GetPullThroughCacheRule];

#[async_trait]
impl Package for Aws {
    type Session = Ecr;

    fn name(&self) -> &'static str {
        "aws"
    }

    fn schema(&self, version: &str) -> String {
        // As `build.rs` leaves them.
        const SCHEMA: &str = include_str!(concat!(env!("OUT_DIR"), "/schema.json"));
        const CONFIGURATION: &str = include_str!(concat!(env!("OUT_DIR"), "/configuration.json"));
        SCHEMA.replacen("@VERSION@", version, 1).replace("\"@CONFIGURATION@\"", CONFIGURATION)
    }

    fn resources(&self) -> &'static [&'static dyn Resource<Ecr>] {
        RESOURCES
    }

    fn functions(&self) -> &'static [&'static dyn Function<Ecr>] {
        FUNCTIONS
    }

    fn check_config(&self, news: PropertyMap) -> Result<PropertyMap, Vec<CheckFailure>> {
        Configuration::read(&news, self.environment)?;
        Ok(config::with_defaults(news, self.environment))
    }

    fn diff_config(&self, olds: &PropertyMap, news: &PropertyMap) -> Vec<String> {
        config::differences(olds, news)
    }

    async fn configure(&self, configuration: PropertyMap) -> Result<Configured<Ecr>, Error> {
        let configuration = Configuration::read(&configuration, self.environment).map_err(|failures| {
            let failures = failures.iter().map(|failure| format!("`aws:{}` {}", failure.property, failure.reason));
            Error::invalid(format!(
                "the provider configuration is not valid: {}",
                failures.collect::<Vec<_>>().join("; ")
            ))
        })?;
        let warnings = configuration.not_yet.iter().filter(|key| key.r#use == Use::NotYetReach).map(|key| {
            format!(
                "`aws:{}` is not supported by this version of the provider, and calls are made as if it were not set",
                key.name
            )
        });
        let warnings = warnings.collect();
        Ok(Configured { session: Ecr::new(Session::start(configuration, self.environment).await?), warnings })
    }

    fn inherited(&self, session: &Ecr) -> BTreeMap<&'static str, String> {
        [("region", session.session().region().to_owned())].into()
    }

    fn not_served(&self, token: &str) -> String {
        let served =
            RESOURCES.iter().map(|resource| resource.token()).chain(FUNCTIONS.iter().map(|function| function.token()));
        format!(
            "`{token}` is not served by this plugin, which serves {}. Everything else of the package `aws` belongs to pulumi-aws: \
             either take this plugin's folder away (so that pulumi-aws serves the whole program), or keep pulumi-aws for the program \
             and send single rules here with the resource option `version: \"{}\"`",
            served.map(|served| format!("`{served}`")).collect::<Vec<_>>().join(" and "),
            env!("CARGO_PKG_VERSION")
        )
    }
}
