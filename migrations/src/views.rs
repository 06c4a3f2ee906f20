//! The tables in which a service keeps its views.

use crate::Owner;

pub(crate) fn owner(service: &str) -> Owner {
    let row = format!(
        r#"CREATE TABLE {service}_view (
    key TEXT COLLATE "C" PRIMARY KEY,
    position BIGINT NOT NULL,
    due_ms BIGINT,
    summary TEXT NOT NULL,
    body TEXT NOT NULL)"#
    );
    let due = format!("CREATE INDEX {service}_view_due ON {service}_view (due_ms)");
    let member = format!(
        r#"CREATE TABLE {service}_member (
    member TEXT COLLATE "C" NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (member, key))"#
    );
    let cursor = format!("CREATE TABLE {service}_cursor (id BIGINT PRIMARY KEY, position BIGINT NOT NULL)");
    let parked =
        format!(r#"CREATE TABLE {service}_parked (stream TEXT COLLATE "C" PRIMARY KEY, position BIGINT NOT NULL, reason TEXT NOT NULL)"#);
    Owner::new(service).then("m0001_views", vec![row, due, member, cursor, parked])
}
