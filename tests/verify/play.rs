//! What happens in the ledgers of the tests: two imaginary bodies, Ash and Elm, and an office, Oak.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use proto::access::Asker;
use proto::actor::Service;
use proto::digest::Digest;
use proto::entry::Occurred;
use proto::id::CaseId;
use proto::message::{Command, Refusal, Target};
use proto::signing::Intent;
use proto::stream::Stream;
use serde_json::{Value, json};
use signing::jws;

use crate::ledger::Ledger;

pub fn case() -> CaseId {
    "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap()
}

/// Another case of the same bodies.
pub fn other_case() -> CaseId {
    "01890a5d-ac96-774b-bcce-b302099a8058".parse().unwrap()
}

pub fn money(amount: &str) -> Value {
    json!({ "money": { "amount": amount, "currency": "GBP" } })
}

impl Ledger {
    /// Somebody, named `<body>-<role>`, does something. Answers the position.
    pub fn ask(&mut self, who: &str, command: Value) -> u64 {
        self.try_ask(who, command, None).unwrap()
    }

    fn today(&self) -> Date {
        self.civil().to_zoned(TimeZone::UTC).date()
    }

    /// As [`Ledger::ask`], of what happened outside today.
    fn today_in(&mut self, who: &str, command: Value) -> u64 {
        let occurred = Occurred { on: self.today(), evidence: Vec::new() };
        self.try_ask(who, command, Some(&occurred)).unwrap()
    }

    pub fn try_ask(&mut self, who: &str, command: Value, occurred: Option<&Occurred>) -> Result<u64, Refusal> {
        let command: Command = serde_json::from_value(command).unwrap();
        let (body, _) = who.split_once('-').unwrap();
        let (official, government) = (who.parse().unwrap(), body.parse().unwrap());
        self.act(&Asker::Person { official, government }, &self.target(&command), &command, occurred)
    }

    /// The mandate of a body in this case.
    pub fn mandate(&self, body: &str) -> String {
        self.case.to_string().replacen("01", if body == "ash" { "aa" } else { "ee" }, 1)
    }

    fn target(&self, command: &Command) -> Target {
        use proto::registry::Command as R;
        match command {
            Command::Registry(
                R::RegisterGovernment { government, .. }
                | R::RecordPopulation { government, .. }
                | R::GrantMandate { government, .. }
                | R::RevokeMandate { government, .. },
            ) => Target::Government(government.clone()),
            Command::Registry(
                R::Appoint { official, .. }
                | R::EndAppointment { official, .. }
                | R::RegisterKey { official, .. }
                | R::RevokeKey { official, .. }
                | R::NoteKeyUse { official, .. },
            ) => Target::Official(official.clone()),
            Command::Calendar(_) => Target::Calendar,
            _ => Target::Case(self.case),
        }
    }

    fn seed(&mut self, command: Value) {
        let command: Command = serde_json::from_value(command).unwrap();
        self.act(&Asker::Service(Service::Registry), &self.target(&command), &command, None).unwrap();
    }

    fn body(&mut self, id: &str, tier: &str, roles: &[&str]) {
        let names = json!({ "en": format!("{id} council"), "ko": format!("{id} 의회") });
        self.seed(
            json!({ "registry": { "register_government": { "government": id, "names": names, "tier": tier, "zone": "Europe/London" } } }),
        );
        for role in roles {
            let appointment = json!({ "government": id, "role": role, "ground": "own_office", "from": "1990-01-01" });
            let name = json!({ "remark": format!("{role} of {id}"), "disclosure": "public" });
            let appoint = json!({ "official": format!("{id}-{role}"), "name": name, "appointment": appointment });
            self.seed(json!({ "registry": { "appoint": appoint } }));
        }
    }

    fn grant(&mut self, body: &str) {
        let granted = json!({ "mandate": self.mandate(body), "case": self.case, "delegate": format!("{body}-delegate"), "scope": "all",
            "until": "2030-12-31", "bounds": { "share": { "ceiling": "700" } }, "legal_basis": "minute 12" });
        self.ask(&format!("{body}-signatory"), json!({ "registry": { "grant_mandate": { "government": body, "mandate": granted } } }));
    }

    pub fn negotiate(&mut self, who: &str, command: &str, fields: &Value) -> u64 {
        self.ask(who, json!({ "negotiation": { command: fields } }))
    }

    /// Opens the case, with both bodies as parties.
    fn open(&mut self) {
        self.grant("ash");
        self.grant("elm");
        let title = json!({ "en": "Works", "ko": "사업" });
        let open = json!({ "title": title, "procedure": "uk-lead-authority", "rounds": "free", "as_party": true });
        self.negotiate("ash-delegate", "open_case", &open);
        self.negotiate("ash-delegate", "invite", &json!({ "government": "elm" }));
        self.negotiate("elm-delegate", "join", &json!({ "mandate": self.mandate("elm") }));
    }

