//! Programs at random: a few rules, and edits to them.

use std::collections::{BTreeMap, BTreeSet};

use local_ecr::Rule;
use proptest::{option, prelude::*, sample::select};
use serde_json::{Value, json};

use crate::support::{Meaning, OTHER_ROLE, REGION, ROLE, UNKNOWN, secret, with};

/// The name of a resource in a program.
pub(crate) type Slot = usize;

pub(crate) const SLOTS: Slot = 3;
pub(crate) const OTHER_REGION: &str = "eu-west-1";

/// What a person has written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Program {
    /// The region of the provider.
    pub(crate) home: &'static str,
    pub(crate) rules: BTreeMap<Slot, Wish>,
}

/// One rule as a program has it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Wish {
    pub(crate) prefix: String,
    pub(crate) url: &'static str,
    /// Which of two secrets.
    credential: Option<u8>,
    /// Which of two roles.
    role: Option<u8>,
    upstream: Option<&'static str>,
    region: Option<&'static str>,
    pub(crate) options: Options,
    spelling: Spelling,
}

/// What the program tells the engine, and not the provider.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Options {
    /// The resource option, where the program sets it.
    pub(crate) delete_before_replace: Option<bool>,
    /// `replaceOnChanges: ["*"]`
    pub(crate) replace_on_changes: bool,
}

/// How the program says what it wants.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Spelling {
    /// The ARNs are secrets.
    secret: bool,
    /// What is not set is an empty string, and not left out.
    empty: bool,
    /// The ARN of the secret is made by another resource, and so not known in previews.
    unknown: bool,
}

