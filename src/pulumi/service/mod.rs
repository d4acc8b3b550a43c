//! The provider protocol, answered for any package.
//!
//! Each RPC is decoded, handed to the pure logic or to the resource concerned, and encoded again. `configuration.rs` holds what
//! is about the provider itself, `lifecycle.rs` what is about a resource, `queries.rs` what only reads.

mod configuration;
mod lifecycle;
mod queries;

use std::{
    collections::HashMap,
    future::Future,
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, Weak},
};

use tokio_util::task::TaskTracker;
use tonic::{Request, Response, Status, codegen::BoxStream};

use super::{
    engine::Engine,
    error::{Code, Error},
    operation::{Cancellation, Context, run_to_end},
    package::Package,
    resource::Resource,
    rpc::{
        CheckRequest, CheckResponse, ConfigureRequest, ConfigureResponse, CreateRequest, CreateResponse, DeleteRequest,
        DiffRequest, DiffResponse, GetSchemaRequest, GetSchemaResponse, InvokeRequest, InvokeResponse, ListRequest,
        ListResponse, PluginAttach, PluginInfo, ProviderHandshakeRequest, ProviderHandshakeResponse, ReadRequest,
        ReadResponse, UpdateRequest, UpdateResponse, resource_provider_server::ResourceProvider,
    },
    urn::Urn,
    version,
};

/// A package as a Pulumi provider. Clones share everything.
#[derive(Debug)]
pub struct Service<P: Package> {
    shared: Arc<Shared<P>>,
    provider: Arc<Provider<P::Session>>,
}

#[derive(Debug)]
struct Shared<P: Package> {
    package: P,
    built_version: &'static str,
    root_directory: Mutex<Option<String>>,
    engine: Arc<Engine>,
    cancellation: Cancellation,
    running: TaskTracker,
    /// The providers that are configured side by side, the living ones at the time of the last Configure.
    configured: Mutex<SideBySide<P::Session>>,
}

/// Providers, each with what its Configure made.
type SideBySide<S> = Vec<(Weak<Provider<S>>, Arc<S>)>;

/// One of the providers of a stack, as its connection knows it.
///
/// An engine that is told to attach to a running plugin (`PULUMI_DEBUG_PROVIDERS`) does so for every provider of the package in the
/// stack, each with a connection and a configuration of its own; no later request says which provider it is for.
#[derive(Debug)]
struct Provider<S> {
    session: RwLock<Option<Arc<S>>>,
    /// The ids in the state of resources that would be deleted before they were created anew, as Diff has found.
    deleted_first: Mutex<HashMap<Urn, String>>,
}

impl<S> Default for Provider<S> {
    fn default() -> Self {
        Self { session: RwLock::default(), deleted_first: Mutex::default() }
    }
}

impl<P: Package> Clone for Service<P> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared), provider: Arc::clone(&self.provider) }
    }
}

impl<P: Package> Service<P> {
    /// Serves a package, built as some version.
    pub fn new(package: P, built_version: &'static str) -> Self {
        let shared = Shared {
            package,
            built_version,
            root_directory: Mutex::default(),
            engine: Arc::default(),
            cancellation: Cancellation::default(),
            running: TaskTracker::new(),
            configured: Mutex::default(),
        };
        Self { shared: Arc::new(shared), provider: Arc::default() }
    }

    /// The same package for another connection, which may be about another provider.
    #[must_use]
    pub fn for_connection(&self) -> Self {
        Self { shared: Arc::clone(&self.shared), provider: Arc::default() }
    }

    /// The engine that messages to the user go to.
    pub fn engine(&self) -> &Engine {
        &self.shared.engine
    }

    /// Ends waits and retries at once, and returns when every call that is on the wire has ended.
    pub async fn finish(&self) {
        self.shared.cancellation.cancel();
        self.shared.running.close();
        self.shared.running.wait().await;
    }

    fn version(&self) -> String {
        let root_directory = self.shared.root_directory.lock().unwrap_or_else(PoisonError::into_inner);
        version::installed(self.shared.package.name(), root_directory.as_deref(), self.shared.built_version)
    }

    /// The configured session: that of this connection, or else, for a client that connected anew, the only one that there is.
    fn session(&self) -> Option<Arc<P::Session>> {
        let own = self.provider.session.read().unwrap_or_else(PoisonError::into_inner).clone();
        own.or_else(|| match self.configured().as_slice() {
            [(_, only)] => Some(Arc::clone(only)),
            _ => None,
        })
    }

    /// From now on, what [`session`](Self::session) gives.
    fn configure_with(&self, session: P::Session) {
        let session = Arc::new(session);
        *self.provider.session.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&session));
        let this = Arc::downgrade(&self.provider);
        let mut configured = self.configured();
        configured.retain(|(provider, _)| provider.strong_count() > 0 && !provider.ptr_eq(&this));
        configured.push((this, session));
        drop(configured);
        self.deleted_first().clear();
    }

    fn configured(&self) -> MutexGuard<'_, SideBySide<P::Session>> {
        self.shared.configured.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn deleted_first(&self) -> MutexGuard<'_, HashMap<Urn, String>> {
        self.provider.deleted_first.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn context(&self, urn: Urn, timeout: f64) -> Result<Context<P::Session>, Error> {
        let session = self.session().ok_or_else(|| {
            Error::new(
                Code::FailedPrecondition,
                "the provider has not been configured yet (no Configure call on this connection)",
            )
        })?;
        let cancelled = self.shared.cancellation.token();
        Ok(Context::new(session, urn, timeout, cancelled, Arc::clone(&self.shared.engine)))
    }

    /// The resource of a URN; `token` is the type that newer engines send beside it.
    fn resource(&self, urn: &Urn, token: &str) -> Result<&'static dyn Resource<P::Session>, Error> {
        let token = if token.is_empty() { urn.resource_type() } else { token };
        if token.is_empty() {
            return Err(Error::invalid(format!("the request names no resource: `{}` is not a URN", urn.as_str())));
        }
        self.resource_of_type(token)
    }

    fn resource_of_type(&self, token: &str) -> Result<&'static dyn Resource<P::Session>, Error> {
        let resources = self.shared.package.resources().iter().copied();
        resources.into_iter().find(|resource| resource.token() == token).ok_or_else(|| self.not_served(token))
    }

    fn not_served(&self, token: &str) -> Error {
        Error::invalid(self.shared.package.not_served(token))
    }

    /// Runs an operation to its end, whatever becomes of the connection.
    async fn run<T: Send + 'static>(
        &self,
        operation: impl Future<Output = Result<T, Error>> + Send + 'static,
    ) -> Result<T, Error> {
        run_to_end(&self.shared.running, operation).await
    }
}

