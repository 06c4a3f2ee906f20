# 쟁점: 단계, 조정 담당 기관, 비공개 개별협의, 조정안.

disputes-none-yet = 제기된 쟁점 없음
disputes-none = 제기된 쟁점이 없습니다.
disputes-none-next = 협의로 풀리지 않는 조건이 있으면 참여 지자체의 협상 담당자가 쟁점을 제기하고, 양측이 수락한 조정 담당 기관의 도움을 받을 수 있습니다.
disputes-title = 쟁점 { $number }. { $title }
disputes-settled = 조정 합의
disputes-taken_back = 철회
disputes-answers = 조정안 회신 중
disputes-mediation = 조정 중
disputes-no_mediator = 조정 담당 기관 선정 중
disputes-ladder = 진행 단계
disputes-rung-opened = 쟁점 제기
disputes-rung-mediator = 조정 담당 기관 합의
disputes-rung-heard = 비공개 의견 청취
disputes-rung-proposal = 조정안 제시
disputes-rung-settled = 조정 합의
disputes-rung-taken_back = 철회
disputes-in_confidence = 내용은 공개되지 않음
disputes-put-waits = 조정안 { $number } 회신 대기
disputes-put-failed = 조정안 { $number } 불성립(내용 비공개)
disputes-put-dropped = 조정안 { $number } 회신 전 철회
disputes-put-accepted = 조정안 { $number } 전원 수락
disputes-as-offer = 제안 { $offer }(으)로 반영
disputes-being-entered = 협상 테이블에 반영 중
disputes-parties = 당사자
disputes-due = 조정 기한
disputes-held = 고정된 조건(조정 합의로만 변경)
disputes-were-held = 쟁점이었던 조건
disputes-terms = 쟁점 조건
disputes-term = 조건
disputes-last-of = { $body } 최근 제안
disputes-offer = 제안 { $offer }
disputes-agreed = 합의된 값
disputes-value = 값
disputes-values = 조건별 값
disputes-label = 통칭(선택)
disputes-who = 이행 기관
disputes-take_back = 쟁점 철회
disputes-take_back-about = 철회하면 조건의 고정이 풀리고 다시 제안으로 협의합니다. 비공개 개별협의의 내용은 계속 비공개로 남습니다.
disputes-do-take_back = 쟁점 철회
disputes-settlement = 조정 합의
disputes-entered = 조정 합의가 수락된 제안 { $offer }(으)로 협상 테이블에 반영되었습니다.
disputes-to-table = 협상 테이블로 이동

## 쟁점 제기

disputes-open = 새 쟁점 제기
disputes-open-about = 쟁점이 된 조건만 고정되며 나머지 협의는 계속할 수 있습니다. 고정된 조건은 조정 합의로만 바뀝니다.
disputes-title-ko = 쟁점 명칭(국문)
disputes-title-en = 쟁점 명칭(영문)
disputes-title-hint = 비워 두면 국문 명칭을 함께 씁니다.
disputes-terms-hint = 함께 풀어야 하는 조건을 모두 선택합니다.
disputes-with = 상대 당사자
disputes-due-hint = 이 날까지 합의되지 않으면 다음 단계(법정 분쟁조정 등)를 검토합니다. 비워 둘 수 있습니다.
disputes-do-open = 쟁점 제기
disputes-frozen = 협약(안)이 확정되어 새 쟁점을 제기할 수 없습니다.
disputes-unknown = “{ $typed }”을(를) 찾을 수 없습니다.
    .next = 화면에 표시된 조건과 기관 중에서 선택하십시오.

## 조정 담당 기관

disputes-neutral = 조정 담당 기관 선정
disputes-neutral-about = 모든 당사자가 수락한 기관이 조정합니다. 조정 담당 기관은 양측의 비공개 개별협의를 열람하므로, 협력사업과의 관계를 확인하고 수락하십시오.
disputes-neutral-none = 아직 추천된 기관이 없습니다.
disputes-tie-none = 이해관계 없음
disputes-tie-party = 이 협력사업의 참여 지자체
disputes-tie-coordinator = 이 협력사업의 주선 기관
disputes-tie-above = { $body }의 상급기관
disputes-tie-below = { $body }의 하급기관
disputes-accepted-by = 수락: { $bodies }
disputes-do-accept = 수락
disputes-do-accept-body = { $body } 수락
disputes-propose = 조정 담당 기관 추천
disputes-free = 이해관계 없는 기관
disputes-tied = 이해관계가 있는 기관
disputes-do-propose = 추천
disputes-nobody = 조정 담당자가 있는 다른 기관이 없습니다. 등록부 관리자에게 조정 담당자의 등록을 요청하십시오.
disputes-no_body = 추천할 기관이 선택되지 않았습니다.
    .next = 목록에서 기관을 선택하십시오.

## 비공개 개별협의

