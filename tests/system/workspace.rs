//! The shape of the workspace.

use cargo_metadata::MetadataCommand;
use proto::actor::Service;

/// Services exchange messages; none calls another.
#[test]
fn no_service_depends_on_another() {
    let metadata = MetadataCommand::new().manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")).no_deps().exec().unwrap();
    let services: Vec<&str> = Service::ALL.into_iter().map(Service::name).collect();
    let mut seen = 0;
    for package in metadata.packages.iter().filter(|p| services.contains(&p.name.as_str())) {
        seen += 1;
        for dependency in &package.dependencies {
            assert!(!services.contains(&dependency.name.as_str()), "{} depends on {}", package.name, dependency.name);
        }
    }
    assert_eq!(seen, services.len(), "every service is a crate of its own");
}
