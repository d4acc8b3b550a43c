"""An ordinary AWS client works on the local ECR: boto3, with nothing but an endpoint and dummy keys.

The binary to test is named by LOCAL_ECR_BINARY. Each answer is parsed by botocore's own model of the service, which no one of this
project wrote; what the model cannot tell (texts, times, pages) is asserted here.

    LOCAL_ECR_BINARY=target/debug/local-ecr python -m unittest -v test_local_ecr.py
"""

import datetime
import json
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError, EndpointConnectionError

BINARY = os.environ["LOCAL_ECR_BINARY"]
ACCOUNT = "123456789012"
REGION = "us-east-1"
SECRET = f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:ecr-pullthroughcache/hub-AbCdEf"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/pull"
DEADLINE = 10  # seconds for what takes milliseconds on an idle machine


class Server:
    """A running local-ecr."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen(
            [BINARY, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.url = self.process.stdout.readline().strip()
        if not self.url:
            raise RuntimeError(self.process.communicate()[1])

    def client(self, service="ecr", region=REGION, access_key="test", **settings):
        # Parameters go out unchecked, so that the server is what refuses them, and once, so that what it answers is seen.
        config = Config(parameter_validation=False, retries={"total_max_attempts": 1}, **settings)
        return boto3.client(
            service,
            endpoint_url=self.url,
            region_name=region,
            aws_access_key_id=access_key,
            aws_secret_access_key="test",
            config=config,
        )

    def stop(self, how=signal.SIGTERM):
        """Stops it and gives back exit status, the rest of its output, and its errors."""
        self.process.send_signal(how)
        output, errors = self.process.communicate(timeout=DEADLINE)
        return self.process.returncode, output, errors


class LocalEcrTest(unittest.TestCase):
    """A server for each test, so that no test sees another's rules."""

    arguments = ()

    def setUp(self):
        self.server = self.start(*self.arguments)
        self.ecr = self.server.client()

    def start(self, *arguments):
        server = Server(*arguments)

        def end():
            if server.process.poll() is None:
                server.stop()

        self.addCleanup(end)
        return server

    def create(self, prefix="quay", url="quay.io", client=None, **fields):
        client = client or self.ecr
        return client.create_pull_through_cache_rule(ecrRepositoryPrefix=prefix, upstreamRegistryUrl=url, **fields)

    def describe(self, client=None, **fields):
        return (client or self.ecr).describe_pull_through_cache_rules(**fields)["pullThroughCacheRules"]

    def fails(self, code, call, *arguments, client=None, **fields):
        """The call fails with the exception that botocore's model has for the code."""
        modelled = getattr((client or self.ecr).exceptions, code, ClientError)
        with self.assertRaises(modelled) as caught:
            call(*arguments, **fields)
        response = caught.exception.response
        self.assertEqual(response["Error"]["Code"], code)
        self.assertTrue(response["Error"]["Message"])
        self.assertRegex(response["ResponseMetadata"]["RequestId"], r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
        return response["Error"]["Message"]

    def refuses(self, code, prefix="quay", url="quay.io", **fields):
        message = self.fails(code, self.create, prefix, url, **fields)
        self.assertEqual(self.describe(), [])
        return message


def own_fields(response):
    return set(response) - {"ResponseMetadata"}


class Create(LocalEcrTest):
    def test_the_least_rule(self):
        created = self.create("ecr-public", "public.ecr.aws")
        fields = {"ecrRepositoryPrefix", "upstreamRegistryUrl", "createdAt", "registryId", "upstreamRegistry"}
        self.assertEqual(own_fields(created), fields)
        self.assertEqual(created["registryId"], ACCOUNT)
        self.assertEqual(created["upstreamRegistry"], "ecr-public")

    def test_the_fullest_rule(self):
        fields = {"credentialArn": SECRET, "customRoleArn": ROLE, "upstreamRepositoryPrefix": "library", "registryId": ACCOUNT}
        created = self.create("docker-hub", "registry-1.docker.io", **fields)
        self.assertEqual({key: created[key] for key in fields}, fields)

    def test_created_at_is_a_time(self):
        created = self.create()["createdAt"]
        self.assertIsInstance(created, datetime.datetime)
        age = datetime.datetime.now(datetime.timezone.utc) - created
        self.assertLess(abs(age.total_seconds()), 60)

    def test_every_upstream(self):
        upstreams = {
            "public.ecr.aws": "ecr-public",
            "quay.io": "quay",
            "registry.k8s.io": "k8s",
            "registry-1.docker.io": "docker-hub",
            "ghcr.io": "github-container-registry",
            "mine.azurecr.io": "azure-container-registry",
            "registry.gitlab.com": "gitlab-container-registry",
            "cgr.dev": "chainguard",
            f"{ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com": "ecr",
        }
        for number, (url, name) in enumerate(upstreams.items()):
            created = self.create(f"upstream-{number}", url, credentialArn=SECRET)
            self.assertEqual(created["upstreamRegistry"], name, url)

    def test_root_goes_with_root(self):
        self.assertIn("ROOT", self.refuses("InvalidParameterException", "ROOT", upstreamRepositoryPrefix="team"))
        self.assertEqual(self.create("ROOT", upstreamRepositoryPrefix="ROOT")["ecrRepositoryPrefix"], "ROOT")

    def test_a_prefix_taken(self):
        self.create()
        message = self.fails("PullThroughCacheRuleAlreadyExistsException", self.create)
        self.assertIn("quay", message)

    def test_a_bad_prefix(self):
        message = self.refuses("InvalidParameterException", "-quay")
        self.assertEqual(
            message,
            "Invalid parameter at 'ecrRepositoryPrefix' failed to satisfy constraint: "
            "'Member must satisfy regular expression pattern: "
            r"^([a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*\/?|ROOT)$'",
        )

    def test_the_server_agrees_with_the_models_pattern(self):
        shape = self.ecr.meta.service_model.shape_for("PullThroughCacheRuleRepositoryPrefix").metadata
        pattern = re.compile(shape["pattern"])
        candidates = """ecr-public ecr-public/ a/b a/ 12 docker.io thirdparty/registry.k8s.io root ROOT a__b a--b a-----b
            a___b a..b a.-b a_-b -ab ab- ab_ ab. /ab ab// ab//cd ab-/ team/_x ROOT/ Root ab:cd // a1/b2/c3/d4""".split()
        for candidate in [*candidates, "ab cd", "\u00e4b"]:
            try:
                self.create(candidate)
                self.ecr.delete_pull_through_cache_rule(ecrRepositoryPrefix=candidate)
                accepted = True
            except self.ecr.exceptions.InvalidParameterException:
                accepted = False
            self.assertEqual(accepted, bool(pattern.fullmatch(candidate)), candidate)

    def test_a_prefix_too_short_or_long(self):
        self.assertIn("greater than or equal to 2", self.refuses("InvalidParameterException", "q"))
        self.assertIn("less than or equal to 30", self.refuses("InvalidParameterException", "q" * 31))

    def test_a_missing_url(self):
        message = self.fails(
            "InvalidParameterException", self.ecr.create_pull_through_cache_rule, ecrRepositoryPrefix="quay"
        )
        self.assertIn("'upstreamRegistryUrl'", message)

    def test_a_credential_that_is_no_arn_of_such_a_secret(self):
        elsewhere = SECRET.replace("ecr-pullthroughcache/", "other-name-of-a-secret/")
        for arn in ("x" * 50, "foo", elsewhere):
            self.assertIn("'credentialArn'", self.refuses("InvalidParameterException", credentialArn=arn))

    def test_a_role_that_is_none(self):
        self.assertIn("'customRoleArn'", self.refuses("InvalidParameterException", customRoleArn="foo"))

    def test_a_role_of_another_account(self):
        self.refuses("AccessDeniedException", customRoleArn="arn:aws:iam::999999999999:role/pull")

    def test_a_wrong_type(self):
        self.refuses("SerializationException", credentialArn=["x"])

    def test_an_upstream_that_is_not_supported(self):
        message = self.refuses("UnsupportedUpstreamRegistryException", url="harbor.example.com")
        self.assertIn("The upstream registry URL harbor.example.com is invalid.", message)

    def test_an_upstream_that_wants_credentials(self):
        message = self.refuses("UnsupportedUpstreamRegistryException", url="registry-1.docker.io")
        self.assertIn("The specified upstream registry requires authentication.", message)

    def test_another_accounts_ecr_wants_a_role(self):
        url = "999999999999.dkr.ecr.us-east-1.amazonaws.com"
        self.refuses("UnsupportedUpstreamRegistryException", url=url)
        self.create("other", url, customRoleArn=ROLE)

    def test_another_accounts_registry(self):
        self.assertIn("is not authorized", self.refuses("AccessDeniedException", registryId="999999999999"))

    def test_a_region_without_the_feature(self):
        for region in ("cn-north-1", "us-gov-west-1"):
            client = self.server.client(region=region)
            message = self.fails("InvalidParameterException", lambda: self.create(client=client))
            self.assertEqual(message, "This feature is disabled")


class Limit(LocalEcrTest):
    arguments = ("--limit", "2")

    def test_the_rule_past_the_limit(self):
        for prefix in ("aa", "bb"):
            self.create(prefix)
        self.fails("LimitExceededException", self.create, "cc")
        self.create("cc", client=self.server.client(region="eu-west-1"))


class Describe(LocalEcrTest):
    def test_all_rules(self):
        self.assertEqual(self.describe(), [])
        self.create("aa", credentialArn=SECRET, customRoleArn=ROLE, upstreamRepositoryPrefix="up")
        [rule] = self.describe()
        members = self.ecr.meta.service_model.shape_for("PullThroughCacheRule").members
        self.assertEqual(set(rule), set(members))
        self.assertEqual(rule["createdAt"], rule["updatedAt"])

    def test_rules_by_prefix(self):
        for prefix in ("aa", "bb", "cc"):
            self.create(prefix)
        rules = self.describe(ecrRepositoryPrefixes=["cc", "aa"])
        self.assertEqual(sorted(rule["ecrRepositoryPrefix"] for rule in rules), ["aa", "cc"])

    def test_an_unknown_prefix_is_an_error(self):
        self.fails("PullThroughCacheRuleNotFoundException", self.describe, ecrRepositoryPrefixes=["unknown"])

    def test_a_bad_prefix_in_the_list(self):
        self.fails("InvalidParameterException", self.describe, ecrRepositoryPrefixes=["-"])
        self.fails("InvalidParameterException", self.describe, ecrRepositoryPrefixes=[])

    def test_the_paginator_gives_every_rule_once(self):
        prefixes = [f"rule-{number:02}" for number in range(25)]
        for prefix in prefixes:
            self.create(prefix)
        paginator = self.ecr.get_paginator("describe_pull_through_cache_rules")
        pages = list(paginator.paginate(PaginationConfig={"PageSize": 10}))
        self.assertEqual([len(page["pullThroughCacheRules"]) for page in pages], [10, 10, 5])
        seen = [rule["ecrRepositoryPrefix"] for page in pages for rule in page["pullThroughCacheRules"]]
        self.assertEqual(seen, prefixes)

    def test_bad_pages(self):
        for fields in ({"maxResults": 0}, {"maxResults": 1001}, {"nextToken": "garbage"}):
            self.fails("InvalidParameterException", self.describe, **fields)


class PageSize(LocalEcrTest):
    arguments = ("--page-size", "1")

    def test_small_pages_whatever_is_asked_for(self):
        for prefix in ("aa", "bb"):
            self.create(prefix)
        page = self.ecr.describe_pull_through_cache_rules(maxResults=1000)
        self.assertEqual(len(page["pullThroughCacheRules"]), 1)
        self.assertIn("nextToken", page)


class Update(LocalEcrTest):
    def test_the_credential_changes(self):
        created = self.create("hub", "registry-1.docker.io", credentialArn=SECRET)
        other = SECRET.replace("hub", "other")
        updated = self.ecr.update_pull_through_cache_rule(ecrRepositoryPrefix="hub", credentialArn=other)
        self.assertEqual(own_fields(updated), {"ecrRepositoryPrefix", "registryId", "updatedAt", "credentialArn"})
        [rule] = self.describe()
        self.assertEqual(rule["credentialArn"], other)
        self.assertEqual(rule["createdAt"], created["createdAt"])
        self.assertGreater(rule["updatedAt"], rule["createdAt"])
        self.assertEqual(rule["updatedAt"], updated["updatedAt"])

    def test_the_role_changes_and_the_credential_stays(self):
        self.create("hub", "registry-1.docker.io", credentialArn=SECRET)
        updated = self.ecr.update_pull_through_cache_rule(ecrRepositoryPrefix="hub", customRoleArn=ROLE)
        self.assertEqual((updated["credentialArn"], updated["customRoleArn"]), (SECRET, ROLE))

    def test_neither_arn(self):
        self.create()
        message = self.fails(
            "InvalidParameterException", self.ecr.update_pull_through_cache_rule, ecrRepositoryPrefix="quay"
        )
        self.assertEqual(
            message, "Invalid input: Please set either credential arn or role arn to update the credentials"
        )

    def test_an_unknown_rule(self):
        self.fails(
            "PullThroughCacheRuleNotFoundException",
            self.ecr.update_pull_through_cache_rule,
            ecrRepositoryPrefix="unknown",
            customRoleArn=ROLE,
        )


class Delete(LocalEcrTest):
    def test_a_rule_goes(self):
        created = self.create(upstreamRepositoryPrefix="team")
        deleted = self.ecr.delete_pull_through_cache_rule(ecrRepositoryPrefix="quay")
        self.assertEqual(own_fields(deleted), own_fields(created) - {"upstreamRegistry"})
        self.assertEqual(deleted["createdAt"], created["createdAt"])
        self.assertEqual(self.describe(), [])

    def test_an_unknown_rule(self):
        self.fails(
            "PullThroughCacheRuleNotFoundException",
            self.ecr.delete_pull_through_cache_rule,
            ecrRepositoryPrefix="unknown",
        )


class Validate(LocalEcrTest):
    def setUp(self):
        super().setUp()
        self.secrets = self.server.client("secretsmanager")

    def rule_with(self, value):
        arn = self.secrets.create_secret(Name="ecr-pullthroughcache/hub", SecretString=value)["ARN"]
        self.create("hub", "registry-1.docker.io", credentialArn=arn)
        return self.ecr.validate_pull_through_cache_rule(ecrRepositoryPrefix="hub")

    def test_good_credentials(self):
        validated = self.rule_with(json.dumps({"username": "u", "accessToken": "t"}))
        self.assertTrue(validated["isValid"])
        self.assertNotIn("failure", validated)

    def test_a_secret_without_credentials(self):
        # Create takes it, as Terraform's acceptance tests show for ECR itself.
        validated = self.rule_with("test")
        self.assertFalse(validated["isValid"])
        self.assertIn("accessToken", validated["failure"])

    def test_an_unknown_rule(self):
        self.fails(
            "PullThroughCacheRuleNotFoundException",
            self.ecr.validate_pull_through_cache_rule,
            ecrRepositoryPrefix="unknown",
        )


class Places(LocalEcrTest):
    def test_regions_have_rules_of_their_own(self):
        self.create()
        elsewhere = self.server.client(region="eu-west-1")
        self.assertEqual(self.describe(elsewhere), [])
        self.create(client=elsewhere)
        elsewhere.delete_pull_through_cache_rule(ecrRepositoryPrefix="quay")
        self.assertEqual(len(self.describe()), 1)

    def test_a_secret_of_another_region_is_not_found(self):
        elsewhere = self.server.client(region="eu-west-1")
        self.fails("SecretNotFoundException", lambda: self.create(client=elsewhere, credentialArn=SECRET))


class Account(LocalEcrTest):
    arguments = ("--account", "111122223333")

    def test_rules_belong_to_the_account(self):
        self.assertEqual(self.create()["registryId"], "111122223333")
        self.assertEqual(self.server.client("sts").get_caller_identity()["Account"], "111122223333")


class SecretsManager(LocalEcrTest):
    arguments = ("--secrets", "listed", "--secret", SECRET)

    def setUp(self):
        super().setUp()
        self.secrets = self.server.client("secretsmanager")

    def test_a_listed_secret_exists_and_others_do_not(self):
        self.create(credentialArn=SECRET)
        self.fails("SecretNotFoundException", self.create, "other", credentialArn=SECRET.replace("hub", "other"))

    def test_a_secret_is_created_described_used_and_deleted(self):
        created = self.secrets.create_secret(Name="ecr-pullthroughcache/new", SecretString="test")
        self.assertRegex(created["ARN"], rf"^arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:ecr-pullthroughcache/new-\w{{6}}$")
        for name in ("ecr-pullthroughcache/new", created["ARN"], created["ARN"][:-7]):
            described = self.secrets.describe_secret(SecretId=name)
            self.assertEqual(described["ARN"], created["ARN"])
        self.assertIsInstance(described["CreatedDate"], datetime.datetime)
        self.create("new", credentialArn=created["ARN"])
        deleted = self.secrets.delete_secret(SecretId=created["ARN"], RecoveryWindowInDays=7)
        self.assertGreater(deleted["DeletionDate"] - described["CreatedDate"], datetime.timedelta(days=6))
        self.fails("SecretNotFoundException", self.create, "late", credentialArn=created["ARN"])
        validated = self.ecr.validate_pull_through_cache_rule(ecrRepositoryPrefix="new")
        self.assertFalse(validated["isValid"])

    def test_a_name_taken_or_waiting_for_its_deletion(self):
        self.secrets.create_secret(Name="n", SecretString="x")
        again = dict(call=self.secrets.create_secret, client=self.secrets, Name="n", SecretString="x")
        self.fails("ResourceExistsException", **again)
        self.secrets.delete_secret(SecretId="n")
        self.fails("InvalidRequestException", **again)
        self.secrets.delete_secret(SecretId="n", ForceDeleteWithoutRecovery=True)
        self.secrets.create_secret(Name="n", SecretString="x")

    def test_an_unknown_secret(self):
        for call in (self.secrets.describe_secret, self.secrets.delete_secret):
            self.fails("ResourceNotFoundException", call, client=self.secrets, SecretId="unknown")

    def test_a_secret_without_a_value_is_not_found(self):
        arn = self.secrets.create_secret(Name="ecr-pullthroughcache/empty")["ARN"]
        self.fails("SecretNotFoundException", self.create, credentialArn=arn)

    def test_a_secret_under_a_customers_key_cannot_be_decrypted(self):
        arn = self.secrets.create_secret(Name="ecr-pullthroughcache/cmk", SecretString="x", KmsKeyId="alias/mine")["ARN"]
        self.fails("UnableToDecryptSecretValueException", self.create, credentialArn=arn)


class SecretLag(LocalEcrTest):
    arguments = ("--secret-lag", "2")

    def test_a_new_secret_is_seen_later(self):
        for _ in range(2):
            self.fails("SecretNotFoundException", self.create, credentialArn=SECRET)
        self.create(credentialArn=SECRET)


class Echoes(LocalEcrTest):
    arguments = ("--root-echo", "root", "--slash-echo", "strip")

    def test_switches_change_what_is_answered(self):
        created = self.create("quay/")
        self.assertEqual(created["ecrRepositoryPrefix"], "quay")
        self.assertEqual(created["upstreamRepositoryPrefix"], "ROOT")


class Sts(LocalEcrTest):
    def test_who_calls(self):
        identity = self.server.client("sts").get_caller_identity()
        self.assertEqual(identity["Account"], ACCOUNT)
        self.assertTrue(identity["Arn"].startswith(f"arn:aws:iam::{ACCOUNT}:"))
        self.assertTrue(identity["UserId"])

    def test_an_action_that_is_not_served(self):
        sts = self.server.client("sts")
        self.fails("InvalidAction", sts.get_session_token, client=sts)


class Protocol(LocalEcrTest):
    def post(self, **headers):
        headers["Content-Type"] = "application/x-amz-json-1.1"
        request = urllib.request.Request(self.server.url, b"{}", headers)
        with self.assertRaises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(request)
        with caught.exception as answer:
            return answer.code, answer.headers["x-amzn-ErrorType"], json.load(answer)["__type"]

    def test_an_operation_that_is_not_served(self):
        message = self.fails("UnknownOperationException", self.ecr.describe_repositories)
        self.assertIn("DescribeRepositories", message)

    def test_a_request_that_is_not_signed(self):
        target = "AmazonEC2ContainerRegistry_V20150921.DescribePullThroughCacheRules"
        code = "MissingAuthenticationTokenException"
        self.assertEqual(self.post(**{"X-Amz-Target": target}), (400, code, code))

    def test_a_service_that_was_not_signed_for(self):
        client = self.server.client()
        sign_for_s3 = lambda request, **_: request.context.update(signing={"signing_name": "s3"})
        client.meta.events.register("before-sign.ecr", sign_for_s3)
        self.fails("InvalidSignatureException", self.describe, client)

    def test_a_request_without_a_target(self):
        code = "UnknownOperationException"
        self.assertEqual(self.post(), (400, code, code))


class Program(unittest.TestCase):
    def run_it(self, *arguments):
        return subprocess.run([BINARY, *arguments], capture_output=True, text=True, timeout=DEADLINE)

    def test_the_first_line_is_the_url_and_how_to_use_it_follows(self):
        server = Server()
        self.assertRegex(server.url, r"^http://127\.0\.0\.1:\d+$")
        status, output, errors = server.stop()
        self.assertEqual((status, output), (0, ""))
        self.assertIn(f"AWS_ENDPOINT_URL={server.url}", errors)
        self.assertIn("for tests and trying out", errors)
        self.assertEqual(len(errors.splitlines()), 2)

    def test_it_stops_cleanly_on_both_signals(self):
        for how in (signal.SIGINT, signal.SIGTERM):
            server = Server()
            client = server.client(connect_timeout=2)
            client.describe_pull_through_cache_rules()
            started = time.monotonic()
            status, _, _ = server.stop(how)
            self.assertEqual(status, 0)
            self.assertLess(time.monotonic() - started, 5)
            with self.assertRaises(EndpointConnectionError):
                client.describe_pull_through_cache_rules()

    def test_requests_are_shown_on_one_line_each_and_secrets_never(self):
        server = Server("--log")
        ecr = server.client()
        ecr.create_pull_through_cache_rule(ecrRepositoryPrefix="quay", upstreamRegistryUrl="quay.io")
        with self.assertRaises(ClientError):
            ecr.describe_pull_through_cache_rules(ecrRepositoryPrefixes=["unknown"])
        secrets = server.client("secretsmanager")
        secrets.create_secret(Name="n", SecretString="hunter2")
        lines = server.stop()[2].splitlines()[2:]
        self.assertEqual(len(lines), 3)
        words = [line.split() for line in lines]
        self.assertEqual(words[0][1:7], ["CreatePullThroughCacheRule", REGION, ACCOUNT, "quay", "200", "-"])
        self.assertEqual(words[1][5:7], ["400", "PullThroughCacheRuleNotFoundException"])
        for line in words:
            self.assertRegex(line[0], r"^\d\d:\d\d:\d\d\.\d{3}$")
            self.assertRegex(line[7], r"^\d+\.\dms$")
        self.assertNotIn("hunter2", "".join(lines))

    def test_rules_and_secrets_survive_a_restart(self):
        with tempfile.TemporaryDirectory() as directory:
            state = pathlib.Path(directory, "rules.json")
            first = Server("--state", str(state), "--secrets", "listed")
            arn = first.client("secretsmanager").create_secret(Name="ecr-pullthroughcache/x", SecretString="hunter2")["ARN"]
            first.client().create_pull_through_cache_rule(
                ecrRepositoryPrefix="hub", upstreamRegistryUrl="registry-1.docker.io", credentialArn=arn
            )
            before = first.client().describe_pull_through_cache_rules()["pullThroughCacheRules"]
            # What was answered is on the disk, whatever happens to the process.
            first.stop(signal.SIGKILL)
            self.assertNotIn("hunter2", state.read_text())

            second = Server("--state", str(state), "--secrets", "listed")
            ecr = second.client()
            self.assertEqual(ecr.describe_pull_through_cache_rules()["pullThroughCacheRules"], before)
            ecr.update_pull_through_cache_rule(ecrRepositoryPrefix="hub", credentialArn=arn)
            second.stop()
            self.assertEqual([path.name for path in pathlib.Path(directory).iterdir()], ["rules.json"])

    def test_a_damaged_state_file_is_named_and_left_alone(self):
        with tempfile.TemporaryDirectory() as directory:
            state = pathlib.Path(directory, "rules.json")
            state.write_text('{\n  "localEcrState": 1,\n  "registries": [}\n')
            run = self.run_it("--state", str(state))
            self.assertEqual((run.returncode, run.stdout), (1, ""))
            self.assertIn(str(state), run.stderr)
            self.assertIn("line 3", run.stderr)
            self.assertIn('"registries": [}', state.read_text())

    def test_a_port_that_is_taken(self):
        server = Server()
        self.addCleanup(server.stop)
        port = server.url.rsplit(":", 1)[1]
        run = self.run_it("--port", port)
        self.assertEqual(run.returncode, 1)
        self.assertIn(f"port {port} is taken", run.stderr)

    def test_bad_flags_say_what_would_be_right(self):
        for arguments, expected in (
            (("--limit", "many"), "a number of rules"),
            (("--listen", "0.0.0.0"), "loopback only"),
            (("--nonsense",), "--help"),
        ):
            run = self.run_it(*arguments)
            self.assertEqual((run.returncode, run.stdout), (2, ""), arguments)
            self.assertIn(expected, run.stderr)

    def test_help_and_version(self):
        self.assertIn("--state FILE", self.run_it("--help").stdout)
        self.assertRegex(self.run_it("--version").stdout, r"^local-ecr \d+\.\d+\.\d+\n$")


if __name__ == "__main__":
    unittest.main()
