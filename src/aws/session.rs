//! A configured provider: which region and account it works in, as whom, over which connections.

use std::time::Duration;

use aws_config::{
    BehaviorVersion, ConfigLoader, Region, SdkConfig,
    ecs::EcsCredentialsProvider,
    environment::EnvironmentVariableCredentialsProvider,
    identity::IdentityCache,
    meta::credentials::CredentialsProviderChain,
    profile::{ProfileFileCredentialsProvider, ProfileFileRegionProvider},
    provider_config::ProviderConfig,
    retry::RetryConfig,
    timeout::TimeoutConfig,
    web_identity_token::WebIdentityTokenCredentialsProvider,
};
use aws_credential_types::Credentials;
use aws_runtime::env_config::file::{EnvConfigFileKind as FileKind, EnvConfigFiles as Files};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_types::os_shim_internal::{Env, Fs};
use tokio::{sync::OnceCell, time::Instant};

use super::{
    account::Account,
    config::{Configuration, Environment, Use, region_of},
    http, region,
};
use crate::pulumi::error::{Code, Error};

/// What pulumi-aws retries by default. Failed connections count apart: see [`super::call`].
const DEFAULT_MAX_ATTEMPTS: u32 = 25;

/// How long an answer may take before the attempt counts as lost.
const READ_TIMEOUT: Duration = Duration::from_secs(30);

/// How long the call that proves the credentials may take; what comes of it later, the first call that needs AWS will tell.
const VALIDATION_LIMIT: Duration = Duration::from_secs(10);

/// A configured provider.
#[derive(Debug)]
pub struct Session {
    configuration: Configuration,
    environment: Environment,
    region: String,
    http: SharedHttpClient,
    sdk: OnceCell<SdkConfig>,
    account: Account,
}

impl Session {
    /// Gets ready to work, and finds out as whom unless the configuration says not to.
    pub async fn start(configuration: Configuration, environment: Environment) -> Result<Self, Error> {
        refuse_other_identity(&configuration)?;
        let region = match configuration.region.clone().or_else(|| region_of(environment)) {
            Some(region) => Some(region),
            None => region_of_profile(&configuration).await,
        };
        let region = region.ok_or_else(|| {
            Error::missing_key(
                "aws:region",
                "Missing region information\nMake sure you have set your AWS region, e.g. `pulumi config set aws:region us-west-2`, or by AWS_REGION or a profile of the shared AWS config file.",
            )
        })?;
        // Whichever source it comes from.
        region::validate(&region, None)
            .map_err(|invalid| Error::invalid(format!("the region of the provider (`aws:region`): {invalid}")))?;
        let (http, sdk, account) = (http::client(), OnceCell::new(), Account::not_asked_for());
        let mut session = Self { configuration, environment, region, http, sdk, account };
        session.find_profile().await?;
        let Configuration { skip_credentials_validation, skip_requesting_account_id, .. } = session.configuration;
        if skip_credentials_validation || skip_requesting_account_id {
            session.check_writable(Instant::now()).await?;
        } else {
            session.account = Account::ask(session.sts().await, session.configuration.clone());
            session.account.answer_within(VALIDATION_LIMIT).await?;
        }
        Ok(session)
    }

    /// Fails where the configuration says which accounts may be worked in, but whose the credentials are is not known by `deadline`.
    pub async fn check_writable(&self, deadline: Instant) -> Result<(), Error> {
        let Some(list) = self.configuration.account_list() else { return Ok(()) };
        if let Ok(answer) = tokio::time::timeout_at(deadline, self.account.answer()).await
            && answer?.is_some()
        {
            return Ok(());
        }
        Err(Error::new(
            Code::FailedPrecondition,
            format!(
                "`{list}` says which accounts may be worked in, but whose the credentials are is not known: STS did not tell, or \
                 `aws:skipCredentialsValidation` or `aws:skipRequestingAccountId` say not to ask"
            ),
        ))
    }

