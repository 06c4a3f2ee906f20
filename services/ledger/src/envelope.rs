//! The exact bytes of an entry. The act arrives as canonical JSON and stays as it is; only what the ledger adds is written around it.

use jiff::Timestamp;
use proto::actor::Service;
use proto::digest::Digest;
use proto::stream::Stream;
use serde::Serialize;
use serde_json::value::RawValue;

/// [`proto::entry::Entry`] with the act unread. Fields stand in alphabetical order, as RFC 8785 asks.
#[derive(Serialize)]
pub(crate) struct Envelope<'a> {
    pub(crate) at: Timestamp,
    pub(crate) body: Body<'a>,
    pub(crate) position: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) prev: Option<Digest>,
    pub(crate) recorded_at: Timestamp,
    pub(crate) service: Service,
    pub(crate) stream: &'a Stream,
    pub(crate) version: u64,
}

/// [`proto::entry::Body`] with the act unread.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Body<'a> {
    Open(&'a RawValue),
    Sealed(Digest),
}

impl Envelope<'_> {
    /// The bytes that are hashed and kept.
    pub(crate) fn bytes(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }
}

#[cfg(test)]
mod tests {
    use proto::digest::canonical;
    use proto::entry::{self, Act, Entry};

    use super::*;

    const ACT: &str = r#"{"actor":{"service":"ledger"},"command":{"calendar":{"set_calendar":{"to":"1999-06-01T00:00:00Z"}}},"command_id":"0000000000000000000000000000000000000000000000000000000000000000","events":[{"calendar":{"calendar_set":{"to":"1999-06-01T00:00:00Z"}}}],"reads":{"official/kim":3},"rules":1}"#;

    fn both(body: Body<'_>, kept: entry::Body, prev: Option<Digest>) {
        let at: Timestamp = "1999-06-01T00:00:00.12Z".parse().unwrap();
        let recorded_at: Timestamp = "2025-01-01T12:00:00Z".parse().unwrap();
        let stream = Stream::Calendar;
        let envelope = Envelope { at, body, position: 9, prev, recorded_at, service: Service::Ledger, stream: &stream, version: 2 };
        let entry = Entry { at, body: kept, position: 9, prev, recorded_at, service: Service::Ledger, stream: stream.clone(), version: 2 };
        assert_eq!(envelope.bytes().unwrap().into_bytes(), canonical(&entry).unwrap());
    }

    #[test]
    fn the_bytes_are_the_canonical_json_of_the_entry() {
        let raw = RawValue::from_string(ACT.to_owned()).unwrap();
        let act: Act = serde_json::from_str(ACT).unwrap();
        both(Body::Open(&raw), entry::Body::Open(Box::new(act)), None);
        both(Body::Sealed(Digest::of(b"x")), entry::Body::Sealed(Digest::of(b"x")), Some(Digest::of(b"y")));
    }
}
