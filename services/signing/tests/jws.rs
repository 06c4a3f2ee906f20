//! The published vectors of RFC 7515, and everything that must not pass for a signature.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL;
use proto::digest::{Digest, canonical};
use proto::registry::PublicKey;
use proto::signing::Intent;
use signing::jws::{self, BadPrivateKey, BadSignature};

/// RFC 7515, appendix A.3.1: the payload, and the signature in the form of appendix F.
const PAYLOAD: &[u8] = b"{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}";
const DETACHED: &str = "eyJhbGciOiJFUzI1NiJ9..DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
/// The same with its payload inside.
const ENCODED_PAYLOAD: &str = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

fn rfc_key() -> PublicKey {
    PublicKey {
        kty: "EC".into(),
        crv: "P-256".into(),
        x: "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU".into(),
        y: "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0".into(),
    }
}

/// The private half of the same key.
fn rfc_private() -> [u8; 32] {
    BASE64URL.decode("jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI").unwrap().try_into().unwrap()
}

fn intent() -> Intent {
    Intent {
        purpose: Intent::PURPOSE.into(),
        case: "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap(),
        agreement: Digest::of(b"what was frozen"),
        government: "seoul".parse().unwrap(),
        official: "seoul-mayor".parse().unwrap(),
    }
}

/// A signature under another header, otherwise right: made with the same key over its own signing input.
fn signed_under(header: &str) -> String {
    use p256::ecdsa::{Signature, SigningKey, signature::Signer};
    let header = BASE64URL.encode(header);
    let key = SigningKey::from_slice(&rfc_private()).unwrap();
    let signature: Signature = key.sign(format!("{header}.{}", BASE64URL.encode(PAYLOAD)).as_bytes());
    format!("{header}..{}", BASE64URL.encode(signature.to_bytes()))
}

#[test]
fn the_published_signature_verifies_detached() {
    assert_eq!(BASE64URL.encode(PAYLOAD), ENCODED_PAYLOAD);
    assert_eq!(jws::verify(&rfc_key(), PAYLOAD, DETACHED), Ok(()));
}

#[test]
fn every_changed_byte_of_payload_or_signature_is_caught() {
    for place in 0..PAYLOAD.len() {
        let mut payload = PAYLOAD.to_vec();
        payload[place] ^= 1 << (place % 8);
        assert_eq!(jws::verify(&rfc_key(), &payload, DETACHED), Err(BadSignature::Mismatch));
    }
    let (header, encoded) = DETACHED.split_once("..").unwrap();
    let signature = BASE64URL.decode(encoded).unwrap();
    for place in 0..signature.len() {
        let mut signature = signature.clone();
        signature[place] ^= 1 << (place % 8);
        assert!(jws::verify(&rfc_key(), PAYLOAD, &format!("{header}..{}", BASE64URL.encode(signature))).is_err());
    }
}

