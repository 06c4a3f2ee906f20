# 협력사업의 머리 부분과 처리할 일.

rooms = 이 협력사업의 메뉴
room-overview = 개요
room-facts = 사실자료
room-table = 협상 테이블
room-text = 문안
room-allocation = 분담안
room-authority = 권한·역할
room-approvals = 행정절차
room-signing = 체결
room-disputes = 쟁점
room-record = 처리이력
way = 추진 단계
way-invite = 개시·초청
way-facts = 사실관계
way-offers = 제안·협의
way-text = 문안 확정
way-approvals = 행정절차
way-signing = 체결
way-force = 효력 발생
rounds-alternating = 번갈아 제안
rounds-circulated = 회람(기한 내 회신)
rounds-free = 자유 협의
your-move = 처리할 차례입니다.
waiting = 회신 대기:
waits-for = { $body }({ $count }건)
moves-of-yours = 건 처리할 일
and-more-moves = 외 { $count }건

## 처리할 일 (`move-<what>`)

move-invite = 참여 지자체를 더 초청(절차에서 정한 최소 참여 수 미달)
move-join_or_decline = 초청에 회신: 참여 또는 불참
move-take_position = “{ $fact }” 수치에 대한 의견 제출
move-answer_request = 자료 요청 { $request }에 회신
move-draft_text = 문안 작성: { $contents }
move-draft_text-first = 협약 문안 작성 시작
move-table_offer = { $terms }에 대한 제안 제출
move-answer_offer = 제안 { $offer }에 회신
move-improve_offer = 제안 { $offer } 보완 또는 새 제안 제출
move-agree_wording = “{ $clause }” 조항 문안 단일화
move-clear_finding = “{ $function }” 권한 배분 정리 또는 존치 사유 기재
move-initial = 실무 문안 확인(남은 쟁점 없음)
move-propose_facilitator = 쟁점 { $dispute }의 조정 담당 기관 추천
move-accept_facilitator = 쟁점 { $dispute }의 조정 담당 기관({ $facilitator }) 수락 여부 회신
move-settle_dispute = 쟁점 { $dispute } 조정: 의견 청취 후 조정안 제시
move-answer_proposal = 쟁점 { $dispute }의 조정안 { $number }에 비공개 회신
move-take_back_dispute = 쟁점 { $dispute } 철회(상대방 참여 철회)
move-decide_condition = “{ $step }” 필요 여부 결정
move-record_step = “{ $step }” 이행 및 기록
move-sign = 협약 체결(서명)
move-attest_paper = 서면 협약 확인(상대 기관 문서 담당자 확인 완료)