    /// What a client of STS is made from.
    async fn sts(&self) -> aws_sdk_sts::config::Builder {
        let mut sts = aws_sdk_sts::config::Builder::from(self.sdk_config().await);
        if let Some(endpoint) = self.endpoint("sts") {
            // The SDK refuses such an endpoint together with FIPS or dual-stack; like pulumi-aws, the endpoint wins.
            sts = sts.endpoint_url(endpoint).use_fips(false).use_dual_stack(false);
        }
        if let Some(region) = &self.configuration.sts_region {
            sts = sts.region(Region::new(region.clone()));
        }
        sts
    }

    /// The region of resources that name none.
    pub fn region(&self) -> &str {
        &self.region
    }

    /// The account that calls are made in, where it is known by now.
    pub fn account(&self) -> Option<String> {
        self.account.id()
    }

    /// The endpoint that the configuration gives a service.
    pub fn endpoint(&self, service: &str) -> Option<&str> {
        self.configuration.endpoints.get(service).map(String::as_str)
    }

    /// What every client of a service is made from: credentials, connections, retries. Loaded at the first use.
    pub async fn sdk_config(&self) -> &SdkConfig {
        self.sdk.get_or_init(|| self.load()).await
    }

    async fn load(&self) -> SdkConfig {
        let configuration = &self.configuration;
        let mut loader = aws_config::defaults(BehaviorVersion::v2026_01_12())
            .region(Region::new(self.region.clone()))
            .http_client(self.http.clone())
            // One cache for the clients of all regions, so that credentials are got once.
            .identity_cache(IdentityCache::lazy().build())
            .timeout_config(TimeoutConfig::builder().read_timeout(READ_TIMEOUT).build());
        if let Some(files) = profile_files(configuration) {
            loader = loader.profile_files(files);
        }
        if let Some(profile) = &configuration.profile {
            loader = loader.profile_name(profile);
        }
        if let Some(use_fips) = configuration.use_fips {
            loader = loader.use_fips(use_fips);
        }
        if let Some(use_dual_stack) = configuration.use_dual_stack {
            loader = loader.use_dual_stack(use_dual_stack);
        }
        loader = self.with_retries(loader);
        self.with_credentials(loader).load().await
    }

    fn with_retries(&self, loader: ConfigLoader) -> ConfigLoader {
        let configuration = &self.configuration;
        let named_elsewhere =
            ["AWS_MAX_ATTEMPTS", "AWS_RETRY_MODE"].into_iter().any(|name| (self.environment)(name).is_some());
        let adaptive = configuration.adaptive_retries;
        if named_elsewhere && configuration.max_attempts.is_none() && adaptive.is_none() {
            return loader;
        }
        let retries = if adaptive == Some(true) { RetryConfig::adaptive() } else { RetryConfig::standard() };
        loader
            .retry_config(retries.with_max_attempts(configuration.max_attempts.unwrap_or(DEFAULT_MAX_ATTEMPTS).max(1)))
    }

    fn with_credentials(&self, loader: ConfigLoader) -> ConfigLoader {
        let configuration = &self.configuration;
        if let Some(keys) = &configuration.keys {
            let (key, secret, token) = (keys.access_key.clone(), keys.secret_key.clone(), keys.token.clone());
            return loader.credentials_provider(Credentials::new(key, secret, token, None, "aws:accessKey"));
        }
        if configuration.profile.is_some() {
            return loader.credentials_provider(self.profile_credentials());
        }
        if configuration.skip_metadata_api_check {
            // The SDK's own chain without its last link, which asks the instance metadata service.
            let surroundings = self.provider_config();
            let web_identity = WebIdentityTokenCredentialsProvider::builder().configure(&surroundings).build();
            let container = EcsCredentialsProvider::builder().configure(&surroundings).build();
            let chain =
                CredentialsProviderChain::first_try("Environment", EnvironmentVariableCredentialsProvider::new())
                    .or_else("Profile", self.profile_credentials())
                    .or_else("WebIdentityToken", web_identity)
                    .or_else("EcsContainer", container);
            return loader.credentials_provider(chain);
        }
        loader
    }

