// Rules whose credentials are secrets of the same program, made by a provider that is part of it.

import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const config = new pulumi.Config();
const endpoint = config.require("endpoint");
const name = config.require("secret");

async function call(endpoint: string, operation: string, fields: object): Promise<{ ARN: string }> {
    const day = "20260101";
    const scope = `local/${day}/us-east-1/secretsmanager/aws4_request`;
    const response = await fetch(endpoint, {
        method: "POST",
        headers: {
            "content-type": "application/x-amz-json-1.1",
            "x-amz-target": `secretsmanager.${operation}`,
            "x-amz-date": `${day}T000000Z`,
            authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=${"0".repeat(64)}`,
        },
        body: JSON.stringify(fields),
    });
    if (!response.ok) {
        throw new Error(`${operation}: ${await response.text()}`);
    }
    return await response.json() as { ARN: string };
}

const secrets: pulumi.dynamic.ResourceProvider = {
    async create({ endpoint, name }) {
        const SecretString = JSON.stringify({ username: "somebody", accessToken: "something" });
        const { ARN } = await call(endpoint, "CreateSecret", { Name: `ecr-pullthroughcache/${name}`, SecretString });
        return { id: ARN, outs: { endpoint, name, arn: ARN } };
    },
    async diff(_id, olds, news) {
        const changes = olds.name !== news.name;
        return { changes, replaces: changes ? ["name"] : [] };
    },
    async delete(id, { endpoint }) {
        await call(endpoint, "DeleteSecret", { SecretId: id, ForceDeleteWithoutRecovery: true });
    },
};

class Secret extends pulumi.dynamic.Resource {
    declare readonly arn: pulumi.Output<string>;

    constructor(name: string, args: { name: string }, options?: pulumi.CustomResourceOptions) {
        super(secrets, name, { arn: undefined, endpoint, ...args }, options);
    }
}

function rule(name: string, args: Partial<aws.ecr.PullThroughCacheRuleArgs>): aws.ecr.PullThroughCacheRule {
    return new aws.ecr.PullThroughCacheRule(name, { ecrRepositoryPrefix: name, upstreamRegistryUrl: "ghcr.io", ...args });
}

const open = new Secret("open", { name: `open-${name}` });
const hidden = new Secret("hidden", { name: `hidden-${name}` }, { additionalSecretOutputs: ["arn"] });

const plain = rule("plain", { credentialArn: open.arn });
rule("secret", { credentialArn: hidden.arn });
rule("made-secret", { credentialArn: pulumi.secret(open.arn) });
rule("made-plain", { credentialArn: pulumi.unsecret(hidden.arn) });
rule("computed", {
    ecrRepositoryPrefix: pulumi.all([open.arn, "computed"]).apply(([_, prefix]) => prefix),
    upstreamRegistryUrl: pulumi.interpolate`${plain.registryId}.dkr.ecr.eu-west-1.amazonaws.com`,
});
