"""Rules whose credentials are secrets of the same program, made by a provider that is part of it."""

import pulumi
import pulumi_aws as aws
from pulumi import dynamic

config = pulumi.Config()
endpoint = config.require("endpoint")
secret_name = config.require("secret")


def call(endpoint, operation, fields):
    import json
    from urllib.request import Request, urlopen

    day = "20260101"
    scope = f"local/{day}/us-east-1/secretsmanager/aws4_request"
    headers = {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": f"secretsmanager.{operation}",
        "x-amz-date": f"{day}T000000Z",
        "authorization": f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature={'0' * 64}",
    }
    with urlopen(Request(endpoint, json.dumps(fields).encode(), headers)) as answer:
        return json.load(answer)


class Secrets(dynamic.ResourceProvider):
    def create(self, props):
        value = '{"username": "somebody", "accessToken": "something"}'
        fields = {"Name": f"ecr-pullthroughcache/{props['name']}", "SecretString": value}
        arn = call(props["endpoint"], "CreateSecret", fields)["ARN"]
        return dynamic.CreateResult(arn, {**props, "arn": arn})

    def diff(self, _id, olds, news):
        changes = olds["name"] != news["name"]
        return dynamic.DiffResult(changes=changes, replaces=["name"] if changes else [])

    def delete(self, _id, props):
        call(props["endpoint"], "DeleteSecret", {"SecretId": _id, "ForceDeleteWithoutRecovery": True})


class Secret(dynamic.Resource):
    arn: pulumi.Output[str]

    def __init__(self, name, opts=None):
        props = {"arn": None, "endpoint": endpoint, "name": f"{name}-{secret_name}"}
        super().__init__(Secrets(), name, props, opts)


def rule(name, **args):
    args = {"ecr_repository_prefix": name, "upstream_registry_url": "ghcr.io", **args}
    return aws.ecr.PullThroughCacheRule(name, **args)


open_secret = Secret("open")
hidden_secret = Secret("hidden", pulumi.ResourceOptions(additional_secret_outputs=["arn"]))

plain = rule("plain", credential_arn=open_secret.arn)
rule("secret", credential_arn=hidden_secret.arn)
rule("made-secret", credential_arn=pulumi.Output.secret(open_secret.arn))
rule("made-plain", credential_arn=pulumi.Output.unsecret(hidden_secret.arn))
rule(
    "computed",
    ecr_repository_prefix=open_secret.arn.apply(lambda _: "computed"),
    upstream_registry_url=pulumi.Output.concat(plain.registry_id, ".dkr.ecr.eu-west-1.amazonaws.com"),
)
