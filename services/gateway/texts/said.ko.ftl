# 일어난 일을 문장으로: 사건 종류마다 메시지 하나(`said-<family>-<kind>`)와 문장의 조각들. `who`는 행위한 기관 또는 플랫폼. 조사는 이(가), 을(를),
# 은(는), 과(와), (으)로로 쓰면 앞말에 맞춰진다.

said-calendar-calendar_set = 달력을 { $day }로 옮김

said-registry-government_registered = { $government }({ $rank })을(를) 기관 목록에 등록
said-registry-population_recorded = { $year }년 인구 { $persons }명 등재(출처: { $source })
said-registry-appointed = { $government } { $as }(으)로 지정({ $from }부터)
said-registry-appointment_ended = { $government } { $as } 지정을 { $day }에 종료
said-registry-key_registered = 서명키 { $key } 등록
said-registry-key_revoked = 서명키 { $key } 폐기{ $manner ->
    [compromised] ({ $day }부터 유출된 것으로 신고)
   *[plain] {""}
}
said-registry-key_used = 서명키 { $key }(으)로 { $day }에 서명
said-registry-mandate_granted = { $who }이(가) { $person }에게 { $day }까지 협상 방침 부여: { $scope }{ $bounds }, 근거: { $basis }
said-registry-mandate_revoked = { $who }이(가) 협상 방침 { $mandate } 철회

said-negotiation-case_opened = { $who }이(가) 협력사업 “{ $title }”을(를) 개시(형식: { $form }, 협의 방식: { $rounds })
said-negotiation-invited = { $who }이(가) { $government }을(를) 초청
said-negotiation-joined = { $who }이(가) 참여
said-negotiation-declined = { $who }이(가) 불참 회신
said-negotiation-left = { $who }이(가) 참여 철회
said-negotiation-agenda_set = { $who }이(가) 제{ $round }차 협의 안건({ $count }건) 지정 { $meeting }
said-negotiation-fact_stated = { $who }이(가) “{ $fact }” 수치 제시: { $value }({ $source } 산정, { $day })
said-negotiation-position_taken = { $who }이(가) “{ $fact }” 수치에 대해 의견 제출: { $position }
said-negotiation-information_requested = { $who }이(가) { $to }에 자료 요청 { $request } 제출{ $until }
said-negotiation-information_answered = { $who }이(가) 자료 요청 { $request }에 회신
said-negotiation-information_lacking = { $who }이(가) 자료 요청 { $request }에 회신(자료 미보유)
said-negotiation-term_defined = { $who }이(가) 협의 조건 “{ $term }” 설정
said-negotiation-clause_added = { $who }이(가) “{ $clause }” 조항 추가: “{ $wording }”
said-negotiation-wording_proposed = { $who }이(가) “{ $clause }” 조항의 다른 문안 제시: “{ $wording }”
said-negotiation-wording_supported = { $who }이(가) “{ $clause }” 조항의 문안에 동의
said-negotiation-clause_reserved = { $who }이(가) “{ $clause }” 조항에 의견 유보
said-negotiation-clause_commented = { $who }이(가) “{ $clause }” 조항에 의견 기재
said-negotiation-offer_drafted = { $who }이(가) 제안 초안 “{ $draft }” 작성: { $package }
said-negotiation-sounding_made = { $who }이(가) { $to }에 비공식 타진 { $sounding }: { $package }{ $text }
said-negotiation-sounding_answered = { $who }이(가) 비공식 타진 { $sounding }에 회신: { $text }
said-negotiation-sounding_withdrawn = { $who }이(가) 비공식 타진 { $sounding } 철회
said-negotiation-offer_tabled = { $who }이(가) { $to }에 { $manner ->
    [counters] 제안 { $before }에 대한 수정제안 { $offer } 제출
    [improves] 제안 { $before }을(를) 보완한 제안 { $offer } 제출
   *[opens] 제안 { $offer } 제출
}{ $until }: { $package }
said-negotiation-offer_accepted = { $who }이(가) 제안 { $offer } 수락
said-negotiation-offer_agreed = 제안 { $offer } 합의(회신 대상 기관 모두 수락)
said-negotiation-offer_sent_back = { $who }이(가) 제안 { $offer } 반려
said-negotiation-offer_withdrawn = { $who }이(가) 제안 { $offer } 철회
said-negotiation-offer_lapsed = 제안 { $offer }의 회신기한 경과
said-negotiation-settlement_entered = 쟁점 { $dispute }의 조정 합의를 합의된 제안 { $offer }(으)로 반영: { $package }
said-negotiation-initialled = { $who }이(가) 실무 문안 확인(해시값 { $digest })
said-negotiation-text_frozen = 모든 참여 지자체의 문안 확인으로 협약(안) 확정(해시값 { $digest })
said-negotiation-publication_agreed = { $who }이(가) 협약 공개에 동의: { $parts }
said-negotiation-agreement_published = 모든 참여 지자체의 동의로 협약 공개: { $parts }
said-negotiation-text_reopened = { $government } 사유로 협약(안) 재협의

