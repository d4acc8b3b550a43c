use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;

use serde_json::{Value, json};
use tonic::transport::{Channel, Endpoint};
use tonic::{Request, Status};

use super::rpc::resource_provider_client::ResourceProviderClient;
use super::rpc::{
    CheckRequest, ConfigureRequest, CreateRequest, DeleteRequest, DiffRequest, DiffResponse, InvokeRequest,
    ListRequest, ReadRequest, UpdateRequest, list_response,
};
use super::{from_struct, to_struct};

const TYPE: &str = "aws:ecr/pullThroughCacheRule:PullThroughCacheRule";
const FUNCTION: &str = "aws:ecr/getPullThroughCacheRule:getPullThroughCacheRule";
const URN: &str = "urn:pulumi:dev::independent::aws:ecr/pullThroughCacheRule:PullThroughCacheRule::rule";

/// The built plugin: the one that `PLUGIN_BINARY` names, or the parent workspace's, built now.
static BINARY: LazyLock<PathBuf> = LazyLock::new(|| match std::env::var_os("PLUGIN_BINARY") {
    Some(binary) => binary.into(),
    None => build(),
});

fn build() -> PathBuf {
    let output = Command::new(env!("CARGO"))
        .args(["build", "--bin=pulumi-resource-aws", "--message-format=json-render-diagnostics"])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
        .stderr(Stdio::inherit())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "the plugin does not build");
    let messages =
        output.stdout.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice::<Value>(line).ok());
    let executable = messages.filter_map(|message| message["executable"].as_str().map(PathBuf::from)).next_back();
    executable.expect("cargo names the binary")
}

/// A running plugin, configured for a Region and an endpoint. It ends with the value.
pub struct Plugin {
    process: Child,
    client: ResourceProviderClient<Channel>,
}

/// A resource as the engine's state has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    pub id: String,
    pub inputs: Value,
    pub outputs: Value,
}

impl Plugin {
    pub async fn start(endpoint: &str, region: &str) -> Self {
        let mut process = Command::new(&*BINARY)
            .env_clear()
            .env("AWS_EC2_METADATA_DISABLED", "true")
            // The engine holds this pipe open as long as it lives.
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the plugin starts");
        let mut port = String::new();
        let stdout = process.stdout.take().expect("its output is a pipe");
        BufReader::new(stdout).read_line(&mut port).expect("the plugin prints its port");
        let endpoint_of_plugin = Endpoint::from_shared(format!("http://127.0.0.1:{}", port.trim())).expect("a port");
        let channel = endpoint_of_plugin.connect().await.expect("the plugin listens");
        let mut plugin = Self { process, client: ResourceProviderClient::new(channel) };
        // As SDKs send it: what is not text is JSON in text.
        let configuration = json!({
            "region": region,
            "accessKey": "test",
            "secretKey": "test",
            "endpoints": json!([{ "ecr": endpoint }]).to_string(),
            "skipCredentialsValidation": "true",
        });
        let request = ConfigureRequest {
            args: Some(to_struct(&configuration)),
            sends_old_inputs: true,
            sends_old_inputs_to_delete: true,
            ..ConfigureRequest::default()
        };
        plugin.client.configure(request).await.expect("the configuration is good");
        plugin
    }

    /// Checks inputs that are good, and gives back what Check makes of them.
    pub async fn check(&mut self, news: &Value) -> Value {
        let request = CheckRequest { urn: URN.to_owned(), news: Some(to_struct(news)), ..CheckRequest::default() };
        let response = self.client.check(request).await.expect("Check answers").into_inner();
        assert_eq!(response.failures, []);
        from_struct(response.inputs.expect("inputs"))
    }

    /// Checks inputs and creates the resource.
    pub async fn create(&mut self, news: &Value) -> Result<Resource, Status> {
        let inputs = self.check(news).await;
        let request =
            CreateRequest { urn: URN.to_owned(), properties: Some(to_struct(&inputs)), ..CreateRequest::default() };
        let response = self.client.create(request).await?.into_inner();
        Ok(Resource { id: response.id, inputs, outputs: from_struct(response.properties.expect("properties")) })
    }

