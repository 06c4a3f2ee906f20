# 협상 테이블: 제안, 비교, 회신, 협의 조건.

## 제안 이력

table-offers = 제안 이력
table-no_offers = 아직 제출된 제안이 없습니다.
table-offer = 제안 { $offer }
table-offer-of = 제안 { $offer } · { $body }
table-current = 현재
table-settlement = 조정 합의
table-counters = 제안 { $offer }에 대한 수정제안
table-improves = 제안 { $offer }의 보완
table-settles = 쟁점 { $dispute }의 조정 합의
table-until = 회신기한
table-tabled = 제출
table-asked = 회신 현황
table-state-open = 회신 대기
table-state-agreed = 합의
table-state-countered = 수정제안됨
table-state-sent_back = 반려
table-state-withdrawn = 철회
table-state-improved = 보완 제안됨
table-state-lapsed = 기한 경과
table-answer-awaited = 회신 전
table-answer-none = 미회신
table-answer-accepted = 수락
table-answer-sent_back = 반려
table-answer-countered = 수정제안
table-make = 제안 작성
table-compare = 두 제안 비교
table-compare-from = 기준 제안
table-compare-to = 비교할 제안
table-compare-do = 비교하기
table-compare-end = 비교 마치기
table-nothing = 아직 제출된 제안이 없습니다. 첫 제안을 제출하면 조건별 값과 변동 내역이 여기에 표시됩니다.
table-empty-terms = 제안하려면 먼저 아래에서 협의할 조건을 정하십시오.

## 제안의 내용

table-against = 제안 { $offer } 대비
table-terms-of-offer = 조건별 제안 내용
table-term = 조건
table-moved = 변동
table-moved-by = { $body } 제시
table-same = 변동 없음
table-came = 추가
table-went = 빠짐
table-changed = 변경
table-relabelled = 통칭만 변경
table-silent = 이 제안에 없는 조건:
table-stands-agreed = 합의
table-stands-dispute = 쟁점
table-stands-open = 협의 중
table-agreed-is = 합의된 값: { $value }
table-wording = 문안
table-against_text = 현행 문안과 비교한 내용입니다.
table-clause-agreed = 합의
table-clause-bracketed = 복수안 병기
table-clause-contested = 이견
table-clause-reserved = 의견 유보
table-allocation = 분담안
table-allocation-changed = 변경
table-allocation-rules = 세부시설·비목별 산정 방식
table-component = 세부시설·비목
table-rule-before = 변경 전
table-rule-now = 산정 방식
table-allocation-moved = 기관별 부담 증감
table-allocation-total = 기관별 부담액 보기
table-allocation-digest = 산정 결과의 해시값
table-government = 기관
table-bears = 부담액

## 회신

table-answer = 회신
table-counter = 수정제안 작성
table-improve = 보완 제안 작성
table-accept = 수락
table-accept-about = 수락하면 이 제안의 내용에 구속됩니다. 회신 대상 기관이 모두 수락하면 합의로 확정됩니다.
table-accept-do = 제안 { $offer } 수락
table-send_back = 의견과 함께 돌려보내기
table-send_back-do = 제안 { $offer } 돌려보내기
table-why = 의견(선택)
table-why-hint = 적지 않아도 됩니다. 적으면 참여 지자체가 모두 볼 수 있습니다.
table-reason = { $body }의 의견
table-withdraw = 우리 제안 철회
table-withdraw-about = 철회한 제안에는 더 이상 회신할 수 없습니다. 이력에는 그대로 남습니다.
table-withdraw-do = 제안 { $offer } 철회
table-mandated = 협상 방침 범위 안의 제안
table-mandate = 근거 협상 방침
table-mandate-hint = 단체장이 부여한 방침입니다. 우리 기관만 볼 수 있습니다.
table-mandate-says = { $until }까지 · { $basis }
table-no_mandate = 이 협력사업에 유효한 협상 방침이 없습니다. 단체장(체결권자)이 먼저 협상 방침을 부여하여야 합니다.
table-mandate-where = 권한·역할 메뉴에서 부여 현황 보기

## 초안

table-drafts = 제안 초안
table-private = 비공개 · 우리 기관만 볼 수 있음
table-no_drafts = 보관 중인 초안이 없습니다. 제안 작성 화면에서 초안으로 보관할 수 있습니다.
table-draft-answer = 제안 { $offer }에 대한 수정제안으로 이어 쓰기
table-draft-continue = 새 제안으로 이어 쓰기
table-draft-new = 초안 작성

## 비공식 타진

