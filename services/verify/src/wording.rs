//! A report as people read it, in English and Korean.

use std::fmt::Write as _;

use signing::readable::Language;

use crate::fault::{Fault, Part, Place, Problem};
use crate::report::{Report, Verdict};

fn say<'a>(language: Language, en: &'a str, ko: &'a str) -> &'a str {
    match language {
        Language::English => en,
        Language::Korean => ko,
    }
}

impl Report {
    /// The report as a text.
    #[must_use]
    pub fn say(&self, language: Language) -> String {
        let mut out = String::new();
        let _ = writeln!(out, "{}", self.verdict.say(language));
        if let Some(problem) = &self.problem {
            let _ = writeln!(out, "{}: {}", say(language, "first thing wrong", "처음으로 어긋난 것"), problem.say(language));
        }
        let subject = [
            (say(language, "case", "사건"), self.case.map(|case| case.to_string())),
            (say(language, "ledger", "원장"), self.origin.clone()),
            (say(language, "fingerprint of its key", "원장 열쇠의 지문"), self.fingerprint.map(|fingerprint| fingerprint.to_string())),
        ];
        for (label, value) in subject {
            if let Some(value) = value {
                let _ = writeln!(out, "  {label}: {value}");
            }
        }
        let counts = self.counted(language);
        for (count, text) in counts.into_iter().filter(|(count, _)| *count > 0) {
            let _ = writeln!(out, "  {count:>7}  {text}");
        }
        if self.counts.calendar > 0 {
            let _ = writeln!(
                out,
                "  {}",
                say(language, "a demonstration: its calendar was set by hand", "시연용 원장: 달력을 손으로 맞추었음")
            );
        }
        out
    }

    /// What was counted, with what each count is of.
    #[must_use]
    pub fn counted(&self, language: Language) -> [(u64, &'static str); 16] {
        let c = &self.counts;
        let say = |en, ko| say(language, en, ko);
        [
            (self.size, say("entries in the ledger under the signed checkpoint", "서명된 체크포인트 아래의 원장 항목")),
            (c.replayed, say("entries replayed: the rules make them exactly as they stand", "재현된 항목: 규칙을 다시 돌려 똑같이 나옴")),
            (
                c.attested,
                say(
                    "entries attested: they rest on a finding about something sealed",
                    "확인 진술에 기댄 항목: 봉인된 것에 대한 판정에 근거함",
                ),
            ),
            (c.sealed, say("entries sealed: only their commitments can be seen", "봉인된 항목: 커밋먼트만 보임")),
            (
                c.unasked,
                say("of these at nobody's request: the data a platform begins with", "그중 요청 없이 들어간, 플랫폼이 시작할 때의 자료"),
            ),
            (c.reactions, say("of these by services, each for its cause", "그중 서비스가 스스로 한 것, 각각 원인이 있음")),
            (
                c.unanswered,
                say("reactions that did not follow: the rules may have refused them", "뒤따르지 않은 반응: 규칙이 거부했을 수 있음"),
            ),
            (c.signatures, say("signatures by key, verified", "열쇠로 한 서명, 검증됨")),
            (c.on_paper, say("signatures on paper, attested by two clerks", "종이 서명, 담당자 두 명이 확인함")),
            (c.in_doubt, say("signatures in doubt: their key was compromised", "의심되는 서명: 열쇠가 유출됨")),
            (
                c.proofs,
                say("officials' signatures over commands, carried and not checked", "명령에 붙은 담당자 서명, 실려 있으나 확인하지 않음"),
            ),
            (c.computations, say("results of the allocation laboratory, with exact sums", "분담 산정 결과(합계가 정확함)")),
            (c.recomputed, say("of these solved again with the same result", "그중 다시 풀어 같은 결과가 나온 것")),
            (c.remarks, say("remarks that fit their commitments", "커밋먼트와 맞는 의견")),
            (c.withheld, say("remarks withheld", "공개되지 않은 의견")),
            (c.clock_back, say("times the ledger's own clock went back", "원장의 시계가 뒤로 간 횟수")),
        ]
    }
}

impl Verdict {
    /// The verdict as a sentence.
    #[must_use]
    pub fn say(self, language: Language) -> &'static str {
        match self {
            Self::Verified => say(
                language,
                "VERIFIED: nothing was added, dropped or changed, and the rules allow every step",
                "검증됨: 더해지거나 빠지거나 바뀐 것이 없고, 모든 단계가 규칙에 맞음",
            ),
            Self::ConsistentOriginUnproven => say(
                language,
                "CONSISTENT, ORIGIN UNPROVEN: everything fits together, but who signed it must be known from elsewhere (--trust)",
                "앞뒤는 맞으나 출처는 증명되지 않음: 누가 서명했는지는 다른 경로로 알아야 함 (--trust)",
            ),
            Self::Wrong => say(language, "WRONG: do not rely on this", "어긋남: 이것을 믿으면 안 됨"),
        }
    }
}

