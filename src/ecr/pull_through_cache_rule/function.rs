//! `getPullThroughCacheRule`: a rule's settings, for a program that does not manage it.

use tonic::async_trait;

use super::{
    api::Api,
    failure::Operation,
    messages::interruption_error,
    prefix,
    properties::{ECR_REPOSITORY_PREFIX, PROPERTIES, REGION},
    region_of,
};
use crate::{
    aws::region,
    ecr::Ecr,
    pulumi::{
        error::{Code, Error},
        operation::Context,
        plain::PlainProperties,
        property::{OnChange, Property},
        resource::Function,
    },
};

/// The function.
#[derive(Debug)]
pub struct GetPullThroughCacheRule;

const ARGUMENTS: &[Property] = &[
    Property::required(ECR_REPOSITORY_PREFIX).validated(prefix::validate),
    Property::optional(REGION, OnChange::Replace).validated(|name| region::validate(name, None)),
];

#[async_trait]
impl Function<Ecr> for GetPullThroughCacheRule {
    fn token(&self) -> &'static str {
        "aws:ecr/getPullThroughCacheRule:getPullThroughCacheRule"
    }

    fn arguments(&self) -> &'static [Property] {
        ARGUMENTS
    }

    async fn call(&self, context: &Context<Ecr>, arguments: &PlainProperties) -> Result<PlainProperties, Error> {
        let given = arguments.get(ECR_REPOSITORY_PREFIX).unwrap_or_default();
        let region = region_of(context, arguments);
        region::validate(&region, Some(context.session.session().region()))
            .map_err(|invalid| Error::invalid(format!("`region`: {invalid}")))?;
        let operation = Operation::new(
            "reading",
            "DescribePullThroughCacheRules",
            given,
            &region,
            context.session.session().account(),
        );
        let found = Api::new(context, &region).await.describe(given, None, None).await;
        let rule =
            found.map_err(|unanswered| interruption_error(context, &operation, &unanswered))?.ok_or_else(|| {
                let message = format!("{}: couldn't find resource: {region} has no such rule", operation.title());
                Error::new(Code::NotFound, message)
            })?;
        let outputs = rule.outputs(&region);
        // SDKs type every result as present, so what is not set is an empty string.
        let all = PROPERTIES.iter().map(|property| (property.name, outputs.get(property.name).unwrap_or_default()));
        Ok(all.chain([("id", given)]).collect())
    }
}