table-soundings = 비공식 타진
table-soundings-wait = 회신 전 { $count }건
table-sounding-private = 비공개 · 우리 기관과 상대 기관만 볼 수 있음
table-no_soundings = 주고받은 타진이 없습니다. 제안 작성 화면에서 한 기관에만 미리 의사를 타진할 수 있습니다.
table-sounding-from = { $body }에서 받음
table-sounding-to = { $body }에 보냄
table-sounding-yours = 회신 전
table-sounding-awaited = 회신 대기
table-sounding-answered = 회신 완료
table-sounding-withdrawn = 철회
table-sounding-clause = “{ $clause }” 문안
table-sounding-reply = { $body }의 회신
table-sounding-answer = 의견 회신
table-sounding-answer-words = 회신 내용
table-sounding-answer-hint = 한 번만 회신할 수 있으며, 어느 기관도 구속하지 않습니다.
table-sounding-answer-do = 회신
table-sounding-continue = 제안으로 이어 쓰기
table-sounding-withdraw = 타진 철회
table-write-sounding = 비공식 타진
table-write-sounding-about = 제출하기 전에 한 기관의 의사를 먼저 알아봅니다. 구속력이 없어 협상 방침이 필요하지 않으며, 비교표·간격·검증 자료 묶음에 나타나지 않습니다.
table-sounding-whom = 타진할 기관
table-sounding-choose = — 기관 선택 —
table-sounding-words = 전할 말(선택)
table-sounding-words-hint = 이 기관의 담당자만 볼 수 있습니다.
table-sounding-do = 비공식 타진 보내기

## 간격

table-gap = { $term }의 간격
table-gap-private = 우리 기관만 볼 수 있음(협상 방침의 한도 포함)
table-gap-agreed = 합의된 조건입니다.
table-gap-one = { $body }만 제시: { $value }
table-gap-none = 현재 간격 없음: { $value }
table-gap-now = 현재 간격 { $gap } ({ $low } { $least } ↔ { $high } { $most })
table-gap-table = 표로 보기
table-gap-after = 시점
table-gap-choose = 조건 선택
table-gap-show = 보기
table-today = 오늘
table-ceiling = 방침 상한
table-floor = 방침 하한

## 체결까지

table-left = 체결까지 남은 것
table-left-nothing = 남은 것이 없습니다.
table-left-disputed = 조건 { $count }건 쟁점
table-left-open = 조건 { $count }건 미합의
table-left-bracketed = 조항 { $count }건 복수안 병기
table-left-contested = 조항 { $count }건 이견
table-left-reserved = 조항 { $count }건 의견 유보
table-left-findings = 권한 공백·중복 { $count }건
table-left-approvals = 행정절차 { $count }단계
table-left-more = 외 { $count }건

## 협의 조건

table-terms = 협의 조건
table-no_terms = 아직 정한 조건이 없습니다. 금액, 비율, 수량, 기한처럼 합의가 필요한 것을 조건으로 정하십시오.
table-kind = 종류
table-agreed = 합의된 값
table-by-offer = 근거
table-define = 협의 조건 추가
table-define-about = 조건은 모든 참여 지자체에 공개되며, 정한 뒤에는 이름과 종류를 바꿀 수 없습니다.
table-define-do = 조건 추가
table-name-ko = 이름(한국어)
table-name-en = 이름(영어)
table-name-hint = 대장에 쓰이는 짧은 이름도 여기에서 만들어집니다.
table-kind-money = 금액
table-kind-share = 비율(%)
table-kind-quantity = 수량
table-kind-date = 날짜
table-kind-duty = 의무
table-kind-choice = 택일
table-kind-text = 서술
table-currency = 통화(금액인 경우)
table-currency-hint = ISO 4217 부호 세 글자. 예: KRW
table-unit = 단위(수량인 경우)
table-unit-hint = 예: 톤/일, 년, 면
table-options = 선택지(택일인 경우)
table-options-hint = 한 줄에 하나씩, 두 개 이상 적으십시오. 두 언어로 적으려면 “균등 분담 / equal shares”와 같이 적습니다.

## 제안 작성

