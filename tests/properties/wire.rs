//! Whatever fits on the wire, in bytes: no message of these tests is limited to what the protocol's types let one write.

use std::{collections::BTreeMap, time::Duration};

use proptest::{
    collection::{btree_map, vec},
    prelude::*,
    sample::select,
};
use prost::bytes::{Buf as _, BufMut as _};
use prost_types::{ListValue, Struct, Value, value::Kind};
use tokio::time::timeout;
use tonic::{
    Request, Status,
    client::Grpc,
    codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder},
    codegen::http::uri::PathAndQuery,
    transport::{Channel, Endpoint},
};

use crate::support::{OTHER_UNKNOWNS, SIGNATURE, UNKNOWN, World};

/// Longer than any answer takes that does not wait for something.
const PATIENCE: Duration = Duration::from_secs(20);

/// Keys that mean something, to the protocol or to a rule.
const NAMES: [&str; 14] = [
    SIGNATURE,
    "value",
    "secret",
    "dependencies",
    "urn",
    "ecrRepositoryPrefix",
    "upstreamRegistryUrl",
    "credentialArn",
    "customRoleArn",
    "upstreamRepositoryPrefix",
    "region",
    "registryId",
    "id",
    "__defaults",
];

/// What types special objects: a secret, a reference, an output, bytes, an asset, an archive, and nothing that there is.
const SIGNATURES: [&str; 7] = [
    "1b47061264138c4ac30d75fd1eb44270",
    "5cf8f73096256a8f31e491e813e4eb8e",
    "d0e6a833031e9bbcd3f4e8bde6ca49a4",
    "803fd3297a5875dc03ca845dda5d2a98",
    "c44067f5952c0a294b673a41bacd8c17",
    "0def7320c3a5731c473e5ecbe6d01bc7",
    "f00d",
];

/// Properties of any names, kinds, depth and size.
pub(crate) fn any_struct() -> impl Strategy<Value = Struct> {
    let name = prop_oneof![6 => select(&NAMES[..]).prop_map(str::to_owned), 1 => ".{0,6}"];
    let value = prop_oneof![12 => any_value(), 2 => deep(), 1 => huge()];
    btree_map(name, value, 0..6).prop_map(to_struct)
}

fn to_struct(fields: BTreeMap<String, Value>) -> Struct {
    Struct { fields: fields.into_iter().collect() }
}

fn value(kind: Kind) -> Value {
    Value { kind: Some(kind) }
}

/// Any text, with those that mean something as frequent as others.
pub(crate) fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => ".{0,8}",
        2 => select(&["", "team", "ROOT", "quay.io", "us-east-1", UNKNOWN, "\0", "\r\n", "é@", "x@us-east-1"][..])
            .prop_map(str::to_owned),
        1 => select(&OTHER_UNKNOWNS[..]).prop_map(str::to_owned),
        1 => (".", 1..50_000_usize).prop_map(|(part, times)| part.repeat(times)),
    ]
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<i32>().prop_map(|number| value(Kind::NullValue(number))),
        any::<bool>().prop_map(|flag| value(Kind::BoolValue(flag))),
        any::<u64>().prop_map(|bits| value(Kind::NumberValue(f64::from_bits(bits)))),
        any_text().prop_map(|text| value(Kind::StringValue(text))),
        Just(Value { kind: None }),
    ];
    leaf.prop_recursive(5, 32, 4, |inner| {
        let fields = btree_map(select(&NAMES[..]).prop_map(str::to_owned), inner.clone(), 0..4);
        let special = (select(&SIGNATURES[..]), fields.clone()).prop_map(|(signature, mut fields)| {
            fields.insert(SIGNATURE.to_owned(), value(Kind::StringValue(signature.to_owned())));
            fields
        });
        prop_oneof![
            vec(inner, 0..4).prop_map(|values| value(Kind::ListValue(ListValue { values }))),
            prop_oneof![fields, special].prop_map(|fields| value(Kind::StructValue(to_struct(fields)))),
        ]
    })
}

/// One value in the next, deeper than the protocol's own libraries follow.
fn deep() -> impl Strategy<Value = Value> {
    (0..200_usize, select(&SIGNATURES[..]), any::<bool>()).prop_map(|(depth, signature, listed)| {
        (0..depth).fold(value(Kind::StringValue("x".to_owned())), |inner, _| {
            if listed {
                return value(Kind::ListValue(ListValue { values: vec![inner] }));
            }
            let signature = value(Kind::StringValue(signature.to_owned()));
            let fields = [(SIGNATURE.to_owned(), signature), ("value".to_owned(), inner)];
            value(Kind::StructValue(to_struct(fields.into())))
        })
    })
}

fn huge() -> impl Strategy<Value = Value> {
    (any_value(), 0..3_000_usize).prop_map(|(item, times)| {
        let times = if prost::Message::encoded_len(&item) > 100 { times / 100 } else { times };
        value(Kind::ListValue(ListValue { values: vec![item; times] }))
    })
}

/// Sends bytes as the message of a method, and counts what comes back.
pub(crate) async fn send(world: &World, method: &str, message: Vec<u8>) -> Result<usize, Status> {
    let address = format!("http://127.0.0.1:{}", world.plugin.port());
    let channel = Endpoint::from_shared(address).expect("an address").connect().await.expect("the plugin listens");
    let answer = timeout(PATIENCE, receive(channel, method, message)).await;
    answer.unwrap_or_else(|_| panic!("{method} does not answer"))
}

async fn receive(channel: Channel, method: &str, message: Vec<u8>) -> Result<usize, Status> {
    let mut grpc = Grpc::new(channel);
    grpc.ready().await.expect("the plugin listens");
    let path = PathAndQuery::try_from(format!("/pulumirpc.ResourceProvider/{method}")).expect("a path");
    let mut answers = grpc.server_streaming(Request::new(message), path, Bytes).await?.into_inner();
    let mut length = 0;
    while let Some(answer) = answers.message().await? {
        length += answer;
    }
    Ok(length)
}

/// Messages as the bytes that they are.
#[derive(Debug)]
struct Bytes;

impl Codec for Bytes {
    type Encode = Vec<u8>;
    type Decode = usize;
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        Self
    }

    fn decoder(&mut self) -> Self {
        Self
    }
}

impl Encoder for Bytes {
    type Item = Vec<u8>;
    type Error = Status;

    fn encode(&mut self, message: Vec<u8>, buffer: &mut EncodeBuf<'_>) -> Result<(), Status> {
        buffer.put_slice(&message);
        Ok(())
    }
}

impl Decoder for Bytes {
    type Item = usize;
    type Error = Status;

    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<usize>, Status> {
        let length = buffer.remaining();
        buffer.advance(length);
        Ok(Some(length))
    }
}