said-allocation-computed = { $who }이(가) 분담안 “{ $run }” 비공개 산정: { $shares }
said-allocation-run_tabled = { $who }이(가) 분담안 “{ $run }” 제출: { $shares }
said-allocation-work_asked = { $who }이(가) “{ $run }” 산정 요청: { $question }
said-allocation-studied = 분담 검토 “{ $run }” 결과 기록: { $question }
said-allocation-work_failed = “{ $run }” 산정 결과 없음: { $reason }
said-allocation-work_cancelled = { $who }이(가) “{ $run }” 산정 취소
said-allocation-study_tabled = { $who }이(가) 분담 검토 “{ $run }” 결과 제출: { $question }
said-allocation-stand_taken = { $who }이(가) { $figure }에 대해 의견 제출: { $position }

said-authority-function_set = { $who }이(가) 권한·역할 분담표에 “{ $function }” 등재: { $holders }(미해결 사항 { $open }건)
said-authority-function_removed = { $who }이(가) 권한·역할 분담표에서 “{ $function }” 삭제(미해결 사항 { $open }건)
said-authority-finding_allowed = { $who }이(가) 존치 사유 등재: { $finding }(미해결 사항 { $open }건)
said-authority-rechecked = 참여 지자체 변동에 따라 권한·역할 분담표 재확인(미해결 사항 { $open }건)

said-approvals-condition_decided = { $who }이(가) “{ $step }” 필요 여부 결정: { $outcome ->
    [applies] 해당
   *[not] 해당 없음
}
said-approvals-step_recorded = { $who }이(가) “{ $step }” 이행 기록: { $done }, { $day }{ $extent ->
    [all] {" — 단계 완료"}
   *[some] {""}
}
said-approvals-sign_off_recorded = { $who }이(가) “{ $step }” 내부 결재 기록: { $number }, { $person } 결재({ $day })
said-approvals-clock_started = “{ $step }” 기한 기산: { $from }부터 { $day }까지
said-approvals-step_lapsed = “{ $step }” 기한 내 회신 없음: { $outcome ->
    [yes] 법에 따라 단계 완료로 봄
    [no] 법에 따라 거부로 봄
   *[nothing] 효과 없음
}
said-approvals-passed_amended = { $government } 의회 수정의결: 종전 협약(안)은 효력 없음
said-approvals-signing_opened = 필요한 절차가 모두 완료되어 체결 개시(해시값 { $digest })
said-approvals-signatures_noted = 모든 서명 완료(마지막 서명 { $day })
said-approvals-entered_into_force = 협약이 { $day }에 효력 발생(해시값 { $digest })

said-signing-order_set = { $who }이(가) 서명 순서 지정: { $parties }
said-signing-signed = { $who } 서명: { $person }, 서명키 { $key }(해시값 { $digest })
said-signing-paper_attested = { $who }({ $person })이(가) { $day } 서면 협약 확인: { $people }{ $extent ->
    [all] {" — 두 기관 확인 완료, 서명 효력 있음"}
   *[some] {" — 다른 기관 문서 담당자의 확인 필요"}
}
said-signing-completed = 모든 참여 지자체 서명 완료(해시값 { $digest })
said-signing-marked_in_doubt = { $government } { $person }의 서명에 의심 표시: 서명키 { $key }이(가) { $day }부터 유출

said-mediation-dispute_opened = { $who }이(가) 쟁점 { $dispute } “{ $title }” 제기: { $terms }, 당사자 { $parties }{ $until }
said-mediation-facilitator_proposed = { $who }이(가) 쟁점 { $dispute }의 조정 담당 기관으로 { $facilitator } 추천
said-mediation-facilitator_accepted = { $who }이(가) 쟁점 { $dispute }의 조정 담당 기관 { $facilitator } 수락{ $extent ->
    [all] {" — 당사자 모두 수락"}
   *[some] {""}
}
said-mediation-note_sent = { $who }이(가) 쟁점 { $dispute } 비공개 개별협의에서 의견 전달: “{ $note }”
said-mediation-proposal_delivered = { $who }이(가) 쟁점 { $dispute }의 조정안 { $proposal } 개별 전달: { $package }
said-mediation-proposal_put = { $who }이(가) 쟁점 { $dispute }의 조정안 { $proposal } 제시(비공개 회신){ $until }
said-mediation-proposal_answered = { $who }이(가) 쟁점 { $dispute }의 조정안 { $proposal }에 비공개 회신: { $reply ->
    [yes] 수락
   *[no] 불수락
}
said-mediation-proposal_failed = 쟁점 { $dispute }의 조정안 { $proposal } 불성립(기관별 회신 내용은 비공개)
said-mediation-settled = 조정안 { $proposal } 전원 수락으로 쟁점 { $dispute } 조정 합의: { $package }
said-mediation-dispute_closed = 쟁점 { $dispute } 종결: { $manner ->
    [settled] 조정 합의
   *[taken_back] 철회
}

