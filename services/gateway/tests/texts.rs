//! Every refusal and failure has words in English and Korean, and what to do next; no words are left for what cannot be answered any more. The
//! codes and their parameters are taken from the contract's schema, so a new variant fails here until it has its words.

#![expect(clippy::unwrap_used, reason = "a test that is wrong may panic, also in its helpers")]

use std::collections::{BTreeMap, BTreeSet};

use fluent::FluentResource;
use gateway::problem::Language;
use gateway::texts;
use proto::message::Refusal;
use proto::wire::Failure;
use schemars::JsonSchema;
use serde_json::{Map, Value, json};

const SOURCES: [(Language, &str, &str); 2] = [
    (Language::English, include_str!("../texts/refusals.en.ftl"), include_str!("../texts/pages.en.ftl")),
    (Language::Korean, include_str!("../texts/refusals.ko.ftl"), include_str!("../texts/pages.ko.ftl")),
];

/// What the gateway turns away before anything is asked of the platform: codes without parameters that are no part of the contract's types.
const AT_THE_DOOR: [&str; 2] = ["method_not_allowed", "unsupported_media_type"];

/// Parameters of a code, each with its schema.
type Params = BTreeMap<String, Value>;

/// All codes with their parameters.
fn codes() -> BTreeMap<String, Params> {
    let refusals = Schema::of::<Refusal>();
    let families = refusals.variants(&refusals.root);
    let refused = families.into_iter().flat_map(|(family, payload)| {
        let of_family = refusals.variants(&payload.unwrap()).into_iter();
        of_family.map(|(name, payload)| (format!("{family}.{name}"), refusals.fields(payload))).collect::<Vec<_>>()
    });
    let failures = Schema::of::<Failure>();
    let failed = failures.variants(&failures.root).into_iter().map(|(name, payload)| (name, failures.fields(payload)));
    let at_the_door = AT_THE_DOOR.map(|code| (code.to_owned(), Params::new()));
    refused.chain(failed).chain(at_the_door).collect()
}

/// A JSON schema in which references are followed.
struct Schema {
    root: Value,
}

impl Schema {
    fn of<T: JsonSchema>() -> Self {
        Self { root: schemars::schema_for!(T).into() }
    }

    fn follow(&self, schema: &Value) -> Value {
        let reference = schema.get("$ref").and_then(Value::as_str).map(|path| path.trim_start_matches('#'));
        reference.map_or_else(|| schema.clone(), |path| self.follow(self.root.pointer(path).unwrap()))
    }

    /// The variants of an externally tagged enum: name and payload.
    fn variants(&self, schema: &Value) -> Vec<(String, Option<Value>)> {
        let schema = self.follow(schema);
        let all = schema.get("oneOf").and_then(Value::as_array).cloned().unwrap_or_else(|| vec![schema]);
        all.iter().flat_map(|one| self.variant(one)).collect()
    }

    fn variant(&self, schema: &Value) -> Vec<(String, Option<Value>)> {
        if let Some(fields) = schema.get("properties").and_then(Value::as_object) {
            return fields.iter().map(|(name, payload)| (name.clone(), Some(self.follow(payload)))).collect();
        }
        words(schema).into_iter().map(|name| (name, None)).collect()
    }

    fn fields(&self, payload: Option<Value>) -> Params {
        let fields = payload.and_then(|payload| payload.get("properties").and_then(Value::as_object).cloned()).unwrap_or_default();
        fields.into_iter().map(|(name, schema)| (name, self.follow(&schema))).collect()
    }
}

/// The words that a string may be, where they are counted out.
fn words(schema: &Value) -> Vec<String> {
    let one = schema.get("const").into_iter().cloned();
    let several = schema.get("enum").and_then(Value::as_array).cloned().unwrap_or_default();
    let each = schema.get("oneOf").and_then(Value::as_array).cloned().unwrap_or_default();
    let own = one.chain(several).filter_map(|word| word.as_str().map(str::to_owned));
    own.chain(each.iter().flat_map(words)).collect()
}