/// Wraps an answer or turns an error into a status. Failures are visible to a developer; what was asked is not logged, since it
/// may hold secrets.
fn respond<T>(method: &'static str, result: Result<T, Error>) -> Result<Response<T>, Status> {
    match result {
        Ok(answer) => {
            tracing::debug!(method, "answered");
            Ok(Response::new(answer))
        }
        Err(error) => {
            tracing::debug!(method, code = ?error.code, message = %error, "failed");
            Err(error.into())
        }
    }
}

#[tonic::async_trait]
impl<P: Package> ResourceProvider for Service<P> {
    async fn handshake(
        &self,
        request: Request<ProviderHandshakeRequest>,
    ) -> Result<Response<ProviderHandshakeResponse>, Status> {
        respond("Handshake", Ok(self.handshake(request.into_inner()).await))
    }

    async fn attach(&self, request: Request<PluginAttach>) -> Result<Response<()>, Status> {
        let address = request.into_inner().address;
        let attached = self.engine().attach(&address).await;
        respond("Attach", attached.map_err(|no_address| Error::invalid(no_address.to_string())))
    }

    async fn get_plugin_info(&self, _: Request<()>) -> Result<Response<PluginInfo>, Status> {
        respond("GetPluginInfo", Ok(PluginInfo { version: self.version() }))
    }

    async fn get_schema(&self, request: Request<GetSchemaRequest>) -> Result<Response<GetSchemaResponse>, Status> {
        respond("GetSchema", self.schema(&request.into_inner()))
    }

    async fn check_config(&self, request: Request<CheckRequest>) -> Result<Response<CheckResponse>, Status> {
        respond("CheckConfig", self.check_config(request.into_inner()))
    }

    async fn diff_config(&self, request: Request<DiffRequest>) -> Result<Response<DiffResponse>, Status> {
        respond("DiffConfig", self.diff_config(request.into_inner()))
    }

    async fn configure(&self, request: Request<ConfigureRequest>) -> Result<Response<ConfigureResponse>, Status> {
        let service = self.clone();
        let request = request.into_inner();
        respond("Configure", self.run(async move { service.configure(request).await }).await)
    }

    async fn cancel(&self, _: Request<()>) -> Result<Response<()>, Status> {
        self.shared.cancellation.cancel();
        respond("Cancel", Ok(()))
    }

    async fn check(&self, request: Request<CheckRequest>) -> Result<Response<CheckResponse>, Status> {
        let service = self.clone();
        let request = request.into_inner();
        respond("Check", self.run(async move { service.check(request).await }).await)
    }

    async fn diff(&self, request: Request<DiffRequest>) -> Result<Response<DiffResponse>, Status> {
        let service = self.clone();
        let request = request.into_inner();
        respond("Diff", self.run(async move { service.diff(request) }).await)
    }

    async fn create(&self, request: Request<CreateRequest>) -> Result<Response<CreateResponse>, Status> {
        let service = self.clone();
        let request = request.into_inner();
        respond("Create", self.run(async move { service.create(request).await }).await)
    }

    async fn read(&self, request: Request<ReadRequest>) -> Result<Response<ReadResponse>, Status> {
        let service = self.clone();
        let request = request.into_inner();
        respond("Read", self.run(async move { service.read(request).await }).await)
    }

    async fn update(&self, request: Request<UpdateRequest>) -> Result<Response<UpdateResponse>, Status> {
        let service = self.clone();
        let request = request.into_inner();
        respond("Update", self.run(async move { service.update(request).await }).await)
    }

    async fn delete(&self, request: Request<DeleteRequest>) -> Result<Response<()>, Status> {
        let service = self.clone();
        let request = request.into_inner();
        respond("Delete", self.run(async move { service.delete(request).await }).await)
    }

    async fn invoke(&self, request: Request<InvokeRequest>) -> Result<Response<InvokeResponse>, Status> {
        let service = self.clone();
        let request = request.into_inner();
        respond("Invoke", self.run(async move { service.invoke(request).await }).await)
    }

    async fn list(&self, request: Request<ListRequest>) -> Result<Response<BoxStream<ListResponse>>, Status> {
        let service = self.clone();
        let request = request.into_inner();
        let answers = self.run(async move { service.list(request).await }).await;
        let stream = answers.map(|answers| {
            let stream: BoxStream<ListResponse> =
                Box::pin(tonic::codegen::tokio_stream::iter(answers.into_iter().map(Ok)));
            stream
        });
        respond("List", stream)
    }
}