disputes-caucus = 비공개 개별협의
disputes-caucus-own = 우리 기관과 조정 담당자만 열람합니다. 상대 당사자와 다른 참여 지자체에는 보이지 않습니다.
disputes-caucus-later = 조정 담당 기관이 정해지면 조정 담당자에게 의견을 전할 수 있습니다.
disputes-notes = 주고받은 의견
disputes-notes-none = 아직 주고받은 의견이 없습니다.
disputes-note = 조정 담당자에게 전할 의견
disputes-note-to = { $body }에 전할 의견
disputes-do-note = 비공개로 전달
disputes-proposal = 조정안 { $number }
disputes-given-not_put = 전달됨. 아직 회신을 요청하지 않은 조정안입니다.
disputes-given-open = 회신 전
disputes-given-accepted = 수락으로 회신함. 모두 회신하거나 기한이 지나면 결과가 표시됩니다.
disputes-given-declined = 불수락으로 회신함. 모두 회신하거나 기한이 지나면 결과가 표시됩니다.
disputes-given-failed-accepted = 수락으로 회신하였으나 합의되지 않음
disputes-given-failed-declined = 불수락으로 회신하여 합의되지 않음
disputes-given-failed-silent = 기한 내 회신하지 않아 합의되지 않음
disputes-given-dropped = 쟁점이 철회되어 종결됨
disputes-given-settled = 모두 수락하여 합의됨
disputes-waits-for-you = 쟁점 { $dispute }의 조정안 { $number }에 대한 우리 기관의 회신을 기다리고 있습니다.
disputes-to-answer = 조정안 보고 회신하기
disputes-answer = 조정안 { $number } 회신
disputes-answer-about = 회신은 비공개입니다. 모두 수락하면 합의 내용만 공개되고, 하나라도 수락하지 않으면 누가 어떻게 회신하였는지와 조정안의 내용 모두 공개되지 않습니다. 회신은 바꿀 수 없습니다.
disputes-answer-by = 회신기한
disputes-answer-by-hint = 이 날까지 회신하지 않은 당사자가 있으면 조정안은 불성립으로 종결됩니다. 비워 두면 모두 회신할 때까지 기다립니다.
disputes-answer-which = 회신
disputes-answer-yes = 수락
disputes-answer-no = 수락하지 않음
disputes-mandate = 근거 협상 방침
disputes-mandate-hint = 수락할 때 이 방침의 범위 안인지 확인합니다. 벗어나면 본인에게만 알립니다.
disputes-no_mandate = 이 협력사업에 대한 유효한 협상 방침이 없어 수락할 수 없습니다. 기관장에게 협상 방침을 요청하십시오.
disputes-do-answer = 비공개로 회신
disputes-no_answer = 회신이 선택되지 않았습니다.
    .next = 수락 여부를 선택하십시오.

## 조정실

disputes-room = 조정실
disputes-room-about = 조정 담당자만 보는 화면입니다. 한쪽의 의견은 다른 쪽에 보이지 않으므로, 조정안이나 의견에 옮겨 적지 않도록 유의하십시오.
disputes-caucus-of = { $body } 비공개 개별협의
disputes-caucus-mediator = 열람: { $body }, 조정 담당자
disputes-room-waits = 조정안에 대한 당사자들의 회신을 기다리고 있습니다. 결과가 나오면 새 조정안을 작성할 수 있습니다.
disputes-put = 조정안 { $number } 작성
disputes-put-about = 같은 조정안을 모든 당사자에게 비공개로 전달한 뒤 회신을 요청합니다. 모두 수락하기 전에는 조정안의 식별값만 기록에 남습니다.
disputes-others = 함께 바꿀 다른 조건
disputes-others-about = 쟁점이 아닌 조건도 조정안에 넣을 수 있습니다. 비워 둔 조건은 바뀌지 않습니다.
disputes-unit-money = { $currency }, 예: 50억
disputes-do-put = 모든 당사자에게 전달하고 회신 요청
disputes-half = 제시가 끝나지 않은 조정안이 있습니다.
disputes-half-given = 전달됨: { $bodies }.
disputes-half-missing = 전달되지 않음: { $bodies }.
disputes-half-next = 아직 회신을 요청하지 않았습니다. 아래 내용을 그대로 다시 제출하면 이어서 진행하고, 고쳐서 제출하면 고친 조정안으로 바꾸어 전달합니다.
disputes-no_salt = 이 양식은 완전하지 않습니다.
    .next = 화면을 새로 열어 다시 작성하십시오.
disputes-no_number = “{ $term }”에 적은 “{ $typed }”은(는) 숫자가 아닙니다.
    .next = 1,234.5 또는 50억처럼 적으십시오.
disputes-no_day = “{ $term }”에 적은 “{ $typed }”은(는) 날짜가 아닙니다.
    .next = 2000-02-15처럼 연-월-일로 적으십시오.
disputes-no_who = “{ $term }”의 이행 기관을 찾을 수 없습니다.
    .next = 목록에서 기관을 선택하십시오.