/// The messages of a source: name, and all that stands under it.
fn messages(source: &str) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut last = None;
    for line in source.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        if let Some((name, text)) = line.split_once(" = ").filter(|_| !line.starts_with(' ')) {
            assert!(found.insert(name.to_owned(), text.to_owned()).is_none(), "{name} stands twice");
            last = Some(name.to_owned());
        } else {
            found.get_mut(last.as_ref().unwrap()).unwrap().push_str(line);
        }
    }
    found
}

fn variables(text: &str) -> BTreeSet<String> {
    let after = text.split('$').skip(1);
    after.map(|rest| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()).collect()
}

fn id(code: &str) -> String {
    code.replace('.', "-")
}

fn sample(params: &Params) -> Map<String, Value> {
    params.iter().map(|(name, schema)| (name.clone(), words(schema).first().map_or_else(|| json!("x"), |word| json!(word)))).collect()
}

#[test]
fn the_contract_is_read_right() {
    let codes = codes();
    assert!(codes["negotiation.already_open"].is_empty());
    assert_eq!(codes["signing.not_a_signatory"].keys().collect::<Vec<_>>(), ["government", "official"]);
    assert_eq!(codes["too_large"].keys().collect::<Vec<_>>(), ["bytes", "limit"]);
    assert!(words(&codes["negotiation.offer_closed"]["state"]).contains(&"sent_back".to_owned()));
    assert!(codes.contains_key("key_reused") && codes.contains_key("access.no_such_case"));
}

#[test]
fn every_code_says_what_was_wrong_and_what_to_do_next_in_both_languages() {
    for (code, params) in codes() {
        let params = Value::Object(sample(&params));
        for (language, ..) in SOURCES {
            for what in [code.clone(), format!("{code}.next")] {
                let text = texts::of(language, &what, &params).unwrap_or_else(|| panic!("{what} has no words in {language:?}"));
                assert!(!text.contains("{$") && !text.contains('$'), "{what}: {text}");
                let hangul = text.chars().any(|c| ('가'..='힣').contains(&c));
                assert_eq!(hangul, language == Language::Korean, "{what}: {text}");
            }
        }
    }
}

#[test]
fn texts_name_only_parameters_that_the_code_has() {
    let codes = codes();
    for (_, source, _) in SOURCES {
        let messages = messages(source);
        for (code, params) in &codes {
            let unknown: Vec<_> = variables(&messages[&id(code)]).into_iter().filter(|name| !params.contains_key(name)).collect();
            assert!(unknown.is_empty(), "{code} has no {unknown:?}");
        }
    }
}

#[test]
fn no_text_is_left_for_a_code_that_does_not_exist() {
    let known: BTreeSet<String> = codes().keys().map(|code| id(code)).collect();
    for (language, source, pages) in SOURCES {
        let texts: BTreeSet<String> = messages(source).into_keys().collect();
        assert_eq!(texts.difference(&known).collect::<Vec<_>>(), Vec::<&String>::new(), "{language:?}");
        let twice: Vec<_> = messages(pages).into_keys().filter(|name| texts.contains(name)).collect();
        assert!(twice.is_empty(), "{twice:?} stand with the pages too");
        assert!(FluentResource::try_new(source.to_owned()).is_ok(), "{language:?} cannot be read");
    }
}

#[test]
fn every_kind_of_event_has_words_and_no_words_are_left_over() {
    let events = Schema::of::<proto::message::Event>();
    let families = events.variants(&events.root).into_iter();
    let kinds: BTreeSet<String> = families
        .flat_map(|(family, payload)| {
            let kinds = events.variants(&payload.unwrap()).into_iter();
            kinds.map(move |(kind, _)| format!("event-{family}-{kind}")).collect::<Vec<_>>()
        })
        .collect();
    for source in [include_str!("../texts/events.en.ftl"), include_str!("../texts/events.ko.ftl")] {
        assert_eq!(messages(source).into_keys().collect::<BTreeSet<_>>(), kinds);
    }
}

