//! One client: a keep-alive connection over which requests go one after the other.

use std::io::Read as _;
use std::net::SocketAddr;

use anyhow::Context as _;
use bytes::Bytes;
use flate2::read::GzDecoder;
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{
    ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, COOKIE, HOST, HeaderMap, HeaderValue, SET_COOKIE,
};
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpStream;

/// An answer as it came over the wire.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    /// The body unpacked.
    pub(crate) fn plain(&self) -> anyhow::Result<Vec<u8>> {
        if self.headers.get(CONTENT_ENCODING).is_none_or(|coding| coding != "gzip") {
            return Ok(self.body.to_vec());
        }
        let mut plain = Vec::new();
        GzDecoder::new(&*self.body).read_to_end(&mut plain)?;
        Ok(plain)
    }
}

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
        let answer = self.answer(request.body(Full::from(body))?).await?;
        Ok((answer.status, answer.body))
    }

    /// Asks for a page as a browser does, packed.
    pub(crate) async fn get(&mut self, path: &str, cookie: &str) -> anyhow::Result<Answer> {
        let request = Request::builder().uri(path).header(HOST, &self.host).header(COOKIE, cookie).header(ACCEPT, "text/html");
        self.answer(request.header(ACCEPT_ENCODING, "gzip").body(Full::default())?).await
    }

    /// Signs a person in on the page and answers the cookie that says so.
    pub(crate) async fn enter(&mut self, official: &str, government: &str) -> anyhow::Result<String> {
        let request = Request::builder().method(Method::POST).uri("/sign-in").header(HOST, &self.host);
        let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").header("sec-fetch-site", "same-origin");
        let answer = self.answer(request.body(Full::from(format!("person={official}+{government}")))?).await?;
        let cookie = answer.headers.get(SET_COOKIE).and_then(|cookie| cookie.to_str().ok()?.split(';').next());
        Ok(cookie.with_context(|| format!("{official} is not signed in: {}", answer.status))?.to_owned())
    }

    async fn answer(&mut self, request: Request<Full<Bytes>>) -> anyhow::Result<Answer> {
        self.sender.ready().await?;
        let (parts, body) = self.sender.send_request(request).await?.into_parts();
        Ok(Answer { status: parts.status, headers: parts.headers, body: body.collect().await?.to_bytes() })
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
