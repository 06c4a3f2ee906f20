//! Bytes that are no request.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Bytes that are no request, and requests that no proxy should let through: 4xx or a closed connection, within the time.
pub(super) async fn not_even_http(address: &str) {
    let noise: Vec<u8> = (0..20_000_u32).map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()[2]).collect();
    let attempts: Vec<(&str, Vec<u8>)> = vec![
        ("noise", noise),
        ("zeros", vec![0; 5_000]),
        ("new lines", vec![b'\n'; 5_000]),
        ("a TLS hello", [&[0x16, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3][..], &[7; 200]].concat()),
        ("HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0".to_vec()),
        ("HTTP/9", b"GET / HTTP/9.9\r\nHost: x\r\n\r\n".to_vec()),
        ("no version", b"GET /\r\n\r\n".to_vec()),
        ("no method", b" / HTTP/1.1\r\n\r\n".to_vec()),
        ("a bare header", b"GET / HTTP/1.1\r\nHost\r\n\r\n".to_vec()),
        ("a header with a zero", b"GET /healthz HTTP/1.1\r\nHost: x\r\nA: \0\r\n\r\n".to_vec()),
        ("a header of 1 MB", [&b"GET /healthz HTTP/1.1\r\nHost: x\r\nA: "[..], &vec![b'a'; 1_000_000], b"\r\n\r\n"].concat()),
        ("5,000 headers", [&b"GET /healthz HTTP/1.1\r\nHost: x\r\n"[..], &b"A: b\r\n".repeat(5_000), b"\r\n"].concat()),
        ("an address of 1 MB", [&b"GET /"[..], &vec![b'a'; 1_000_000], b" HTTP/1.1\r\n\r\n"].concat()),
        ("a negative length", b"POST /api/v1/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n".to_vec()),
        ("two lengths", b"POST /api/v1/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab".to_vec()),
        ("an endless length", b"POST /api/v1/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999\r\n\r\n".to_vec()),
        ("a chunk that is none", b"POST /api/v1/sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n".to_vec()),
        ("a chunk without end", b"POST /api/v1/sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n".to_vec()),
        ("half a body", b"POST /api/v1/sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{".to_vec()),
    ];
    for (what, bytes) in attempts {
        let said = timeout(Duration::from_secs(30), converse(address, &bytes))
            .await
            .unwrap_or_else(|_| panic!("{what}: the connection stays open"));
        let first = String::from_utf8_lossy(&said[..said.len().min(12)]).into_owned();
        let refused = said.is_empty() || first.starts_with("HTTP/1.1 4") || first.starts_with("HTTP/1.0 4");
        // Whoever begins as HTTP/2 does (RFC 9113, section 3.4) is answered in frames where the server is built with it; a request it was not.
        let framed = what == "HTTP/2" && said.get(3) == Some(&4);
        assert!(refused || framed, "{what}: {first}");
    }
}

async fn converse(address: &str, bytes: &[u8]) -> Vec<u8> {
    let mut said = Vec::new();
    let stream = TcpStream::connect(address.trim_start_matches("http://")).await.unwrap();
    let (mut from, mut to) = stream.into_split();
    // Whoever is refused early may find the connection closed while still talking.
    let _ = tokio::join!(
        async {
            let _ = to.write_all(bytes).await;
            to.shutdown().await
        },
        from.read_to_end(&mut said)
    );
    said
}
