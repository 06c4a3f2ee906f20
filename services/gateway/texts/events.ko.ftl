# 일어난 일: 사건 종류마다 메시지 하나(`.`은 `-`로).

event-calendar-calendar_set = 시연 달력 조정

event-registry-government_registered = 기관 등록
event-registry-population_recorded = 인구 등재
event-registry-appointed = 담당자 지정
event-registry-appointment_ended = 담당자 지정 종료
event-registry-key_registered = 서명키 등록
event-registry-key_revoked = 서명키 폐기
event-registry-key_used = 서명키 사용
event-registry-mandate_granted = 협상 방침 부여
event-registry-mandate_revoked = 협상 방침 철회

event-negotiation-case_opened = 협력사업 개시
event-negotiation-invited = 참여 지자체 초청
event-negotiation-joined = 참여
event-negotiation-declined = 불참 회신
event-negotiation-left = 참여 철회
event-negotiation-agenda_set = 협의 안건 지정
event-negotiation-fact_stated = 사실자료 제시
event-negotiation-position_taken = 사실자료에 대한 의견 제출
event-negotiation-information_requested = 자료 요청
event-negotiation-information_answered = 자료 요청에 회신
event-negotiation-information_lacking = 자료 미보유 회신
event-negotiation-term_defined = 협의 조건 설정
event-negotiation-clause_added = 조항 추가
event-negotiation-wording_proposed = 다른 문안 제안
event-negotiation-wording_supported = 문안 동의
event-negotiation-clause_reserved = 조항 의견 유보
event-negotiation-clause_commented = 조항에 대한 의견 기재
event-negotiation-offer_drafted = 제안 초안 작성
event-negotiation-sounding_made = 비공식 타진
event-negotiation-sounding_answered = 비공식 타진에 회신
event-negotiation-sounding_withdrawn = 비공식 타진 철회
event-negotiation-offer_tabled = 제안 제출
event-negotiation-offer_accepted = 제안 수락
event-negotiation-offer_agreed = 제안 합의
event-negotiation-offer_sent_back = 제안 반려
event-negotiation-offer_withdrawn = 제안 철회
event-negotiation-offer_lapsed = 제안 기한 경과
event-negotiation-settlement_entered = 조정 합의 반영
event-negotiation-initialled = 실무 문안 확인
event-negotiation-text_frozen = 협약(안) 확정
event-negotiation-text_reopened = 협약(안) 재협의
event-negotiation-publication_agreed = 협약 공개 동의
event-negotiation-agreement_published = 협약 공개

event-allocation-computed = 분담안 비공개 산정
event-allocation-run_tabled = 분담안 제출
event-allocation-work_asked = 산정 요청
event-allocation-studied = 분담 검토 결과 기록
event-allocation-work_failed = 산정 결과 없음
event-allocation-work_cancelled = 산정 취소
event-allocation-study_tabled = 분담 검토 결과 제출
event-allocation-stand_taken = 수치에 대한 의견 제출

event-authority-function_set = 권한·역할 분담표 등재
event-authority-function_removed = 권한·역할 분담표 삭제
event-authority-finding_allowed = 존치 사유 등재
event-authority-rechecked = 권한·역할 분담표 재확인

event-approvals-condition_decided = 절차 해당 여부 결정
event-approvals-step_recorded = 절차 이행 기록
event-approvals-sign_off_recorded = 내부 결재 기록
event-approvals-clock_started = 절차 기한 기산
event-approvals-step_lapsed = 절차 기한 경과
event-approvals-passed_amended = 의회 수정의결
event-approvals-signing_opened = 체결 개시
event-approvals-signatures_noted = 서명 완료 확인
event-approvals-entered_into_force = 효력 발생

event-signing-order_set = 서명 순서 지정
event-signing-signed = 서명
event-signing-paper_attested = 서면 협약 확인
event-signing-completed = 모든 참여 지자체 서명 완료
event-signing-marked_in_doubt = 서명 의심 표시(서명키 유출)

event-mediation-dispute_opened = 쟁점 제기
event-mediation-facilitator_proposed = 조정 담당 기관 추천
event-mediation-facilitator_accepted = 조정 담당 기관 수락
event-mediation-note_sent = 비공개 개별협의 의견 전달
event-mediation-proposal_delivered = 조정안 개별 전달
event-mediation-proposal_put = 조정안 제시
event-mediation-proposal_answered = 조정안 비공개 회신
event-mediation-proposal_failed = 조정안 불성립
event-mediation-settled = 조정 합의
event-mediation-dispute_closed = 쟁점 종결