## 문장의 조각

said-and_more = { $named } 외 { $more }건
said-until = ({ $day }까지)
said-wording_of = “{ $name }” 문안
said-with_allocation = 분담안 포함
said-stand-accepts = 인정
said-stand-disputes = 이견
said-stand-disputes_own = 이견, 자체 수치 { $value }
said-stand-no_data = 자료 없음
said-question-run = 모형에 따른 분담 산정
said-question-what_if = 가정 변경 시 분담
said-question-search = { $government } 부담이 { $most } 이하가 되는 산정 방식
said-question-ranges = 이견 있는 수치에 따른 분담 범위
said-question-comparison = 산정 방식별 비교
said-question-settlement = 실제 사업비 정산
said-question-accession = 추가 참여 분담금
said-question-exit = 탈퇴 정산
said-figure-driver = { $government }의 “{ $driver }” 수치
said-figure-cost = “{ $component }” 사업비
said-figure-coalition = { $members }이(가) 따로 추진할 때의 “{ $component }” 비용
said-power-decide = 결정
said-power-fund = 재원 부담
said-power-operate = 운영
said-power-be_consulted = 협의
said-issue-gap = { $power } 주체 없음
said-issue-overlap = { $power } 주체 중복: { $bodies }
said-issue-no_basis = 법적 근거 없음: { $bodies } { $power }
said-issue-unheard = 영향을 받으나 협의되지 않음: { $bodies }
said-issue-holder_is_no_party = 참여 지자체 아님: { $bodies }
said-done-proposed = 제안
said-done-consulted = { $with } 협의 완료(동의)
said-done-consulted_no = { $with } 협의 완료(부동의)
said-done-drafted = 문안 작성
said-done-signed = { $people } 서명
said-done-higher = { $government } 승인
said-done-higher_no = { $government } 불승인
said-done-published = 고시({ $notice })
said-done-reported = { $with }에 보고
said-done-registered = 등록({ $number })
said-council-passed = 의회 원안가결
said-council-passed_amended = 의회 수정가결
said-council-rejected = 의회 부결
said-council-deferred = 의회 보류
said-council-withdrawn = 의안 철회
said-council-lapsed_with_term = 의회 임기만료 폐기
said-council-votes = , 찬성 { $ayes }·반대 { $noes }·기권 { $abstained }
said-part-always = 사업명, 참여 지자체, 효력 발생일, 해시값
said-part-terms = 합의 내용
said-part-wording = 조항 문안
said-scope-all = 모든 협의 조건
said-bounds-both = { $term } { $floor }~{ $ceiling }
said-bounds-floor = { $term } { $floor } 이상
said-bounds-ceiling = { $term } { $ceiling } 이하

## 누가, 왜, 그리고 규칙이 확인한 것

said-official = { $body } · { $as }({ $person })
said-platform = 플랫폼 자동 처리({ $service })
said-ground-standing_delegation = { $holder ->
    [none] 전결
   *[other] { $holder }의 전결
}
said-ground-in_absence = { $holder }의 부재로 대결
said-ground-temporary = { $holder }의 직무대리
said-ground-by_law = { $holder }의 권한대행
said-cause-entry = 이력 { $position }에 따른 처리
said-cause-due = 이력 { $position }에서 정한 기한 경과
said-cause-asked = 이력 { $position }에서 요청한 산정 완료
said-finding-mandate = 자체 협상 방침 확인: { $verdict }
said-finding-answers_open = 조정안 회신: 일부 미회신
said-finding-answers_all = 조정안 회신: 전원 수락
said-finding-answers_not_all = 조정안 회신: 전원 수락 아님
said-finding-delivered = 같은 조정안이 전달된 기관: { $to }
said-finding-computed = 산정 방법: { $solver }. 누구나 다시 산정하여 확인 가능
solver-exact = 분수를 그대로 쓰는 정밀 계산
solver-sampled = 섀플리값 표본 추정(참여 순서 { $pairs }쌍)
solver-program = 산정 프로그램 { $name }
said-finding-answered = 분담 검토 결과, 누구나 다시 산정하여 확인 가능
service-registry = 기관 등록부
service-negotiation = 협의
service-allocation = 분담안
service-authority = 권한·역할
service-approvals = 행정절차
service-signing = 체결
service-mediation = 조정
service-notifications = 기한 관리
service-ledger = 처리이력 대장
service-gateway = 접속 창구
