//! One client: a keep-alive connection over which requests go one after the other.

use std::net::SocketAddr;

use anyhow::Context as _;
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HOST, HeaderValue};
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpStream;

/// A connection to a platform.
pub(crate) struct Connection {
    sender: SendRequest<Full<Bytes>>,
    host: HeaderValue,
}

impl Connection {
    /// Connects.
    pub(crate) async fn open(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Self { sender, host: HeaderValue::from_str(&address.to_string())? })
    }

    /// Posts JSON and answers status and body. `token`: a whole `Authorization` header.
    pub(crate) async fn post(
        &mut self,
        path: &str,
        token: Option<&HeaderValue>,
        key: &str,
        body: Vec<u8>,
    ) -> anyhow::Result<(StatusCode, Bytes)> {
        let mut request =
            Request::builder().method(Method::POST).uri(path).header(HOST, &self.host).header(CONTENT_TYPE, "application/json");
        if let Some(token) = token {
            request = request.header(AUTHORIZATION, token).header(proto::wire::IDEMPOTENCY_KEY, key);
        }
        self.sender.ready().await?;
        let answer = self.sender.send_request(request.body(Full::from(body))?).await?;
        let status = answer.status();
        Ok((status, answer.into_body().collect().await?.to_bytes()))
    }

    /// Signs a person in and answers the header that says so.
    pub(crate) async fn sign_in(&mut self, official: &str, government: &str) -> anyhow::Result<HeaderValue> {
        let asked = json!({ "official": official, "government": government });
        let (status, body) = self.post("/api/v1/sign-in", None, "", serde_json::to_vec(&asked)?).await?;
        anyhow::ensure!(status.is_success(), "{official} is not signed in: {status} {}", String::from_utf8_lossy(&body));
        let answer: Value = serde_json::from_slice(&body)?;
        let token = answer.get("token").and_then(Value::as_str).context("the sign-in answers no token")?;
        Ok(HeaderValue::from_str(&format!("Bearer {token}"))?)
    }
}
