//! Stylesheet, scripts, icons and fonts of the pages, built into the program. Names carry a digest of the content, so they are kept for ever.

use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use axum::Router;
use axum::routing::get;
use gateway::edge::{Edge, Spoken};
use gateway::problem::Problem;
use proto::wire::Failure;

/// A file as it is served, packed where that makes it smaller.
struct File {
    name: &'static str,
    kind: &'static str,
    plain: &'static [u8],
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// `/assets/<name with digest>`.
pub fn router() -> Router<Edge> {
    Router::new().route("/assets/{file}", get(serve))
}

async fn serve(Path(name): Path<String>, Spoken(language): Spoken, headers: HeaderMap) -> Result<Response, Problem> {
    let found = FILES.binary_search_by(|file| file.name.cmp(&name)).ok().and_then(|at| FILES.get(at));
    let file = found.ok_or_else(|| Problem::of(Failure::NotFound, language))?;
    let takes = |coding: &str| accepts(&headers, coding);
    let (bytes, coding) = match (file.brotli, file.gzip) {
        (Some(bytes), _) if takes("br") => (bytes, Some("br")),
        (_, Some(bytes)) if takes("gzip") => (bytes, Some("gzip")),
        _ => (file.plain, None),
    };
    let etag = format!("\"{}.{}\"", file.name, coding.unwrap_or("plain"));
    let kept = [(header::CACHE_CONTROL, "public, max-age=31536000, immutable"), (header::VARY, "accept-encoding")];
    if headers.get(header::IF_NONE_MATCH).is_some_and(|has| has.as_bytes() == etag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, kept, [(header::ETAG, etag)]).into_response());
    }
    let mut response = (kept, [(header::CONTENT_TYPE, file.kind.to_owned()), (header::ETAG, etag)], bytes).into_response();
    if let Some(coding) = coding {
        response.headers_mut().insert(header::CONTENT_ENCODING, header::HeaderValue::from_static(coding));
    }
    Ok(response)
}

/// Whether the client takes a coding; one with weight zero it does not.
fn accepts(headers: &HeaderMap, coding: &str) -> bool {
    let asked = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    asked.split(',').any(|one| {
        let (name, weight) = one.split_once(';').unwrap_or((one, ""));
        name.trim() == coding && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
    })
}