    /// Creates it in a preview only.
    pub async fn preview_create(&mut self, news: &Value) -> Value {
        let inputs = self.check(news).await;
        let properties = Some(to_struct(&inputs));
        let request = CreateRequest { urn: URN.to_owned(), properties, preview: true, ..CreateRequest::default() };
        let response = self.client.create(request).await.expect("a preview of Create").into_inner();
        from_struct(response.properties.expect("properties"))
    }

    pub async fn diff(&mut self, old: &Resource, news: &Value) -> DiffResponse {
        let inputs = self.check(news).await;
        let request = DiffRequest {
            id: old.id.clone(),
            urn: URN.to_owned(),
            olds: Some(to_struct(&old.outputs)),
            old_inputs: Some(to_struct(&old.inputs)),
            news: Some(to_struct(&inputs)),
            ..DiffRequest::default()
        };
        self.client.diff(request).await.expect("Diff answers").into_inner()
    }

    pub async fn update(&mut self, old: &Resource, news: &Value) -> Result<Resource, Status> {
        let inputs = self.check(news).await;
        let request = UpdateRequest {
            id: old.id.clone(),
            urn: URN.to_owned(),
            olds: Some(to_struct(&old.outputs)),
            old_inputs: Some(to_struct(&old.inputs)),
            news: Some(to_struct(&inputs)),
            ..UpdateRequest::default()
        };
        let response = self.client.update(request).await?.into_inner();
        Ok(Resource { id: old.id.clone(), inputs, outputs: from_struct(response.properties.expect("properties")) })
    }

    /// Reads it as a refresh does; `None` says that it is gone.
    pub async fn refresh(&mut self, old: &Resource) -> Option<Resource> {
        self.read(&old.id, Some(&old.outputs), Some(&old.inputs)).await
    }

    /// Reads it as an import does, by its id alone.
    pub async fn import(&mut self, id: &str) -> Option<Resource> {
        self.read(id, None, None).await
    }

    async fn read(&mut self, id: &str, outputs: Option<&Value>, inputs: Option<&Value>) -> Option<Resource> {
        let request = ReadRequest {
            id: id.to_owned(),
            urn: URN.to_owned(),
            properties: outputs.map(to_struct),
            inputs: inputs.map(to_struct),
            ..ReadRequest::default()
        };
        let response = self.client.read(request).await.expect("Read answers").into_inner();
        if response.id.is_empty() {
            return None;
        }
        let outputs = from_struct(response.properties.expect("properties"));
        Some(Resource { id: response.id, inputs: from_struct(response.inputs.expect("inputs")), outputs })
    }

    pub async fn delete(&mut self, old: &Resource) -> Result<(), Status> {
        let request = DeleteRequest {
            id: old.id.clone(),
            urn: URN.to_owned(),
            properties: Some(to_struct(&old.outputs)),
            old_inputs: Some(to_struct(&old.inputs)),
            ..DeleteRequest::default()
        };
        self.client.delete(request).await.map(drop)
    }

    /// Calls the get-function.
    pub async fn get(&mut self, arguments: &Value) -> Result<Value, Status> {
        let request =
            InvokeRequest { tok: FUNCTION.to_owned(), args: Some(to_struct(arguments)), ..InvokeRequest::default() };
        let response = self.client.invoke(request).await?.into_inner();
        assert_eq!(response.failures, []);
        Ok(from_struct(response.r#return.expect("a result")))
    }

    /// The ids of all rules.
    pub async fn list(&mut self) -> Vec<String> {
        let request = Request::new(ListRequest { token: TYPE.to_owned(), ..ListRequest::default() });
        let mut stream = self.client.list(request).await.expect("List answers").into_inner();
        let mut ids = Vec::new();
        while let Some(message) = stream.message().await.expect("a list goes to its end") {
            if let Some(list_response::Response::Result(result)) = message.response {
                ids.push(result.id);
            }
        }
        ids
    }
}

impl Drop for Plugin {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
