//! The one table of subjects, from which subscriptions and NATS permissions are derived.
//!
//! | subject | who publishes | who subscribes |
//! |---|---|---|
//! | `<deployment>.cmd.<service>.<id>` | gateway; services that react | the service |
//! | `<deployment>.qry.<service>.<name>` | gateway; every service for the ledger | the service |
//! | `<deployment>.ledger.append.<service>` | that service alone, so permissions prove who writes | ledger |
//! | `<deployment>.evt.<family>.<case>`, `<deployment>.evt.head` | ledger | everyone |
//! | `<deployment>.evt.progress` | allocation | everyone |
//!
//! ```
//! use proto::{actor::Service, subject::Subjects};
//! let subjects = Subjects::new("il");
//! assert_eq!(subjects.append(Service::Negotiation), "il.ledger.append.negotiation");
//! ```

use crate::actor::Service;

/// Subjects of one deployment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subjects {
    deployment: String,
}

/// What a service's credential may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permissions {
    /// Subjects it may publish to.
    pub publish: Vec<String>,
    /// Subjects it may subscribe to.
    pub subscribe: Vec<String>,
}

impl Subjects {
    /// Subjects under this deployment's name, one token.
    #[must_use]
    pub fn new(deployment: &str) -> Self {
        Self { deployment: deployment.to_owned() }
    }

    /// Commands to a service about a target.
    #[must_use]
    pub fn command(&self, service: Service, id: &str) -> String {
        format!("{}.cmd.{}.{id}", self.deployment, service.name())
    }

    /// Queries to a service.
    #[must_use]
    pub fn query(&self, service: Service, name: &str) -> String {
        format!("{}.qry.{}.{name}", self.deployment, service.name())
    }

    /// Appends by a service.
    #[must_use]
    pub fn append(&self, service: Service) -> String {
        format!("{}.ledger.append.{}", self.deployment, service.name())
    }

    /// Where the ledger hears all appends.
    #[must_use]
    pub fn appends(&self) -> String {
        format!("{}.ledger.append.*", self.deployment)
    }

    /// The announcement of an entry's event.
    #[must_use]
    pub fn event(&self, family: &str, token: &str) -> String {
        format!("{}.evt.{family}.{token}", self.deployment)
    }

    /// The announcement of a new head.
    #[must_use]
    pub fn head(&self) -> String {
        format!("{}.evt.head", self.deployment)
    }

    /// How far a long computation has come.
    #[must_use]
    pub fn progress(&self) -> String {
        format!("{}.evt.progress", self.deployment)
    }

    /// The private inbox prefix of a service.
    #[must_use]
    pub fn inbox(&self, service: Service) -> String {
        format!("_INBOX.{}.{}", self.deployment, service.name())
    }

    /// What a service's credential may do.
    #[must_use]
    pub fn permissions(&self, service: Service) -> Permissions {
        let d = &self.deployment;
        let name = service.name();
        // Answering needs no permission here: the server allows it to whoever was asked (`allow_responses`). The micro protocol ($SRV) lets
        // `nats micro ls` find and measure every service.
        let mut publish = Vec::new();
        let mut subscribe = vec![format!("{}.>", self.inbox(service)), format!("{d}.evt.>"), "$SRV.>".to_owned()];
        subscribe.push(format!("{d}.cmd.{name}.>"));
        subscribe.push(format!("{d}.qry.{name}.>"));
        match service {
            Service::Ledger => {
                subscribe.push(self.appends());
                publish.extend([format!("{d}.evt.>"), self.append(service), format!("{d}.qry.ledger.>")]);
            }
            Service::Gateway => {
                publish.extend([format!("{d}.cmd.>"), format!("{d}.qry.*.public.>")]);
            }
            _ => {
                if service == Service::Allocation {
                    publish.push(self.progress());
                }
                publish.extend([self.append(service), format!("{d}.qry.ledger.>")]);
                publish.extend(reacts_to(service).iter().map(|to| format!("{d}.cmd.{}.>", to.name())));
            }
        }
        Permissions { publish, subscribe }
    }
}

/// To which services a service may send commands, in reaction to entries or because a date has passed.
#[must_use]
pub fn reacts_to(service: Service) -> &'static [Service] {
    match service {
        Service::Negotiation => &[Service::Negotiation],
        Service::Approvals => &[Service::Approvals],
        Service::Signing => &[Service::Signing, Service::Registry],
        Service::Mediation => &[Service::Mediation],
        Service::Notifications => &[Service::Negotiation, Service::Approvals, Service::Mediation],
        Service::Registry => &[Service::Registry],
        Service::Authority => &[Service::Authority],
        Service::Allocation => &[Service::Allocation],
        Service::Ledger | Service::Gateway => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_service_itself_may_append_in_its_name() {
        let subjects = Subjects::new("il");
        for service in Service::ALL {
            let publish = subjects.permissions(service).publish;
            for other in Service::ALL {
                let may = publish.contains(&subjects.append(other));
                let writes = service != Service::Gateway;
                assert_eq!(may, service == other && writes, "{service:?} {other:?}");
            }
            assert!(!publish.iter().any(|subject| subject == ">" || subject.ends_with(".ledger.append.>")));
        }
    }
}