impl Problem {
    /// Where and what, in a sentence.
    #[must_use]
    pub fn say(&self, language: Language) -> String {
        let place = match (&self.place, language) {
            (Place::File, Language::Korean) => "파일".to_owned(),
            (Place::Line(line), Language::Korean) => format!("{line}번째 줄"),
            (Place::Entry { position, stream, version }, Language::Korean) => format!("위치 {position} ({stream} #{version})"),
            (Place::Commitment(commitment), Language::Korean) => format!("커밋먼트 {commitment}"),
            (place, _) => place.to_string(),
        };
        let (en, ko) = self.fault.texts();
        format!("{place}: {}", say(language, &en, &ko))
    }
}

impl Part {
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Stream => ("stream", "스트림"),
            Self::Actor => ("actor", "행위자"),
            Self::Reads => ("streams read", "참조한 스트림"),
            Self::Findings => ("findings", "판정"),
            Self::Events => ("events", "사건"),
            Self::Document => ("agreement document", "협약 문서"),
            Self::Text => ("readable text", "읽는 글"),
        }
    }
}

impl Fault {
    /// In English and in Korean.
    fn texts(&self) -> (String, String) {
        self.of_form().or_else(|| self.of_tree()).or_else(|| self.of_chain()).unwrap_or_else(|| self.of_rules())
    }

    fn of_form(&self) -> Option<(String, String)> {
        Some(match self {
            Self::Unreadable { detail } => (format!("cannot be read: {detail}"), format!("읽을 수 없음: {detail}")),
            Self::NotCanonical { at } => (
                format!("the bytes are not the canonical JSON of what they say, from byte {at} on"),
                format!("바이트가 내용의 정규 JSON과 다름 (바이트 {at}부터)"),
            ),
            Self::OtherFormat { found } => (format!("another format: `{found}`"), format!("다른 형식: `{found}`")),
            Self::Stopped => both("not finished: it was stopped here", "여기에서 중단되어 끝까지 확인하지 못함"),
            Self::TooLong => both("longer than an entry may be", "항목의 최대 길이를 넘음"),
            Self::WrongBody => {
                both("sealed where it must be open, or open where it must be sealed", "공개되어야 할 것이 봉인되었거나 그 반대임")
            }
            Self::OtherCommitment => both("what is given does not fit the commitment", "주어진 것이 커밋먼트와 맞지 않음"),
            Self::NotReferred => both("nothing in the record refers to this", "기록 어디에서도 이것을 가리키지 않음"),
            _ => return None,
        })
    }