table-write-new = 제안 작성
table-write-counter = 제안 { $offer }에 대한 수정제안 작성
table-write-improve = 제안 { $offer }의 보완 제안 작성
table-about-new = 조건의 값과 조항의 문안을 하나로 묶어 제안합니다.
table-about-counter = { $body } 제안의 내용이 미리 입력되어 있습니다. 바꿀 부분만 고치십시오.
table-about-improve = 우리 기관 제안의 내용이 미리 입력되어 있습니다. 제출하면 앞선 제안을 대신합니다.
table-write-terms = 조건
table-write-terms-about = 비워 둔 조건은 이 제안에 포함되지 않습니다. 값이 0이면 0으로 적으십시오.
table-write-terms-stay = 고치지 않은 조건은 앞선 제안대로 유지됩니다. 비워 둔 나머지 조건은 이 제안에 포함되지 않습니다.
table-not_part = — 이 제안에 포함하지 않음 —
table-value = 값
table-who = 이행할 기관
table-what = 이행할 내용
table-label = 통칭(선택)
table-label-about = 금액은 1,234,000원, 37.8억, 37억 8,000만 원과 같이 적을 수 있습니다. 통칭은 “40 %”처럼 협의에서 부르는 이름이며, 합의의 기준은 값입니다. 값을 바꾸면 앞선 제안의 통칭은 이어지지 않습니다.
table-held = 쟁점 { $dispute }에 걸려 있어 조정 합의로만 바뀝니다.
table-held_typed = 이 조건은 쟁점 { $dispute }(으)로 고정되어 “{ $typed }”은(는) 제안에 넣을 수 없습니다. 이 값을 빼고 다시 제출하거나 조정 합의를 기다리십시오.
table-held_draft = 초안의 { $value }은(는) 조건이 고정되어 있는 동안 제안에 들어가지 않습니다.
table-bounds = 협상 방침: { $bounds }
table-write-text = 문안
table-write-text-about = 고치거나 표시한 조항의 문안만 제안에 포함됩니다.
table-clause-carried = 앞선 제안에 포함된 문안
table-clause-in = 이 조항의 문안을 제안에 포함
table-in-korean = 한국어 문안
table-in-english = 영어 문안
table-write-frame = 제출
table-allocation-none = 포함하지 않음
table-allocation-stays = 제안 { $offer }의 분담안 유지
table-allocation-hint = 협상 테이블에 제출된 산정 결과 가운데 선택합니다.
table-to = 받는 기관
table-to-hint = 표시하지 않으면 다른 참여 지자체 모두에게 보냅니다.
table-to-all = 다른 참여 지자체 모두에게 보냅니다.
table-to-circle = 앞선 제안에 관련된 기관 모두에게 보냅니다.
table-expires = 회신기한
table-expires-hint = 이날까지 회신할 수 있습니다({ $zone } 기준). 비워 두면 새로 정하지 않습니다.
table-expires-needed = 회람안에는 회신기한이 필요합니다({ $zone } 기준).
table-do-new = 제안 제출
table-do-counter = 수정제안 제출
table-do-improve = 보완 제안 제출
table-check = 제출 전 확인
table-leave = 그만두기
table-not_now = 지금은 제출할 차례가 아닙니다. 초안으로 보관하였다가 차례가 되면 이어 쓸 수 있습니다.
table-preview = 이대로 제출됩니다
table-preview-about = 아직 제출되지 않았습니다. 아래에서 계속 고칠 수 있습니다.
table-write-draft = 초안으로 보관
table-draft-name = 초안 이름
table-draft-hint = 같은 이름의 초안은 새 내용으로 바뀝니다.
table-draft-keep = 초안 보관

## 다시 확인할 입력

table-wrong = 다시 확인할 입력란이 { $count }개 있습니다.
    .next = 표시된 입력란을 고쳐 다시 제출하십시오. 입력하신 내용은 그대로 남아 있습니다.
table-unread-number = 숫자로 읽을 수 없습니다. 예: 1,234.5, 37.8억(쉼표는 천 단위마다)
table-unread-amount = 통화의 최소 단위보다 작거나 너무 큰 금액입니다.
table-unread-share = 0에서 100 사이의 비율을 적으십시오.
table-unread-day = 날짜로 읽을 수 없습니다. 예: 2000-02-29
table-unread-duty = 이행할 기관과 내용을 모두 적으십시오.
table-unread-wording = 문안을 한국어나 영어로 적으십시오.
table-unread-allocation = 목록에 있는 산정 결과를 선택하십시오.
table-unread-mandate = 근거가 되는 협상 방침을 선택하십시오.
table-unread-offer = 제안 번호를 읽을 수 없습니다. 화면을 다시 열어 주십시오.
table-unread-whom = 타진할 기관을 선택하십시오.
table-unread-sounding = 어느 타진인지 읽을 수 없습니다. 화면을 다시 열어 주십시오.
table-unread-name = 이름을 적으십시오.
table-unread-currency = 통화 부호는 영문 세 글자입니다. 예: KRW
table-unread-unit = 단위를 적으십시오.
table-unread-options = 선택지를 두 개 이상 적으십시오.
table-unread-kind = 종류를 선택하십시오.
table-cannot_drop = 제안 { $offer }에 있는 조건은 뺄 수 없습니다. 값을 적으십시오.
table-label_alone = 통칭만 있고 값이 없습니다.
table-above = 협상 방침의 한도를 넘습니다. 먼저 단체장의 방침을 받으십시오.
table-outside = 협상 방침에 포함되지 않은 조건입니다.