#[test]
fn every_kind_of_event_is_said_in_both_languages() {
    let kinds = messages(include_str!("../texts/events.en.ftl")).into_keys();
    let kinds: BTreeSet<String> = kinds.map(|name| name.replacen("event-", "said-", 1)).collect();
    let said = [include_str!("../texts/said.en.ftl"), include_str!("../texts/said.ko.ftl")].map(messages);
    assert_eq!(said[0].keys().collect::<Vec<_>>(), said[1].keys().collect::<Vec<_>>());
    assert_eq!(kinds.difference(&said[0].keys().cloned().collect()).collect::<Vec<_>>(), Vec::<&String>::new());
    for (name, text) in &said[0] {
        assert_eq!(variables(text), variables(&said[1][name]), "{name}");
    }
}

#[test]
fn what_can_be_one_of_a_few_words_is_said_in_words() {
    for (code, params) in codes() {
        for (name, schema) in &params {
            for word in words(schema).iter().filter(|_| variables(&messages(SOURCES[1].1)[&id(&code)]).contains(name)) {
                let mut sample = sample(&params);
                sample.insert(name.clone(), json!(word));
                let text = texts::of(Language::Korean, &code, &Value::Object(sample)).unwrap();
                assert!(!text.contains(word.as_str()), "{code}: {text}");
            }
        }
    }
}

#[test]
fn parameters_stand_in_the_text_as_a_person_writes_them() {
    let turn = json!({ "turn": ["seoul", "guro"] });
    let text = |language, code, params: &Value| texts::of(language, code, params).unwrap();
    assert_eq!(text(Language::English, "negotiation.not_your_turn", &turn), "It is the move of seoul, guro.");
    assert_eq!(text(Language::Korean, "negotiation.not_your_turn", &turn), "지금은 seoul, guro 기관이 회신할 차례입니다.");
    let closed = json!({ "offer": 1200, "state": "sent_back" });
    assert_eq!(text(Language::English, "negotiation.offer_closed", &closed), "Offer 1200 is not open: it was sent back.");
    assert_eq!(
        text(Language::Korean, "negotiation.offer_closed", &closed),
        "제1200호 제안에는 더 이상 회신할 수 없습니다(반려되었습니다)."
    );
    let shared = json!({ "component": "crematorium", "shared": { "amount": "855", "currency": "KRW" } });
    assert!(text(Language::English, "allocation.fixed_mismatch", &shared).ends_with("add up to 855 KRW."));
    let missing = json!({ "step": "sign", "missing": [{ "government": "seoul", "step": "council" }] });
    assert_eq!(text(Language::English, "approvals.too_early", &missing), "Before “sign” must come: seoul council.");
    let needed = json!({ "government": "seoul", "needed": ["delegate", "mediator"] });
    assert_eq!(
        text(Language::Korean, "access.no_appointment", &needed),
        "seoul 기관에서 필요한 역할(협상 담당, 조정 담당)을 맡고 있지 않습니다."
    );
    let above = json!({ "verdict": { "above": { "terms": ["support", "years"] } } });
    let beyond = |language| text(language, "mediation.beyond_mandate", &above);
    assert_eq!(beyond(Language::English), "Your mandate does not cover this proposal: it ends below this for support, years.");
    assert_eq!(beyond(Language::Korean), "협상 방침의 범위를 벗어난 조정안입니다(한도를 넘는 조건: support, years).");
}

#[test]
fn a_count_is_told_apart_from_many() {
    let text = |count: u64| texts::of(Language::English, "table-wrong", &json!({ "count": count })).unwrap();
    assert_eq!((text(1).as_str(), text(2).as_str()), ("1 field needs another look.", "2 fields need another look."));
    let busy = |seconds: u64| texts::of(Language::English, "busy.next", &json!({ "seconds": seconds }));
    assert!(busy(1).is_none_or(|text| text.contains("1 second.")));
}

#[test]
fn particles_fit_whatever_stands_before_them() {
    let text = |dispute: u64| texts::of(Language::Korean, "negotiation.unknown_dispute", &json!({ "dispute": dispute })).unwrap();
    assert_eq!((text(2), text(3)), ("이 협력사업에 쟁점 2가 없습니다.".into(), "이 협력사업에 쟁점 3이 없습니다.".into()));
}

