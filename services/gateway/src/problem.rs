//! Refusals and failures as problem details (RFC 9457): a stable code, its parameters, and a text in the reader's language. The one place where
//! either becomes HTTP.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use proto::message::Refusal;
use proto::wire::{Failure, Unanswered};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::texts;

/// The languages of the platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// Korean.
    Korean,
}

impl Language {
    /// The tag, for `lang`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Korean => "ko",
        }
    }
}

/// Problem details.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// Where the problem is explained: `/problems/<code>`.
    #[serde(rename = "type")]
    pub kind: Box<str>,
    /// What was wrong, in the reader's language.
    pub title: Box<str>,
    /// The HTTP status.
    pub status: u16,
    /// The stable code, such as `negotiation.not_your_turn`.
    pub code: Box<str>,
    /// Parameters of the code.
    #[serde(default)]
    pub params: Value,
    /// What to do next, in the reader's language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<Box<str>>,
}

impl Problem {
    /// There is no answer: a rule said no, or it could not be tried.
    #[must_use]
    pub fn of(why: impl Into<Unanswered>, language: Language) -> Self {
        match why.into() {
            Unanswered::Refused(refusal) => Self::of_refusal(&refusal, language),
            Unanswered::Failed(failure) => Self::of_failure(&failure, language),
        }
    }

    /// What was typed into a form cannot be taken: `code` is the key of the text that says so, with these parameters and `.next` for what to do.
    #[must_use]
    pub fn of_form(code: &str, params: Value, language: Language) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, params, code, language)
    }

    fn of_refusal(refusal: &Refusal, language: Language) -> Self {
        let status = match refusal {
            Refusal::Access(denial) => denied(denial),
            Refusal::Table(_) => StatusCode::UNPROCESSABLE_ENTITY,
            _ => StatusCode::CONFLICT,
        };
        Self::new(status, &refusal.code(), refusal.params(), &refusal.to_string(), language)
    }

    fn of_failure(failure: &Failure, language: Language) -> Self {
        let status = match failure {
            Failure::Unauthenticated { .. } => StatusCode::UNAUTHORIZED,
            Failure::Malformed { .. } | Failure::KeyMissing => StatusCode::BAD_REQUEST,
            Failure::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
            Failure::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Failure::ForeignForm => StatusCode::FORBIDDEN,
            Failure::NotFound => StatusCode::NOT_FOUND,
            Failure::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Failure::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Failure::RateLimited { .. } => StatusCode::TOO_MANY_REQUESTS,
            Failure::Unavailable { .. } | Failure::Parked { .. } => StatusCode::SERVICE_UNAVAILABLE,
        };
        let params = serde_json::to_value(failure).ok().and_then(|v| v.as_object()?.values().next().cloned()).unwrap_or_default();
        Self::new(status, failure.code(), params, &failure.to_string(), language)
    }

    fn new(status: StatusCode, code: &str, params: Value, plain: &str, language: Language) -> Self {
        let title = texts::of(language, code, &params).unwrap_or_else(|| plain.to_owned());
        let detail = texts::of(language, &format!("{code}.next"), &params);
        Self {
            kind: format!("/problems/{code}").into(),
            title: title.into(),
            status: status.as_u16(),
            code: code.into(),
            params,
            detail: detail.map(Into::into),
        }
    }
}

fn denied(denial: &proto::access::Denial) -> StatusCode {
    use proto::access::Denial as D;
    match denial {
        D::NoSuchCase | D::WrongTarget => StatusCode::NOT_FOUND,
        _ => StatusCode::FORBIDDEN,
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, axum::Json(&self)).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if self.status == 401 {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let (429, Some(seconds)) = (self.status, self.params.get("seconds").and_then(Value::as_u64)) {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
