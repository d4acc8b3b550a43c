//! What a kind of resource implements to be served.

use tonic::async_trait;

use super::{
    check::Findings, error::Error, operation::Context, plain::PlainProperties, property::Property, value::PropertyMap,
};

/// A kind of resource, for a provider whose configured state is `S`.
///
/// The server has done the protocol's part before it calls: inputs are checked, wrappers (secrets, outputs) are set aside and put
/// back afterwards, and a preview never reaches [`create`](Self::create), [`update`](Self::update) or [`delete`](Self::delete).
#[async_trait]
pub trait Resource<S: Send + Sync + 'static>: Send + Sync {
    /// The type token, `package:module:Type`.
    fn token(&self) -> &'static str;

    /// The properties, in the order in which messages and diffs name them.
    fn properties(&self) -> &'static [Property];

    /// Rules that concern several properties, or the provider's configuration; the ones for each property by itself are in the
    /// table and have been applied. `inputs` may hold unknown values. No I/O.
    fn check(&self, inputs: &PropertyMap, session: Option<&S>, findings: &mut Findings);

    /// Looks, in a preview, for what would make the create fail, and warns of it. It must not write, fail or take long.
    async fn look_ahead(&self, context: &Context<S>, inputs: &PropertyMap);

    /// Makes the resource.
    async fn create(&self, context: &Context<S>, inputs: &PlainProperties) -> Result<Found, Error>;

    /// Reads the resource by id. `state` is what the state holds of it (outputs over inputs), if anything.
    /// None where it does not exist.
    async fn read(&self, context: &Context<S>, id: &str, state: &PlainProperties) -> Result<Option<Found>, Error>;

    /// Changes the resource in place. `state` is as for [`read`](Self::read). Returns the outputs.
    async fn update(
        &self,
        context: &Context<S>,
        id: &str,
        state: &PlainProperties,
        inputs: &PlainProperties,
    ) -> Result<PlainProperties, Error>;

    /// Removes the resource; succeeds where it is gone already. `state` is as for [`read`](Self::read).
    async fn delete(&self, context: &Context<S>, id: &str, state: &PlainProperties) -> Result<(), Error>;

    /// The ids of a page of the resources that exist. `token` is where an earlier page ended, `size` how many to return at most.
    async fn list(&self, context: &Context<S>, token: Option<String>, size: Option<u32>) -> Result<Page, Error>;
}

/// A resource that exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The id to keep in the state.
    pub id: String,
    /// What the service reports of it, by property name.
    pub outputs: PlainProperties,
}

/// A page of a listing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The ids of the resources.
    pub ids: Vec<String>,
    /// Where the next page begins; none on the last one.
    pub next: Option<String>,
}

/// A function of the package (a data source).
#[async_trait]
pub trait Function<S: Send + Sync + 'static>: Send + Sync {
    /// The token, `package:module:function`.
    fn token(&self) -> &'static str;

    /// The arguments, in the order in which messages name them; validated like a resource's inputs.
    fn arguments(&self) -> &'static [Property];

    /// Calls the function. Every result that the schema promises is in the answer, as an empty string where there is none.
    async fn call(&self, context: &Context<S>, arguments: &PlainProperties) -> Result<PlainProperties, Error>;
}
