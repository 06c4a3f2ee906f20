//! How the provider is asked: soon given up, never led elsewhere, and never believed at length.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};

/// For a connection, and for a whole answer.
const CONNECT: Duration = Duration::from_secs(3);
const WHOLE: Duration = Duration::from_secs(8);
/// Descriptions, keys and tokens are some kilobytes.
const LONGEST: usize = 1 << 20;

/// A client for one provider.
pub(super) struct Http(reqwest::Client);

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoAnswer {
    #[error("{0}")]
    Http(#[from] reqwest::Error),
    #[error("the answer is longer than {LONGEST} bytes")]
    TooLong,
}

impl Http {
    pub(super) fn new() -> anyhow::Result<Self> {
        let client = reqwest::Client::builder().connect_timeout(CONNECT).timeout(WHOLE).redirect(reqwest::redirect::Policy::none());
        Ok(Self(client.build()?))
    }

    async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, NoAnswer> {
        let mut answer = self.0.execute(request.try_into()?).await?;
        let mut whole = HttpResponse::new(Vec::new());
        *whole.status_mut() = answer.status();
        *whole.headers_mut() = std::mem::take(answer.headers_mut());
        while let Some(part) = answer.chunk().await? {
            if whole.body().len() + part.len() > LONGEST {
                return Err(NoAnswer::TooLong);
            }
            whole.body_mut().extend_from_slice(&part);
        }
        Ok(whole)
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = NoAnswer;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, NoAnswer>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.ask(request))
    }
}