    fn profile_credentials(&self) -> ProfileFileCredentialsProvider {
        let mut builder = ProfileFileCredentialsProvider::builder().configure(&self.provider_config());
        if let Some(profile) = &self.configuration.profile {
            builder = builder.profile_name(profile);
        }
        if let Some(files) = profile_files(&self.configuration) {
            builder = builder.profile_files(files);
        }
        builder.build()
    }

    /// What a source of credentials needs that is not made by the loader, which gives it no connections.
    fn provider_config(&self) -> ProviderConfig {
        ProviderConfig::without_region()
            .with_region(Some(Region::new(self.region.clone())))
            .with_http_client(self.http.clone())
    }

    /// Fails where a profile is asked for by name that no file has.
    async fn find_profile(&self) -> Result<(), Error> {
        if self.configuration.keys.is_some() {
            return Ok(());
        }
        let Some(name) = self.configuration.profile.clone().or_else(|| (self.environment)("AWS_PROFILE")) else {
            return Ok(());
        };
        let files = profile_files(&self.configuration).unwrap_or_default();
        let profiles = aws_config::profile::load(&Fs::default(), &Env::default(), &files, None)
            .await
            .map_err(|error| Error::new(Code::FailedPrecondition, format!("reading the shared AWS files: {error}")))?;
        if profiles.get_profile(&name).is_some() {
            return Ok(());
        }
        let mut known: Vec<&str> = profiles.profiles().collect();
        known.sort_unstable();
        let known =
            if known.is_empty() { "they have none".to_owned() } else { format!("they have: {}", known.join(", ")) };
        Err(Error::new(
            Code::Unauthenticated,
            format!(
                "the profile `{name}` is in none of the shared AWS files ({known}); \
                 set `aws:profile` (or AWS_PROFILE) to one of them, or make it with `aws configure --profile {name}`"
            ),
        ))
    }
}

/// Calls made with the credentials at hand instead of a role's would be made as somebody else, so that is refused.
fn refuse_other_identity(configuration: &Configuration) -> Result<(), Error> {
    let Some(key) = configuration.not_yet.iter().find(|key| key.r#use == Use::NotYetIdentity) else {
        return Ok(());
    };
    Err(Error::new(
        Code::FailedPrecondition,
        format!(
            "`aws:{name}` is not supported by this version of the provider. Give it the role by a profile of the shared AWS config \
             file instead (`role_arn` with `source_profile`, or `web_identity_token_file`) and name that with `aws:profile`, \
             or by AWS_ROLE_ARN with AWS_WEB_IDENTITY_TOKEN_FILE",
            name = key.name
        ),
    ))
}

async fn region_of_profile(configuration: &Configuration) -> Option<String> {
    use aws_config::meta::region::ProvideRegion;
    let mut builder = ProfileFileRegionProvider::builder();
    if let Some(profile) = &configuration.profile {
        builder = builder.profile_name(profile);
    }
    if let Some(files) = profile_files(configuration) {
        builder = builder.profile_files(files);
    }
    builder.build().region().await.map(|region| region.as_ref().to_owned())
}

/// The shared files that the configuration names, or none for the usual ones.
fn profile_files(configuration: &Configuration) -> Option<Files> {
    let Configuration { shared_config_files: config, shared_credentials_files: credentials, .. } = configuration;
    if config.is_empty() && credentials.is_empty() {
        return None;
    }
    let mut files = Files::builder();
    for file in config {
        files = files.with_file(FileKind::Config, expanded(file));
    }
    for file in credentials {
        files = files.with_file(FileKind::Credentials, expanded(file));
    }
    let files = files.include_default_config_file(config.is_empty());
    Some(files.include_default_credentials_file(credentials.is_empty()).build())
}

fn expanded(path: &str) -> std::path::PathBuf {
    match (path.strip_prefix("~/"), std::env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => path.into(),
    }
}