#[test]
fn by_what_was_computed_is_said_in_words() {
    let korean = |solver| texts::solver(Language::Korean, solver);
    assert_eq!(korean("exact arithmetic"), "분수를 그대로 쓰는 정밀 계산");
    let sampled = korean("exact arithmetic; sampled shapley 1: 10000 pairs of orders by ChaCha20");
    assert_eq!(sampled, "분수를 그대로 쓰는 정밀 계산, 섀플리값 표본 추정(참여 순서 10000쌍)");
    assert_eq!(korean("coopgame 0.3.1"), "산정 프로그램 coopgame 0.3.1");
}

/// Items of lists in the steps of a derivation that have words of their own.
const ITEMS: [(&str, &[&str]); 4] = [
    ("orders-orders", &["order", "adds"]),
    ("places-places", &["before", "adds"]),
    ("level-sets", &["coalition", "pays", "cost", "by", "weight"]),
    ("level-with", &["coalition", "weight"]),
];

#[test]
fn every_step_of_a_derivation_is_a_sentence_of_its_own_parameters() {
    let reasons = Schema::of::<proto::allocation::Reason>();
    let steps = reasons.variants(&reasons.root).into_iter().map(|(code, payload)| {
        let names: BTreeSet<String> = reasons.fields(payload).into_keys().chain(["gives".to_owned()]).collect();
        (format!("why-step-{code}"), names)
    });
    let items = ITEMS.iter().map(|(item, names)| (format!("why-step-{item}"), names.iter().map(ToString::to_string).collect()));
    let all: BTreeMap<String, BTreeSet<String>> = steps.chain(items).collect();
    assert!(all.len() > 40 && all["why-step-left"].contains("granted"), "{all:?}");
    for (language, _, pages) in SOURCES {
        let texts = messages(pages);
        let said: BTreeSet<&String> = texts.keys().filter(|name| name.starts_with("why-step-")).collect();
        assert_eq!(said, all.keys().collect(), "{language:?}");
        for (name, names) in &all {
            let unknown: Vec<String> = variables(&texts[name]).into_iter().filter(|variable| !names.contains(variable)).collect();
            assert!(unknown.is_empty(), "{name} has no {unknown:?}");
        }
    }
}

#[test]
fn a_step_is_said_with_its_numbers() {
    use proto::allocation::{Exact, Order, Reason, Step};
    let exact = |decimal: &str, fraction: Option<&str>| Exact { decimal: decimal.parse().unwrap(), fraction: fraction.map(str::to_owned) };
    let say = |what: Reason, gives: Exact, language| {
        let step = Step { what, gives: Some(gives), text: None };
        gateway::derivation::say(&step, language).unwrap()
    };
    let driven = Reason::Driven {
        shared: exact("85500000000", None),
        percent: "90".parse().unwrap(),
        driver: proto::words::Names::new("Population", "인구"),
        year: 2013,
        figure: exact("525000", None),
        sum: exact("2849000", None),
    };
    let gives = exact("14179975429.97", Some("40396750000000/2849"));
    assert_eq!(
        say(driven.clone(), gives.clone(), Language::Korean),
        "인구 비례(2013년): 85,500,000,000 × 90 % × 525,000 ÷ 2,849,000 = 14,179,975,429.97…"
    );
    assert_eq!(
        say(driven, gives, Language::English),
        "By Population (2013): 85,500,000,000 × 90 % × 525,000 ÷ 2,849,000 = 14,179,975,429.97…"
    );
    let order = |names: [&str; 2], adds| Order { order: names.map(|name| name.parse().unwrap()).to_vec(), adds: exact(adds, None) };
    let orders = Reason::Orders { orders: vec![order(["ansan", "osan"], "1000"), order(["osan", "ansan"], "500")] };
    assert!(say(orders, exact("750", None), Language::English).ends_with("(ansan, osan: 1,000; osan, ansan: 500) = 750"));
    let sum = Reason::Sum { parts: vec![exact("0.333333", Some("1/3")), exact("1.66", Some("5/3"))] };
    assert_eq!(say(sum, exact("2", None), Language::English), "Together: 0.333333… + 1.66… = 2");
}