    fn of_tree(&self) -> Option<(String, String)> {
        Some(match self {
            Self::BadKey => both("no Ed25519 key of a signed note", "서명 노트의 Ed25519 열쇠가 아님"),
            Self::OtherKey { fingerprint } => {
                (format!("not the trusted key: its fingerprint is {fingerprint}"), format!("신뢰하는 열쇠가 아님: 지문 {fingerprint}"))
            }
            Self::BadNote => both("not signed with the key alone, or not well-formed", "그 열쇠만으로 서명되지 않았거나 형식이 틀림"),
            Self::OtherOrigin { found } => (format!("the checkpoint is of `{found}`"), format!("체크포인트가 다른 원장 `{found}`의 것임")),
            Self::OtherSize { checkpoint } => {
                (format!("the checkpoint is over {checkpoint} entries"), format!("체크포인트는 항목 {checkpoint}개에 대한 것임"))
            }
            Self::NotInTree => both("not in the tree of the checkpoint", "체크포인트의 트리에 없음"),
            Self::OtherRoot => {
                both("the tree of all entries has another root than the checkpoint", "전체 항목 트리의 뿌리가 체크포인트와 다름")
            }
            Self::OtherTips { signed } => (
                format!("streams do not end where the ledger signed: `{signed}`"),
                format!("스트림의 끝이 원장이 서명한 것과 다름: `{signed}`"),
            ),
            _ => return None,
        })
    }

    fn of_chain(&self) -> Option<(String, String)> {
        Some(match self {
            Self::OutOfPlace { expected } => (format!("position {expected} must stand here"), format!("여기에 올 위치는 {expected}임")),
            Self::OtherVersion { expected } => {
                (format!("version {expected} of the stream must stand here"), format!("여기에는 스트림의 {expected}번이 있어야 함"))
            }
            Self::BrokenChain => both("does not follow from the entry before it in the stream", "스트림의 앞 항목과 이어지지 않음"),
            Self::TimeBackward { last } => (format!("civil time runs backward, from {last}"), format!("시각이 {last}에서 거꾸로 감")),
            Self::OffClock { civil } => {
                (format!("civil time was {civil} by clock and calendar"), format!("시계와 달력에 따르면 시각은 {civil}이었음"))
            }
            Self::CommandTwice => both("this command is in the stream already", "같은 명령이 이미 스트림에 있음"),
            Self::NoSuchCase { case } => (format!("there is no entry of case {case}"), format!("사건 {case}의 항목이 없음")),
            _ => return None,
        })
    }

    fn of_rules(&self) -> (String, String) {
        match self {
            Self::OtherService => {
                both("another service decided than the one whose command it is", "명령을 맡은 서비스가 아닌 다른 서비스가 결정함")
            }
            Self::UnknownRules { version } => {
                (format!("rules {version} are not known here"), format!("규칙 {version}판은 여기서 알 수 없음"))
            }
            Self::NoEvents => both("nothing happened", "일어난 일이 없음"),
            Self::Refused { code, why } => {
                (format!("the rules do not allow it: {why} ({code})"), format!("규칙이 허용하지 않음: {why} ({code})"))
            }
            Self::Differs { part } => {
                let (en, ko) = part.names();
                (format!("made again, it differs: {en}"), format!("다시 만들면 다름: {ko}"))
            }
            Self::OtherReads { stream, recorded, was } => (
                format!("it says it read {stream} at version {recorded}, which was at {was}"),
                format!("{recorded}번에서 {stream} 이력을 읽었다고 하나 {was}번이었음"),
            ),
            Self::RulesFailed => both("the rules cannot cope with it", "규칙이 처리하지 못함"),
            Self::NoCause => both("a service acted without a cause", "서비스가 원인 없이 행위함"),
            Self::PersonWithCause => both("a person names a cause, as only services do", "사람이 서비스처럼 원인을 댐"),
            Self::CauseMissing { cause } => (format!("its cause {cause} is not before it"), format!("앞에 원인 {cause} 없음")),
            Self::NoReaction { cause } => {
                (format!("no service does this by itself after {cause}"), format!("{cause} 뒤에 서비스가 스스로 하는 일이 아님"))
            }
            Self::OtherComputation => both("solved again, the allocation comes out otherwise", "다시 풀면 분담이 다르게 나옴"),
            Self::BadAgreement { why } => {
                (format!("no agreement can be made of what was frozen: {why}"), format!("확정된 것으로 협약을 만들 수 없음: {why}"))
            }
            other => (format!("{other:?}"), format!("{other:?}")),
        }
    }
}

fn both(en: &str, ko: &str) -> (String, String) {
    (en.to_owned(), ko.to_owned())
}