/// A change to one rule of a program.
#[derive(Clone, Debug)]
pub(crate) enum Edit {
    Prefix(&'static str),
    Url(&'static str),
    Credential(Option<u8>),
    Role(Option<u8>),
    Upstream(Option<&'static str>),
    Region(Option<&'static str>),
    Options(Options),
    Spelling(Spelling),
}

impl Program {
    /// Whether ECR can do what the program says.
    pub(crate) fn has_one_rule_per_place(&self) -> bool {
        let places = self.rules.values().map(|wish| wish.meaning(self.home).place).collect::<BTreeSet<_>>();
        places.len() == self.rules.len()
    }
}

impl Wish {
    /// The inputs of the program.
    pub(crate) fn inputs(&self, home: &str) -> Value {
        let region = self.region.unwrap_or(home);
        let arn = |arn: Option<String>| match arn {
            Some(arn) if self.spelling.secret => secret(arn),
            arn => Value::from(arn),
        };
        let mut inputs = json!({
            "ecrRepositoryPrefix": self.prefix,
            "upstreamRegistryUrl": self.url,
            "credentialArn": arn(self.credential.map(|number| credential(region, number))),
            "customRoleArn": arn(self.role.map(role)),
            "upstreamRepositoryPrefix": self.upstream,
            "region": self.region,
        });
        let fields = inputs.as_object_mut().expect("an object");
        if self.spelling.empty {
            fields.values_mut().filter(|value| value.is_null()).for_each(|value| *value = Value::from(""));
        }
        fields.retain(|_, value| !value.is_null());
        inputs
    }

    /// The same, as far as a preview knows it.
    pub(crate) fn known_inputs(&self, home: &str) -> Value {
        let unknown = self.spelling.unknown && self.credential.is_some();
        let changes = if unknown { json!({ "credentialArn": UNKNOWN }) } else { json!({}) };
        with(self.inputs(home), changes)
    }

    pub(crate) fn meaning(&self, home: &str) -> Meaning {
        Meaning::of_properties(&self.inputs(home), home)
    }

    /// The rule that somebody makes by hand who wants the same.
    pub(crate) fn rule(&self, region: &str) -> Rule {
        Rule {
            credential_arn: self.credential.map(|number| credential(region, number)),
            custom_role_arn: self.role.map(role),
            upstream_repository_prefix: self.upstream.filter(|prefix| !prefix.is_empty()).map(str::to_owned),
            ..Rule::new(self.prefix.clone(), self.url)
        }
    }

    /// The program that an import of a rule writes.
    pub(crate) fn of_rule(region: &'static str, home: &str, rule: &Rule) -> Self {
        let find = |known: &dyn Fn(u8) -> String, arn: &Option<String>| {
            (0..2).find(|number| arn.as_ref() == Some(&known(*number)))
        };
        let url = URLS.into_iter().find(|url| *url == rule.upstream_registry_url);
        let upstream = UPSTREAMS.into_iter().find(|prefix| *prefix == rule.upstream_repository_prefix.as_deref());
        Self {
            prefix: rule.ecr_repository_prefix.clone(),
            url: url.expect("an upstream of these tests"),
            credential: find(&|number| credential(region, number), &rule.credential_arn),
            role: find(&role, &rule.custom_role_arn),
            upstream: upstream.expect("an upstream prefix of these tests"),
            region: Some(region).filter(|region| *region != home),
            options: Options::default(),
            spelling: Spelling::default(),
        }
    }

    pub(crate) fn edit(&mut self, edit: &Edit) {
        match edit.clone() {
            Edit::Prefix(prefix) => prefix.clone_into(&mut self.prefix),
            Edit::Url(url) => self.url = url,
            Edit::Credential(number) => self.credential = number,
            Edit::Role(number) => self.role = number,
            Edit::Upstream(prefix) => self.upstream = prefix,
            Edit::Region(region) => self.region = region,
            Edit::Options(options) => self.options = options,
            Edit::Spelling(spelling) => self.spelling = spelling,
        }
        self.make_valid();
    }

    /// What Check would refuse is left out: it never gets as far as this.
    fn make_valid(&mut self) {
        if self.prefix == "ROOT" {
            self.upstream = self.upstream.filter(|prefix| matches!(*prefix, "ROOT" | ""));
        }
        if self.url == "cgr.dev" {
            self.credential = self.credential.or(Some(0));
        }
    }
}

const PREFIXES: [&str; 8] = ["team", "team/", "other", "other/", "deep/er", "deep/er/", "ROOT", "a__b"];
const URLS: [&str; 3] = ["quay.io", "public.ecr.aws", "cgr.dev"];
const UPSTREAMS: [Option<&str>; 6] = [None, Some(""), Some("ROOT"), Some("org"), Some("org/"), Some("my")];

fn credential(region: &str, number: u8) -> String {
    format!("arn:aws:secretsmanager:{region}:123456789012:secret:ecr-pullthroughcache/secret-{number}-AbCdEf")
}

fn role(number: u8) -> String {
    [ROLE, OTHER_ROLE][usize::from(number)].to_owned()
}

pub(crate) fn home() -> impl Strategy<Value = &'static str> {
    prop_oneof![4 => Just(REGION), 1 => Just(OTHER_REGION)]
}

fn region() -> impl Strategy<Value = Option<&'static str>> {
    prop_oneof![4 => Just(None), 1 => home().prop_map(Some)]
}

fn options() -> impl Strategy<Value = Options> {
    let delete_first = prop_oneof![6 => Just(None), 1 => any::<bool>().prop_map(Some)];
    (delete_first, prop::bool::weighted(0.2))
        .prop_map(|(delete_before_replace, replace_on_changes)| Options { delete_before_replace, replace_on_changes })
}

fn spelling() -> impl Strategy<Value = Spelling> {
    let flag = || prop::bool::weighted(0.4);
    (flag(), flag(), flag()).prop_map(|(secret, empty, unknown)| Spelling { secret, empty, unknown })
}

/// A rule for a resource: with a prefix of its own, or now and then with one that another may have too.
pub(crate) fn wish(slot: Slot) -> impl Strategy<Value = Wish> {
    let own = PREFIXES.into_iter().skip(2 * slot).take(2).collect::<Vec<_>>();
    let prefix = prop_oneof![3 => select(own), 1 => select(&PREFIXES[..])];
    let parts = (prefix, select(&URLS[..]), option::of(0..2_u8), option::of(0..2_u8));
    let rest = (select(&UPSTREAMS[..]), region(), options(), spelling());
    (parts, rest).prop_map(|((prefix, url, credential, role), (upstream, region, options, spelling))| {
        let mut wish = Wish { prefix: prefix.to_owned(), url, credential, role, upstream, region, options, spelling };
        wish.make_valid();
        wish
    })
}

pub(crate) fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        1 => select(&PREFIXES[..]).prop_map(Edit::Prefix),
        1 => select(&URLS[..]).prop_map(Edit::Url),
        3 => option::weighted(0.8, 0..2_u8).prop_map(Edit::Credential),
        3 => option::weighted(0.8, 0..2_u8).prop_map(Edit::Role),
        1 => select(&UPSTREAMS[..]).prop_map(Edit::Upstream),
        1 => region().prop_map(Edit::Region),
        1 => options().prop_map(Edit::Options),
        1 => spelling().prop_map(Edit::Spelling),
    ]
}
