//! Disputes and signing, by the forms of their rooms: a mediation that nobody overhears, a signature that no server could have made, a paper that
//! two clerks attest.

use proto::digest::Digest;
use proto::registry::PublicKey;
use signing::agreement::Agreement;
use signing::jws::{self, KeyPair};

use crate::client::{Client, guro_until, play, play_on};
use crate::person::Person;
use crate::platform;

const SCRIPT: &str = "<script>alert(1)</script>";

/// Whether a page says what must not be in it.
async fn silent(person: &Person, who: &str, paths: &[String], canaries: &[&str]) {
    for path in paths {
        let page = person.page(path).await;
        for canary in canaries {
            assert!(!page.contains(canary), "{who} finds {canary} in {path}");
        }
        assert!(!page.contains(SCRIPT), "{who}: {path}");
    }
}

/// The rooms in which something could leak.
fn rooms(case: &str) -> Vec<String> {
    ["", "/signing", "/disputes", "/disputes/1", "/record"].iter().map(|room| format!("{case}{room}")).chain(["/".to_owned()]).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mediation_by_forms_that_nobody_overhears() {
    let site = platform::start(|_| {}).await;
    let stage = play(&site, "mediation", &guro_until("## Mediation: a dispute on one term")).await;
    let client = Client::new(&site);
    client.quiet().await;
    let case = format!("/cases/{}", stage.case());
    let gwangmyeong = Person::of(&client, "gwangmyeong", "delegate").await;
    let seoul = Person::of(&client, "seoul", "delegate").await;
    let mediator = Person::of(&client, "gyeonggi", "mediator").await;
    let others = [
        ("guro-delegate", Person::of(&client, "guro", "delegate").await),
        ("gyeonggi-delegate", Person::of(&client, "gyeonggi", "delegate").await),
    ];
    opens(&client, &case, &gwangmyeong).await;
    agrees_on_a_mediator(&case, &gwangmyeong, &seoul, &others[0].1).await;
    tells_in_confidence(&case, &gwangmyeong, &seoul, &mediator, &others).await;
    puts(&case, &mediator, [&gwangmyeong, &seoul], &others[0].1).await;
    answers(&client, &case, &gwangmyeong, &seoul).await;
    client.quiet().await;
    for person in [&gwangmyeong, &seoul, &others[0].1] {
        let page = person.page(&format!("{case}/disputes/1")).await;
        assert!(page.contains("entered as offer 4") && page.contains("KRW 5,000,000,000") && page.contains("CANARY-P"), "{page}");
    }
    silent(&gwangmyeong, "gwangmyeong", &rooms(&case), &["CANARY-S"]).await;
    silent(&seoul, "seoul", &rooms(&case), &["CANARY-G"]).await;
    silent(&others[0].1, "guro", &rooms(&case), &["CANARY-G", "CANARY-S"]).await;
    site.stop().await;
}

async fn opens(client: &Client, case: &str, gwangmyeong: &Person) {
    let room = format!("{case}/disputes");
    let title = format!("Resident support {SCRIPT}");
    let nothing = gwangmyeong.submit(&room, "open", &[("title-en", &title), ("with", "seoul"), ("due", "2000-02-29")]).await;
    let page = nothing.text();
    assert_eq!(nothing.status, 409, "{page}");
    assert!(page.contains("role=\"alert\"") && page.contains("&#60;script&#62;") && !page.contains(SCRIPT), "{page}");
    assert!(page.contains("value=\"2000-02-29\"") && page.contains("value=\"seoul\" checked"), "what was typed is still there: {page}");
    let day = gwangmyeong.submit(&room, "open", &[("terms", "resident-support"), ("with", "seoul"), ("due", "tomorrow")]).await;
    assert!(day.status == 422 && day.text().contains("is no day") && day.text().contains("value=\"tomorrow\""), "{}", day.text());

    let clerk = Person::of(client, "gwangmyeong", "clerk").await;
    assert!(!clerk.is_offered(&room, "open").await);
    let open =
        [("title-ko", "주민지원기금"), ("title-en", &title), ("terms", "resident-support"), ("with", "seoul"), ("due", "2000-02-29")];
    let forged = clerk.forge(&format!("{room}/open"), &open).await;
    assert_eq!(forged.status, 403, "{}", forged.text());
    let page = gwangmyeong.does(&room, "open", &open).await;
    assert!(page.contains("Dispute 1: Resident support &#60;script&#62;") && page.contains("29 Feb 2000"), "{page}");
    assert!(page.contains("KRW 6,300,000,000") && page.contains("KRW 3,780,000,000"), "what each offered last: {page}");
}

async fn agrees_on_a_mediator(case: &str, gwangmyeong: &Person, seoul: &Person, guro: &Person) {
    let dispute = format!("{case}/disputes/1");
    assert!(!guro.is_offered(&dispute, "propose").await && !guro.is_offered(&dispute, "take-back").await);
    let forged = guro.forge(&format!("{dispute}/propose"), &[("facilitator", "gyeonggi")]).await;
    assert_eq!(forged.status, 409, "{}", forged.text());
    let nobody = gwangmyeong.submit(&dispute, "propose", &[("facilitator", "no body")]).await;
    assert!(nobody.status == 422 && nobody.text().contains("No body is chosen"), "{}", nobody.text());
    let page = gwangmyeong.does(&dispute, "propose", &[("facilitator", "gyeonggi")]).await;
    for tie in ["party of this case", "convened this case", "above Gwangmyeong City"] {
        assert!(page.contains(tie), "{tie}: {page}");
    }
    assert!(!gwangmyeong.is_offered(&dispute, "accept-gyeonggi").await, "who proposed it has accepted it");
    let page = seoul.does(&dispute, "accept-gyeonggi", &[]).await;
    assert!(page.contains("id=\"caucus\"") && page.contains("Only your side and the mediator read this"), "{page}");
}

async fn tells_in_confidence(case: &str, gwangmyeong: &Person, seoul: &Person, mediator: &Person, others: &[(&str, Person)]) {
    let dispute = format!("{case}/disputes/1");
    let note = format!("CANARY-G we could live with 50 {SCRIPT}");
    let empty = gwangmyeong.submit(&dispute, "note-gwangmyeong", &[("text", "  ")]).await;
    assert_eq!(empty.status, 409, "{}", empty.text());
    gwangmyeong.does(&dispute, "note-gwangmyeong", &[("text", &note)]).await;
    seoul.does(&dispute, "note-seoul", &[("text", "CANARY-S 50 is our last word")]).await;
    mediator.does(&dispute, "note-seoul", &[("text", "CANARY-S to Seoul alone")]).await;
    let page = mediator.page(&dispute).await;
    assert!(
        page.contains("CANARY-G") && page.contains("CANARY-S") && page.contains("&#60;script&#62;") && !page.contains(SCRIPT),
        "{page}"
    );
    assert!(seoul.page(&dispute).await.contains("CANARY-S to Seoul alone"));

    silent(gwangmyeong, "gwangmyeong", &rooms(case), &["CANARY-S"]).await;
    silent(seoul, "seoul", &rooms(case), &["CANARY-G"]).await;
    silent(&others[0].1, "guro", &rooms(case), &["CANARY-G", "CANARY-S"]).await;
    for (who, other) in others {
        silent(other, who, std::slice::from_ref(&dispute), &["CANARY-G", "CANARY-S"]).await;
        assert!(!other.is_offered(&dispute, "note-seoul").await && !other.is_offered(&dispute, "proposal").await, "{who}");
    }
    for (caucus, by) in [("gwangmyeong", seoul), ("seoul", gwangmyeong), ("seoul", &others[0].1), ("gwangmyeong", &others[1].1)] {
        let forged = by.forge(&format!("{dispute}/note"), &[("caucus", caucus), ("text", "CANARY-F")]).await;
        assert!((400..500).contains(&forged.status), "{}", forged.text());
    }
    assert!(!mediator.page(&dispute).await.contains("CANARY-F"), "nobody writes in another's caucus");
}

/// The proposal goes out as one form. What cannot be read comes back; where it stops half-way it says so, and goes on when it is sent again.
async fn puts(case: &str, mediator: &Person, sides: [&Person; 2], guro: &Person) {
    let dispute = format!("{case}/disputes/1");
    let words = mediator.submit(&dispute, "proposal", &[("value-resident-support", "fifty")]).await;
    let page = words.text();
    assert!(words.status == 422 && page.contains("“fifty” for “Seoul") && page.contains("value=\"fifty\""), "{page}");
    let nothing = mediator.submit(&dispute, "proposal", &[("value-total", "272.7억")]).await;
    assert!(nothing.status == 409 && nothing.text().contains("value=\"272.7억\""), "{}", nothing.text());
    assert!(!nothing.text().contains("No answers are asked"), "it came nowhere: {}", nothing.text());

    let whole = |due: &'static str| {
        [
            ("value-resident-support", "50억"),
            ("label-resident-support", "40 % CANARY-P"),
            ("value-construction-share", "22,270,000,000"),
            ("value-total", "272.7억"),
            ("due", due),
        ]
    };
    let late = mediator.submit(&dispute, "proposal", &whole("1999-01-01")).await;
    let page = late.text();
    assert!(late.status == 409 && page.contains("Delivered to Gwangmyeong City, Seoul Metropolitan City."), "{page}");
    assert!(page.contains("CANARY-P") && page.contains("value=\"1999-01-01\""), "{page}");
    let anew = mediator.page(&dispute).await;
    assert!(anew.contains("No answers are asked for yet") && anew.contains("CANARY-P"), "it is taken up again on a new page: {anew}");
    for side in sides {
        assert!(!side.is_offered(&dispute, "answer").await, "no answer is asked for yet");
    }
    let page = mediator.does(&dispute, "proposal", &whole("2000-02-20")).await;
    assert!(page.contains("yet to answer the proposal") && !mediator.is_offered(&dispute, "proposal").await, "{page}");
    for side in sides {
        assert!(side.page(&format!("{case}/disputes")).await.contains("Proposal 1 in dispute 1 waits for your answer"));
        assert!(side.is_offered(&dispute, "answer").await);
    }
    silent(guro, "guro", &rooms(case), &["CANARY-P", "waits for your answer"]).await;
    let forged =
        guro.forge(&format!("{dispute}/proposal"), &[("number", "2"), ("salt", &"5a".repeat(32)), ("value-resident-support", "1")]).await;
    assert_eq!(forged.status, 403, "{}", forged.text());
}