#[test]
fn the_header_is_es256_and_nothing_else() {
    assert_eq!(jws::verify(&rfc_key(), PAYLOAD, &signed_under(r#"{"alg":"ES256"}"#)), Ok(()));
    for header in [
        r#"{"alg":"none"}"#,
        r#"{"alg":"HS256"}"#,
        r#"{"alg":"ES384"}"#,
        r#"{"alg":"es256"}"#,
        r#"{ "alg":"ES256"}"#,
        r#"{"alg":"ES256","kid":"seoul"}"#,
        r#"{"alg":"ES256","crit":["exp"],"exp":1}"#,
        r#"{"alg":"ES256","b64":false,"crit":["b64"]}"#,
        r#"{"alg":"none","alg":"ES256"}"#,
        r#"{"alg":"ES256","jwk":{}}"#,
        "",
    ] {
        assert_eq!(jws::verify(&rfc_key(), PAYLOAD, &signed_under(header)), Err(BadSignature::Header), "{header}");
    }
    assert_eq!(jws::verify(&rfc_key(), PAYLOAD, "eyJhbGciOiJub25lIn0.."), Err(BadSignature::Header));
}

#[test]
fn only_the_detached_form_is_taken() {
    let (header, signature) = DETACHED.split_once("..").unwrap();
    let attached = format!("{header}.{ENCODED_PAYLOAD}.{signature}");
    let json = format!(r#"{{"protected":"{header}","signature":"{signature}"}}"#);
    let more = format!("{DETACHED}.");
    let dots = format!("{header}...{signature}");
    for jws in ["", ".", &attached, &json, &more, &dots, header] {
        assert_eq!(jws::verify(&rfc_key(), PAYLOAD, jws), Err(BadSignature::NotDetached), "{jws}");
    }
}

#[test]
fn the_signature_has_one_form() {
    let (header, signature) = DETACHED.split_once("..").unwrap();
    let raw = BASE64URL.decode(signature).unwrap();
    // The last character holds four bits of nothing: other bits there would be another text for the same signature.
    let trailing = format!("{header}..{}R", &signature[..85]);
    let padded = format!("{DETACHED}==");
    let standard = DETACHED.replace(['-', '_'], "+");
    let short = format!("{header}..{}", BASE64URL.encode(&raw[..63]));
    let long = format!("{header}..{}", BASE64URL.encode([&raw[..], &[0]].concat()));
    let zero = format!("{header}..{}", BASE64URL.encode([0; 64]));
    let beyond = format!("{header}..{}", BASE64URL.encode([0xff; 64]));
    let spaced = format!("{header}.. {signature}");
    let empty = format!("{header}..");
    for jws in [&trailing, &padded, &standard, &short, &long, &zero, &beyond, &spaced, &empty] {
        assert_eq!(jws::verify(&rfc_key(), PAYLOAD, jws), Err(BadSignature::Form), "{jws}");
    }
}

#[test]
fn the_key_is_a_point_of_the_curve_in_full_length() {
    let other = jws::generate(&[9; 32]).unwrap().public;
    assert_eq!(jws::verify(&other, PAYLOAD, DETACHED), Err(BadSignature::Mismatch));
    let bad = [
        PublicKey { kty: "OKP".into(), ..rfc_key() },
        PublicKey { crv: "P-384".into(), ..rfc_key() },
        PublicKey { y: other.y, ..rfc_key() },
        PublicKey { x: BASE64URL.encode([1; 31]), ..rfc_key() },
        PublicKey { x: format!("{}=", rfc_key().x), ..rfc_key() },
    ];
    for key in bad {
        assert_eq!(jws::verify(&key, PAYLOAD, DETACHED), Err(BadSignature::Key), "{key:?}");
    }
}

#[test]
fn an_intent_is_signed_as_its_canonical_json() {
    let pair = jws::generate(&rfc_private()).unwrap();
    assert_eq!(pair.public, rfc_key());
    let signature = jws::sign_detached(&pair.private_pem, &intent()).unwrap();
    assert_eq!(jws::verify_detached(&pair.public, &intent(), &signature), Ok(()));
    assert_eq!(jws::verify(&pair.public, &canonical(&intent()).unwrap(), &signature), Ok(()));
    let digest = Digest::of(b"what was frozen");
    let payload = format!(
        r#"{{"agreement":"{digest}","case":"01890a5d-ac96-774b-bcce-b302099a8057","government":"seoul","official":"seoul-mayor","purpose":"{}"}}"#,
        Intent::PURPOSE
    );
    assert_eq!(String::from_utf8(canonical(&intent()).unwrap()).unwrap(), payload);
}

#[test]
fn a_key_comes_out_of_its_file_as_it_went_in() {
    let pair = jws::generate(&rfc_private()).unwrap();
    assert!(pair.private_pem.starts_with("-----BEGIN PRIVATE KEY-----\n"));
    assert_eq!(jws::public_key(&pair.private_pem), Ok(rfc_key()));
    assert_eq!(jws::sign(&pair.private_pem, b"x"), jws::sign(&pair.private_pem, b"x"), "signing is deterministic (RFC 6979)");
}

#[test]
fn what_is_no_private_key_is_said() {
    assert_eq!(jws::sign("-----BEGIN PRIVATE KEY-----\n", b"x"), Err(BadPrivateKey::Unreadable));
    assert_eq!(jws::public_key(""), Err(BadPrivateKey::Unreadable));
    for bytes in [[0; 32], [0xff; 32]] {
        assert_eq!(jws::generate(&bytes).err(), Some(BadPrivateKey::Randomness));
    }
}
