import * as aws from "@pulumi/aws";

const example = new aws.ecr.PullThroughCacheRule("example", {
    ecrRepositoryPrefix: "ecr-public",
    upstreamRegistryUrl: "public.ecr.aws",
    credentialArn: "arn:aws:secretsmanager:us-east-1:123456789012:secret:ecr-pullthroughcache/ecrpublic",
});

export const prefix = example.ecrRepositoryPrefix;
export const registry = example.registryId;
export const upstream = example.upstreamRegistryUrl;
export const credential = example.credentialArn;

// These two are not set on the rule. They are known to be absent, so a second preview shows no change.
export const customRole = example.customRoleArn;
export const upstreamPrefix = example.upstreamRepositoryPrefix;

// What is computed from them is known in the preview too.
export const needsRole = example.customRoleArn.apply(role => role ? "yes" : "no");