    fn term(&mut self, term: &str) {
        let define = json!({ "term": term, "names": { "en": term, "ko": term }, "kind": { "money": { "currency": "GBP" } } });
        self.negotiate("ash-delegate", "define_term", &define);
    }

    pub fn offer(&mut self, body: &str, package: &Value) {
        let table = json!({ "package": package, "mandate": self.mandate(body) });
        self.negotiate(&format!("{body}-delegate"), "table_offer", &table);
    }

    pub fn accept(&mut self, body: &str, offer: u32) {
        let accept = json!({ "offer": offer, "mandate": self.mandate(body) });
        self.negotiate(&format!("{body}-delegate"), "accept_offer", &accept);
    }

    pub fn case_state(&self, service: Service) -> Value {
        self.state(service, &Stream::Case(self.case))
    }

    fn agreement(&self) -> Digest {
        serde_json::from_value(self.case_state(Service::Negotiation)["standing"]["agreement"].clone()).unwrap()
    }

    pub fn jws(&self, body: &str, seed: u8) -> String {
        let intent = Intent {
            purpose: Intent::PURPOSE.to_owned(),
            case: self.case,
            agreement: self.agreement(),
            government: body.parse().unwrap(),
            official: format!("{body}-signatory").parse().unwrap(),
        };
        jws::sign_detached(&jws::generate(&[seed; 32]).unwrap().private_pem, &intent).unwrap()
    }

    fn register_key(&mut self, body: &str, seed: u8) {
        let signatory = format!("{body}-signatory");
        let public = jws::generate(&[seed; 32]).unwrap().public;
        self.ask(&signatory, json!({ "registry": { "register_key": { "official": signatory, "key": "pen", "public": public } } }));
    }

    fn sign(&mut self, body: &str, seed: u8) {
        let sign = json!({ "agreement": self.agreement(), "key": "pen", "jws": self.jws(body, seed) });
        self.ask(&format!("{body}-signatory"), json!({ "signing": { "sign": sign } }));
    }

    /// Ash drafts and computes for itself; then all of the project is on the table.
    fn prepare(&mut self) {
        self.term("share");
        self.term("rent");
        let clause = json!({ "clause": "article-1", "heading": { "en": "Cost", "ko": "비용" }, "content": "cost", "terms": ["share"],
            "wording": { "en": "Each pays its share." } });
        self.negotiate("ash-delegate", "add_clause", &clause);
        let wording = self.case_state(Service::Negotiation)["clauses"]["article-1"]["alternatives"][0]["digest"].clone();
        self.negotiate("elm-delegate", "support_wording", &json!({ "clause": "article-1", "wording": wording }));
        self.negotiate("ash-delegate", "draft_offer", &json!({ "draft": "first", "package": { "terms": { "share": money("100") } } }));
        let model = json!({ "currency": "GBP", "components": { "works": {
            "names": { "en": "Works", "ko": "사업" }, "cost": { "amount": "1000", "currency": "GBP" }, "members": ["ash", "elm"],
            "rule": { "mix": [{ "percent": "90", "driver": "people" }, { "percent": "10" }] } } },
            "drivers": { "people": { "names": { "en": "People", "ko": "인구" }, "unit": "persons", "year": 2009, "source": "census",
                "values": { "ash": "1", "elm": "2" } } } });
        self.ask("ash-delegate", json!({ "allocation": { "compute": { "run": "mine", "model": model } } }));
        self.ask("ash-delegate", json!({ "allocation": { "table_run": { "run": "ours", "model": model } } }));
    }

    /// Offers go to and fro; one is sent back with a reason, one lapses, the last is accepted.
    fn bargain(&mut self) {
        self.offer("ash", &json!({ "terms": { "share": money("500") } }));
        let why = json!({ "remark": "not before the audit", "disclosure": "parties" });
        self.negotiate("elm-delegate", "send_back_offer", &json!({ "offer": 1, "why": why }));
        let expires = json!({ "on": self.today().tomorrow().unwrap(), "zone": "Europe/London" });
        let table = json!({ "package": { "terms": { "share": money("510") } }, "mandate": self.mandate("ash"), "expires": expires });
        let tabled = self.negotiate("ash-delegate", "table_offer", &table);
        self.wait(3 * 86_400);
        let lapse = serde_json::from_value(json!({ "negotiation": { "lapse_offer": { "offer": 2 } } })).unwrap();
        self.due(Service::Notifications, &Target::Case(self.case), &lapse, tabled).unwrap();
        let run = self.case_state(Service::Allocation)["runs"]["ours"]["digest"].clone();
        self.offer("ash", &json!({ "terms": { "share": money("350"), "rent": money("10") }, "allocation": run }));
        self.accept("elm", 3);
    }