async fn answers(client: &Client, case: &str, gwangmyeong: &Person, seoul: &Person) {
    let dispute = format!("{case}/disputes/1");
    let clerk = Person::of(client, "gwangmyeong", "clerk").await;
    assert!(
        clerk.page(&dispute).await.contains("CANARY-G") && !clerk.is_offered(&dispute, "answer").await,
        "the side reads, its delegate answers"
    );
    let reply = [("number", "1"), ("accept", "no")];
    let forged = clerk.forge(&format!("{dispute}/answer"), &reply).await;
    assert_eq!(forged.status, 403, "{}", forged.text());
    let neither = gwangmyeong.submit(&dispute, "answer", &[]).await;
    assert!(neither.status == 422 && neither.text().contains("No answer is chosen"), "{}", neither.text());
    let page = gwangmyeong.does(&dispute, "answer", &[("accept", "yes")]).await;
    assert!(page.contains("Your side has accepted") && !gwangmyeong.is_offered(&dispute, "answer").await, "{page}");
    assert!(!page.contains("waits for your answer"), "{page}");
    assert!(!seoul.page(&dispute).await.contains("has accepted."), "nobody learns how the other side answered");
    seoul.does(&dispute, "answer", &[("accept", "yes")]).await;
}

fn pair(seed: u8) -> KeyPair {
    jws::generate(&[seed; 32]).unwrap()
}