    /// The rent is disputed; Oak finds what both accept.
    fn mediate(&mut self) {
        let mediation = |command: &str, fields: Value| json!({ "mediation": { command: fields } });
        let open = json!({ "names": { "en": "Rent", "ko": "임대료" }, "terms": ["rent"], "with": ["ash"] });
        self.ask("elm-delegate", mediation("open_dispute", open));
        self.ask("elm-delegate", mediation("propose_facilitator", json!({ "dispute": 1, "facilitator": "oak" })));
        self.ask("ash-delegate", mediation("accept_facilitator", json!({ "dispute": 1, "facilitator": "oak" })));
        self.ask("ash-delegate", mediation("send_note", json!({ "dispute": 1, "caucus": "ash", "text": "we could pay 40" })));
        let proposal = json!({ "terms": { "rent": money("30") }, "salt": Digest([5; 32]) });
        for caucus in ["ash", "elm"] {
            let deliver = json!({ "dispute": 1, "number": 1, "caucus": caucus, "proposal": proposal });
            self.ask("oak-mediator", mediation("deliver_proposal", deliver));
        }
        let digest = Digest::of_json(&proposal).unwrap();
        self.ask("oak-mediator", mediation("put_proposal", json!({ "dispute": 1, "number": 1, "digest": digest })));
        for caucus in ["ash", "elm"] {
            let answer = json!({ "dispute": 1, "number": 1, "caucus": caucus, "accept": true, "mandate": self.mandate(caucus) });
            self.ask(&format!("{caucus}-delegate"), mediation("answer_proposal", answer));
        }
    }

    /// From the agreed text to two signatures and into force.
    fn conclude(&mut self) {
        let frozen = self.case_state(Service::Negotiation)["to_initial"].clone();
        for body in ["ash", "elm"] {
            let initial = json!({ "frozen": frozen, "no_side_agreement": true });
            self.negotiate(&format!("{body}-delegate"), "initial", &initial);
        }
        let step = |of: Value, done: Value, agreement: Value| {
            let mut fields = json!({ "step": of, "done": done });
            if !agreement.is_null() {
                fields["agreement"] = agreement;
            }
            json!({ "approvals": { "record_step": fields } })
        };
        self.today_in("ash-approver", step(json!({ "step": "case" }), json!("proposed"), Value::Null));
        for body in ["ash", "elm"] {
            let done = json!({ "council": { "end": "passed", "bill": "7/2010", "votes": { "yes": 9, "no": 2, "abstain": 1 } } });
            let of = json!({ "step": "decide", "government": body });
            self.today_in(&format!("{body}-approver"), step(of, done, json!(self.agreement())));
        }
        self.sign("ash", 11);
        self.sign("elm", 12);
    }
}

/// One body, one official, one draft: the least in which something is open, something sealed and something said.
pub fn tiny() -> Ledger {
    let mut ledger = Ledger::new("2024-03-01T09:00:00Z");
    ledger.body("ash", "basic", &["delegate"]);
    let open = json!({ "title": { "en": "Works", "ko": "사업" }, "procedure": "coe-madrid-model", "rounds": "free", "as_party": true });
    ledger.negotiate("ash-delegate", "open_case", &open);
    ledger.negotiate("ash-delegate", "draft_offer", &json!({ "draft": "first", "package": {} }));
    ledger
}

/// Two bodies and one offer, accepted.
pub fn small() -> Ledger {
    let mut ledger = Ledger::new("2024-03-01T09:00:00Z");
    ledger.body("ash", "basic", &["delegate", "signatory"]);
    ledger.body("elm", "basic", &["delegate", "signatory"]);
    ledger.open();
    ledger.term("share");
    ledger.offer("ash", &json!({ "terms": { "share": money("600") } }));
    ledger.accept("elm", 1);
    ledger
}

/// A demonstration of everything: two cases of the same bodies on a calendar of their own, each from the first draft into force; then a key is
/// found to have been compromised.
pub fn full() -> Ledger {
    let mut ledger = Ledger::new("2024-03-01T09:00:00Z");
    ledger.body("oak", "office", &["administrator", "mediator"]);
    ledger.ask("oak-administrator", json!({ "calendar": { "set_calendar": { "to": "2010-05-03T09:00:00Z" } } }));
    ledger.body("ash", "basic", &["delegate", "signatory", "approver"]);
    ledger.body("elm", "basic", &["delegate", "signatory", "approver"]);
    ledger.register_key("ash", 11);
    ledger.register_key("elm", 12);
    for case in [other_case(), case()] {
        ledger.case = case;
        ledger.open();
        ledger.prepare();
        ledger.bargain();
        ledger.mediate();
        ledger.conclude();
    }
    let since = ledger.drafts[ledger.find("signing.signed")].at;
    let revoke = json!({ "official": "elm-signatory", "key": "pen", "compromised_since": since });
    ledger.ask("elm-signatory", json!({ "registry": { "revoke_key": revoke } }));
    ledger
}