fn said(public: &PublicKey) -> String {
    serde_json::to_string(public).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agreement_is_signed_by_key_and_on_paper() {
    let site = platform::start(|_| {}).await;
    let frozen = guro_until("## Approvals: each government's own chain");
    let mut stage = play(&site, "signing", &frozen).await;
    let client = Client::new(&site);
    client.quiet().await;
    let head = Person::of(&client, "gwangmyeong", "signatory").await;
    let room = format!("/cases/{}/signing", stage.case());
    let page = head.page(&room).await;
    assert!(page.contains("Signing is not open yet") && page.contains("To the approvals"), "{page}");
    assert!(!head.is_offered(&room, "sign").await);

    let approved = guro_until("## 17 April 2000");
    play_on(&mut stage, approved.strip_prefix(frozen.as_str()).unwrap()).await;
    client.quiet().await;
    registers(&head).await;
    orders(&client, &room).await;
    signs(&client, &room, &head).await;
    comes_into_doubt(&client, &room, &head).await;
    on_paper(&client, &room).await;
    site.stop().await;
}

async fn registers(head: &Person) {
    let own = pair(7);
    let private = own.private_pem.to_string();
    let pasted = head.submit("/keys", "register", &[("public", &private)]).await;
    let page = pasted.text();
    assert!(pasted.status == 422 && page.contains("This is a private key"), "{page}");
    assert!(private.lines().nth(1).is_some_and(|line| !page.contains(line)), "it is not shown again");
    let name = head.submit("/keys", "register", &[("public", &said(&own.public)), ("key", SCRIPT)]).await;
    assert!(name.status == 422 && name.text().contains("&#60;script&#62;") && !name.text().contains(SCRIPT), "{}", name.text());
    let nonsense = head.submit("/keys", "register", &[("public", SCRIPT), ("until", "2000-12-31")]).await;
    let page = nonsense.text();
    assert!(nonsense.status == 422 && page.contains("&#60;script&#62;") && page.contains("value=\"2000-12-31\""), "{page}");
    let page = head.does("/keys", "register", &[("public", &said(&own.public)), ("key", "mayor")]).await;
    assert!(page.contains("mayor") && page.contains("in force"), "{page}");
    let twice = head.submit("/keys", "register", &[("public", &said(&own.public)), ("key", "again")]).await;
    assert_eq!(twice.status, 409, "{}", twice.text());
}

async fn orders(client: &Client, room: &str) {
    let clerk = Person::of(client, "seoul", "clerk").await;
    let place = |of: [&'static str; 4]| {
        ["place-gwangmyeong", "place-seoul", "place-guro", "place-gyeonggi"].into_iter().zip(of).collect::<Vec<(&str, &str)>>()
    };
    let twice = clerk.submit(room, "order", &place(["1", "1", "2", "3"])).await;
    assert!(twice.status == 422 && twice.text().contains("Place 1 is taken twice"), "{}", twice.text());
    let approver = Person::of(client, "seoul", "approver").await;
    assert!(!approver.is_offered(room, "order").await);
    let forged = approver.forge(&format!("{room}/order"), &place(["4", "3", "2", "1"])).await;
    assert_eq!(forged.status, 403, "{}", forged.text());
    let page = clerk.does(room, "order", &place(["1", "2", "3", "4"])).await;
    assert!(page.contains("signs next"), "{page}");
    let seoul = Person::of(client, "seoul", "signatory").await;
    assert!(seoul.page(room).await.contains("Gwangmyeong City signs first") && !seoul.is_offered(room, "sign").await);
}

async fn signs(client: &Client, room: &str, head: &Person) {
    let intent = head.look(&format!("{room}/intent.json")).await;
    assert_eq!((intent.status, intent.header("content-type")), (200, "application/json"));
    let page = head.page(room).await;
    let (_, file) = page.split_once("<input id=\"key-file\"").unwrap();
    assert!(!file.split('>').next().unwrap().contains("name="), "a file without a name is never sent");

    let others = jws::sign(&pair(8).private_pem, &intent.body).unwrap();
    let refused = head.submit(room, "sign", &[("key", "mayor"), ("jws", &others)]).await;
    let page = refused.text();
    assert!(refused.status == 409 && page.contains("does not verify") && page.contains(&others), "{page}");
    let nonsense = head.submit(room, "sign", &[("key", "mayor"), ("jws", SCRIPT)]).await;
    assert!(nonsense.status == 409 && !nonsense.text().contains(SCRIPT), "{}", nonsense.text());

    let jws = jws::sign(&pair(7).private_pem, &intent.body).unwrap();
    let delegate = Person::of(client, "gwangmyeong", "delegate").await;
    assert!(!delegate.is_offered(room, "sign").await);
    assert_eq!(delegate.look(&format!("{room}/intent.json")).await.status, 404);
    let agreement: proto::signing::Intent = serde_json::from_slice(&intent.body).unwrap();
    let digest = agreement.agreement.to_string();
    let forged = delegate.forge(&format!("{room}/sign"), &[("agreement", &digest), ("key", "mayor"), ("jws", &jws)]).await;
    assert_eq!(forged.status, 403, "{}", forged.text());
    let page = head.does(room, "sign", &[("key", "mayor"), ("jws", &jws)]).await;
    assert!(page.contains("gwangmyeong-signatory, key mayor") && !head.is_offered(room, "sign").await, "{page}");

    let document = delegate.look(&format!("{room}/agreement.json")).await;
    let document: Agreement = serde_json::from_slice(&document.body).unwrap();
    assert_eq!((document.check(), document.agreement), (Ok(()), agreement.agreement));
    let readable = delegate.look(&format!("{room}/agreement.md?lang=ko")).await;
    assert!(
        readable.header("content-disposition").starts_with("attachment") && readable.text().contains("구로·광명"),
        "{}",
        readable.text()
    );
    let stranger = Person::of(client, "bucheon", "delegate").await;
    assert_eq!(stranger.look(&format!("{room}/agreement.json")).await.status, 404);
    client.quiet().await;
    assert!(head.page("/keys").await.contains(room), "the key knows where it has signed");
}

/// A key that was compromised puts its signature in doubt, and the party signs again with another.
async fn comes_into_doubt(client: &Client, room: &str, head: &Person) {
    let when = head.submit("/keys", "revoke", &[("key", "mayor"), ("why", "compromised"), ("since", "last week")]).await;
    let page = when.text();
    assert!(when.status == 422 && page.contains("value=\"last week\"") && page.contains("value=\"compromised\" checked"), "{page}");
    let page = head.does("/keys", "revoke", &[("key", "mayor"), ("why", "compromised"), ("since", "2000-01-01T09:00")]).await;
    assert!(page.contains("revoked: compromised"), "{page}");
    client.quiet().await;
    let page = head.page(room).await;
    assert!(page.contains("in doubt") && page.contains("Sign again with another key") && page.contains("no key in force"), "{page}");
}

async fn on_paper(client: &Client, room: &str) {
    let seoul = Person::of(client, "seoul", "clerk").await;
    let guro = Person::of(client, "guro", "clerk").await;
    assert!(seoul.is_offered(room, "attest").await && !seoul.is_offered(room, "confirm").await);
    let scan: (&str, &str, &[u8]) = ("scan", "agreement.pdf", b"%PDF-1.7 signed and sealed");
    let none = seoul.upload(room, "attest", &[("on", "2000-03-20")], &[]).await;
    assert!(
        none.status == 422 && none.text().contains("There is no scan") && none.text().contains("value=\"2000-03-20\""),
        "{}",
        none.text()
    );
    let who = [("on", "2000-03-20"), ("signatory-guro", SCRIPT)];
    let stranger = seoul.upload(room, "attest", &who, &[scan]).await;
    assert!(stranger.status == 422 && !stranger.text().contains(SCRIPT), "{}", stranger.text());
    let early = seoul.upload(room, "attest", &[("on", "2000-02-01")], &[scan]).await;
    assert!(early.status == 409 && early.text().contains("value=\"2000-02-01\""), "{}", early.text());
    let attested = seoul.upload(room, "attest", &[("on", "2000-03-20")], &[scan]).await;
    assert_eq!(attested.status, 303, "{}", attested.text());
    client.quiet().await;

    assert!(!seoul.is_offered(room, "confirm").await, "nobody is the second clerk of their own party");
    let delegate = Person::of(client, "guro", "delegate").await;
    assert!(!delegate.is_offered(room, "attest").await && !delegate.is_offered(room, "confirm").await);
    let digest = Digest::of(scan.2).to_string();
    assert!(guro.page(room).await.contains(&format!("/api/v1/documents/{digest}")));
    let glance = guro.submit(room, "confirm", &[]).await;
    assert!(glance.status == 422 && glance.text().contains("You have not said that you compared"), "{}", glance.text());
    let page = guro.does(room, "confirm", &[("compared", "yes")]).await;
    assert!(page.contains("Every party has signed") && page.contains("seoul-clerk (Seoul Metropolitan City)"), "{page}");
    assert!(!guro.is_offered(room, "attest").await);
}
