# 거부와 실패: 무엇이 맞지 않는지, 다음에 무엇을 하면 되는지. 코드마다 메시지 하나(`.`은 `-`로), 매개변수가 변수입니다.

## 권한

access-no_appointment = { $government } 기관에서 필요한 역할({ $needed })을 맡고 있지 않습니다.
    .next = 관리자에게 담당자 지정을 요청하거나, 해당 역할을 맡은 담당자에게 처리를 요청하십시오.
access-service_only = 담당자가 직접 처리하는 사항이 아닙니다. 때가 되면 플랫폼이 등재합니다.
    .next = 따로 처리하실 일은 없습니다.
access-not_this_service = 플랫폼의 이 구성요소에는 해당 권한이 없습니다.
    .next = 설정 오류이므로 플랫폼 운영자에게 알리십시오.
access-no_such_case = 참여 중인 협력사업 가운데 해당 사업이 없습니다.
    .next = 주소를 확인하십시오. 참여가 필요하면 협력사업을 개시한 기관에 초청을 요청하십시오.
access-not_a_party = { $government } 기관은 이 협력사업의 참여 지자체가 아닙니다.
    .next = 참여 지자체만 처리할 수 있습니다. 참여가 필요하면 협력사업을 개시한 기관에 초청을 요청하십시오.
access-not_yours = { $owner } 기관만 볼 수 있는 내용입니다.
    .next = 공개할 수 있는 내용이 있는지 { $owner } 기관에 문의하십시오.
access-wrong_target = 이 주소로 처리할 수 있는 요청이 아닙니다.
    .next = 해당하는 협력사업, 기관 또는 담당자의 주소로 보내십시오.

## 달력

calendar-production_ledger = 운영 대장은 실제 날짜로만 운영됩니다.
    .next = 날짜 설정은 시연용 대장에서만 하십시오.
calendar-backward = 달력은 앞으로만 움직이며, 현재 시각은 { $now }입니다.
    .next = 더 뒤의 시각을 선택하십시오.
calendar-too_far = 달력은 { $latest }까지만 설정할 수 있습니다.
    .next = 더 앞의 시각을 선택하십시오.

## 등록부

registry-already_registered = { $government } 기관은 이미 등록되어 있습니다.
    .next = 등록부에서 확인하거나, 다른 기관이라면 다른 이름을 사용하십시오.
registry-unknown_government = { $government } 기관은 등록부에 없습니다.
    .next = 이름을 확인하거나 관리자에게 등록을 요청하십시오.
registry-unknown_zone = ‘{ $zone }’ 시간대를 찾을 수 없습니다.
    .next = Asia/Seoul과 같은 IANA 시간대 이름을 사용하십시오.
registry-empty = ‘{ $field }’ 입력란이 비어 있습니다.
    .next = 내용을 입력하십시오.
registry-year_taken = { $year }년 인구는 이미 등재되어 있습니다.
    .next = 다른 연도의 인구를 등재하십시오. 등재된 값은 그대로 남습니다.
registry-ground_mismatch = 권한 행사의 근거와 원래 직위자의 기재가 서로 맞지 않습니다.
    .next = 전결·대결·직무대리·권한대행이면 원래 직위자를 기재하고, 본인의 직위이면 기재하지 마십시오.
registry-not_a_holder = { $official } 담당자는 다른 사람이 대신할 수 있는 { $government } 기관의 직위를 맡은 적이 없습니다.
    .next = 실제 직위자를 기재하거나, 그 직위의 지정을 먼저 등재하십시오.
registry-not_an_office = { $government } 기관은 사무기구가 아니므로 관리자를 둘 수 없습니다.
    .next = 등록부를 관리하는 사무기구에 관리자를 지정하십시오.
registry-already_appointed = 해당 기간의 일부에 같은 기관에서 같은 역할을 이미 맡고 있습니다.
    .next = 현재 지정이 끝난 뒤의 기간을 선택하거나, 현재 지정을 먼저 종료하십시오.
registry-ends_before_it_begins = 마지막 날이 첫날보다 앞서거나 이미 지났습니다.
    .next = 첫날 이후이면서 오늘 또는 그 이후인 날을 선택하십시오.
registry-in_the_future = ‘{ $field }’ 시점이 아직 오지 않았습니다.
    .next = 이미 지난 시점을 입력하십시오.
registry-no_such_appointment = 해당하는 담당자 지정이 유효하지 않거나 없습니다.
    .next = 담당자, 기관, 역할을 확인하십시오.
registry-key_taken = ‘{ $key }’ 서명키가 이미 등록되어 있습니다.
    .next = 새 서명키에 다른 이름을 붙이십시오.
registry-bad_key = P-256 곡선의 공개키가 아닙니다.
    .next = 명령줄 도구로 키 쌍을 만들고 공개키를 등록하십시오.
registry-no_such_key = 유효한 ‘{ $key }’ 서명키가 없습니다.
    .next = 서명키의 이름을 확인하십시오. 폐기한 키는 다시 쓸 수 없으므로 새 키를 등록하십시오.
registry-not_the_owner = 다른 담당자의 서명키입니다.
    .next = 본인만 처리할 수 있습니다. 폐기는 관리자도 할 수 있습니다.
registry-mandate_taken = 같은 번호의 협상 방침({ $mandate })이 이미 있습니다.
    .next = 새 협상 방침에는 새 번호를 사용하십시오.
registry-not_the_head = 협상 방침은 단체장만 부여합니다.
    .next = 단체장의 부여를 받거나, 다시 부여할 수 있는 본인의 협상 방침을 근거로 삼으십시오.
registry-may_not_delegate = 협상 방침({ $parent })을 다시 부여할 수 없습니다.
    .next = 다시 부여할 수 있는 협상 방침을 받거나, 단체장이 직접 부여하도록 요청하십시오.
registry-wider_than_parent = 근거가 되는 협상 방침({ $parent })보다 범위가 넓습니다.
    .next = 범위, 한도, 마지막 날을 근거 방침 안에서 정하십시오.
registry-bounds_crossed = ‘{ $term }’ 조건의 하한이 상한보다 큽니다.
    .next = 하한과 상한을 바로잡으십시오.
registry-no_such_mandate = 유효한 협상 방침({ $mandate })이 없습니다.
    .next = 번호를 확인하십시오. 철회한 방침은 효력이 없습니다.

## 협의

negotiation-already_open = 이미 개시된 협력사업입니다.
    .next = 해당 협력사업에서 계속하거나, 새 번호로 다른 협력사업을 개시하십시오.
negotiation-unknown_procedure = ‘{ $procedure }’ 방식은 협력방식 목록에 없습니다.
    .next = 목록에 있는 협력방식을 선택하십시오.
negotiation-not_a_form = ‘{ $procedure }’ 절차는 협력사업의 협력방식으로 쓸 수 없습니다.
    .next = 시행 중인 협력방식을 선택하십시오. 분쟁 절차는 협력방식이 아닙니다.
negotiation-not_the_coordinator = 협력사업을 개시한 { $coordinator } 기관만 할 수 있습니다.
    .next = { $coordinator } 기관에 요청하십시오.
negotiation-unknown_government = { $government } 기관은 등록부에 없습니다.
    .next = 이름을 확인하거나 관리자에게 등록을 요청하십시오.
negotiation-already_invited = { $government } 기관은 이미 초청되었거나 참여하고 있습니다.
    .next = 따로 처리하실 일은 없습니다.
negotiation-not_invited = { $government } 기관에 대한 유효한 초청이 없습니다.
    .next = 협력사업을 개시한 기관에 초청을 요청하십시오.
negotiation-text_is_frozen = 협약(안)이 확정되었습니다.
    .next = 의회가 수정가결하거나 참여 지자체가 참여를 철회한 경우에만 다시 협의할 수 있습니다.
negotiation-already_signed = 협약이 이미 체결되었습니다.
    .next = 이후에는 협약에서 정한 탈퇴 절차에 따라야 합니다.
negotiation-name_taken = ‘{ $name }’ 이름은 이 협력사업에서 이미 쓰이고 있습니다.
    .next = 다른 이름을 사용하십시오.
negotiation-empty = ‘{ $field }’ 입력란이 비어 있습니다.
    .next = 내용을 입력하십시오.
negotiation-unchanged = ‘{ $name }’ 내용은 이미 그대로 등재되어 있습니다.
    .next = 다른 내용을 입력하려던 것이 아니라면 처리하실 일은 없습니다.
negotiation-not_comparable = 제시하신 값의 종류나 단위가 ‘{ $fact }’ 기초자료와 다릅니다.
    .next = 같은 단위나 통화로 입력하십시오.
negotiation-unknown_fact = 이 협력사업에 ‘{ $fact }’ 기초자료가 없습니다.
    .next = 이름을 확인하거나 기초자료를 먼저 등재하십시오.
negotiation-not_to_be_asked = { $government } 기관에는 자료를 요청할 수 없습니다.
    .next = 이 협력사업에 참여하는 다른 지자체를 선택해 주십시오.
negotiation-undisclosed = 다른 참여 지자체에 보내는 글이 우리 기관만 볼 수 있게 되어 있습니다({ $field }).
    .next = 공개 범위를 참여 지자체 이상으로 바꾸어 주십시오.
negotiation-unknown_request = 이 협력사업에 제{ $request }호 자료 요청이 없습니다.
    .next = 요청 번호를 확인해 주십시오.
negotiation-not_put_to_you = 제{ $request }호 자료 요청은 { $to } 기관에 보낸 것입니다.
    .next = 요청받은 기관만 회신할 수 있습니다.
negotiation-already_answered = 제{ $request }호 자료 요청에는 이미 회신하였습니다.
    .next = 더 알릴 것이 있으면 수치를 등재하거나 새 자료 요청으로 이어 가십시오.
negotiation-not_to_be_sounded = { $government } 기관에는 비공식 타진을 보낼 수 없습니다.
    .next = 이 협력사업에 참여하는 다른 지자체를 선택해 주십시오.
negotiation-unknown_sounding = 두 기관 사이에 비공식 타진 { $sounding }이(가) 없습니다.
    .next = 번호와 상대 기관을 확인해 주십시오.
negotiation-sounding_answered = 비공식 타진 { $sounding }에는 이미 회신하였습니다.
    .next = 더 전할 것이 있으면 상대 기관에 직접 타진하거나 제안을 제출해 주십시오.
negotiation-sounding_withdrawn = 비공식 타진 { $sounding }은(는) 철회되었습니다.
    .next = 더 할 일은 없습니다. 철회된 타진은 효력이 없습니다.
negotiation-unknown_term = 이 협력사업에 ‘{ $term }’ 협의 조건이 없습니다.
    .next = 이름을 확인하거나 협의 조건을 먼저 정하십시오.
negotiation-unknown_clause = 이 협력사업에 ‘{ $clause }’ 조항이 없습니다.
    .next = 이름을 확인하거나 조항을 먼저 추가하십시오.
negotiation-unknown_dispute = 이 협력사업에 쟁점 { $dispute }이(가) 없습니다.
    .next = 쟁점 목록에서 선택하거나, 기타 안건으로 적으십시오.
negotiation-listed_twice = 안건에 같은 항목({ $item })이 두 번 들어 있습니다.
    .next = 하나를 빼고 다시 정하십시오.
negotiation-round_over = 제{ $round }차 협의는 지났습니다. 현재 안건은 제{ $last }차 협의의 것입니다.
    .next = 제{ $last }차 안건을 다시 정하거나 그 뒤 차수의 안건을 정하십시오.
negotiation-meeting_past = { $on }은(는) 이미 지난 날입니다.
    .next = 오늘 또는 그 뒤의 날을 적거나, 회의 없이 안건만 정하십시오.
negotiation-unknown_wording = ‘{ $clause }’ 조항에 해당 문안이 없거나 더 이상 남아 있지 않습니다.
    .next = 현재 문안을 확인하고 그중 하나를 지지하거나 새 문안을 제안하십시오.
negotiation-unknown_content = 선택한 절차에 ‘{ $content }’ 기재사항이 없습니다.
    .next = 절차에서 정한 기재사항 가운데 선택하거나 비워 두십시오.
negotiation-wrong_kind = 입력하신 값이 ‘{ $term }’ 조건의 종류와 맞지 않습니다.
    .next = 조건에 맞는 종류, 단위, 통화로 입력하십시오.
negotiation-label_without_value = ‘{ $term }’ 조건에 통칭만 있고 값이 없습니다.
    .next = 값을 함께 입력하거나 통칭을 빼십시오.
negotiation-term_in_dispute = ‘{ $term }’ 조건은 제{ $dispute }호 쟁점에 걸려 있어 조정 합의로만 바꿀 수 있습니다.
    .next = 이 조건을 빼거나 쟁점을 먼저 해결하십시오.
negotiation-unknown_allocation = 해당 분담안 산정 결과가 제출되어 있지 않습니다.
    .next = 분담안 산정에서 결과를 먼저 제출하십시오.
negotiation-bad_deadline = 기한이 이미 지났거나 시간대를 알 수 없습니다.
    .next = Asia/Seoul과 같은 시간대로, 앞으로 올 날짜를 정하십시오.
negotiation-no_answer_date = 회람안에는 회신기한이 필요합니다.
    .next = 회신기한을 정하십시오.
negotiation-bad_addressee = { $government } 기관에는 제안을 보낼 수 없습니다.
    .next = 우리 기관이 아닌 다른 참여 지자체를 선택하십시오.
negotiation-not_to_all = 회람안은 모든 참여 지자체에 보내야 합니다. 빠진 기관: { $missing }.
    .next = 모든 참여 지자체를 수신자로 지정하십시오.
negotiation-unknown_offer = 이 협력사업에 제{ $offer }호 제안이 없습니다.
    .next = 제안 번호를 확인하십시오.
negotiation-offer_closed = 제{ $offer }호 제안에는 더 이상 회신할 수 없습니다({ $state ->
        [open] 회신기한이 지났습니다
        [agreed] 합의되었습니다
        [countered] 수정제안으로 대체되었습니다
        [sent_back] 반려되었습니다
        [withdrawn] 철회되었습니다
        [improved] 개선된 제안으로 대체되었습니다
        [lapsed] 회신기한이 지났습니다
       *[other] { $state }
    }).
    .next = 현재 유효한 제안에 회신하거나 새로 제안하십시오.
negotiation-not_your_turn = 지금은 { $turn } 기관이 회신할 차례입니다.
    .next = 회신을 기다리십시오. 우리 기관의 제안은 언제든지 개선할 수 있습니다.
negotiation-not_asked = 제{ $offer }호 제안은 우리 기관의 회신을 기다리고 있지 않습니다.
    .next = 이미 회신했거나 다른 기관에 보낸 제안입니다. ‘처리할 일’에서 회신할 제안을 확인하십시오.
negotiation-own_offer = 제{ $offer }호는 우리 기관의 제안입니다.
    .next = 개선하거나 철회할 수 있으며, 회신은 상대 기관이 합니다.
negotiation-not_your_offer = 제{ $offer }호는 우리 기관의 제안이 아닙니다.
    .next = 수락하거나 반려하거나 수정제안을 하십시오.
negotiation-nothing_changed = 제{ $offer }호 제안과 내용이 같습니다.
    .next = 내용을 바꾸거나 제안을 그대로 수락하십시오.
negotiation-not_yet_lapsed = 제{ $offer }호 제안의 회신기한이 아직 지나지 않았습니다.
    .next = 따로 처리하실 일은 없습니다. 기한이 지나면 플랫폼이 등재합니다.
negotiation-no_mandate = 이 협력사업에 대한 협상 방침({ $mandate })이 없습니다.
    .next = 이 협력사업에 부여된 협상 방침을 사용하거나 단체장에게 요청하십시오. 이 안내는 본인에게만 표시됩니다.
negotiation-mandate_expired = 협상 방침이 { $until }에 만료되었습니다.
    .next = 먼저 단체장의 새 방침을 받으십시오. 이 안내는 본인에게만 표시됩니다.
negotiation-outside_mandate = 협상 방침의 범위에 포함되지 않은 조건입니다: { $terms }.
    .next = 해당 조건을 빼거나 먼저 단체장의 방침을 받으십시오. 이 안내는 본인에게만 표시됩니다.
negotiation-above_mandate = 협상 방침의 한도를 넘는 조건입니다: { $terms }.
    .next = 먼저 단체장의 방침을 받거나 한도 안에서 정하십시오. 이 안내는 본인에게만 표시됩니다.
negotiation-broken_chain = 근거가 되는 협상 방침({ $link })이 더 이상 유효하지 않습니다.
    .next = 단체장에게 협상 방침을 요청하십시오. 이 안내는 본인에게만 표시됩니다.
negotiation-not_the_text = 현재의 협약(안)과 다른 문안입니다.
    .next = 협약(안)을 다시 확인한 뒤 현재 문안으로 실무 문안 확인을 하십시오.
negotiation-no_declaration = 별도 합의가 없다는 확인이 빠져 있습니다.
    .next = 사실과 같다면 별도 합의가 없음을 확인하십시오.
negotiation-already_initialled = 우리 기관은 이미 실무 문안 확인을 마쳤습니다.
    .next = 다른 참여 지자체의 확인을 기다리십시오.
negotiation-too_few_parties = 이 절차에는 참여 지자체가 { $needed }곳 이상 필요하며, 현재 { $present }곳입니다.
    .next = 초청한 기관의 회신을 기다리거나 추가 초청을 요청하십시오.
negotiation-clauses_open = 아직 합의되지 않은 조항이 있습니다: { $clauses }.
    .next = 조항마다 모두가 지지하는 하나의 문안을 정하십시오.
negotiation-terms_open = 아직 값이 합의되지 않은 협의 조건이 있습니다: { $terms }.
    .next = 제안을 통하여 값을 합의하십시오.
negotiation-contents_missing = 절차에서 정한 필수 기재사항이 빠져 있습니다: { $contents }.
    .next = 기재사항마다 조항을 추가하십시오.
negotiation-authority_open = 권한·역할 분담표에 해결되지 않은 미비점이 있습니다: { $findings }.
    .next = 분담표를 바로잡거나, 그대로 두어도 되는 사유를 모든 참여 지자체가 등재하십시오.
negotiation-dispute_open = 제{ $dispute }호 쟁점이 해결되지 않았습니다.
    .next = 조정 합의로 해결하거나 쟁점을 먼저 철회하도록 하십시오.
negotiation-allocation_outdated = 합의된 분담안에 현재 참여하지 않는 기관이 포함되어 있습니다: { $members }.
    .next = 현재 참여 지자체로 다시 산정하여 제출하고, 제안을 통하여 합의하십시오.
negotiation-not_frozen = 협약(안)이 확정되어 있지 않습니다.
    .next = 이미 협의할 수 있는 상태입니다.
negotiation-not_in_force = 협약이 아직 효력을 발생하지 않았습니다.
    .next = 협약은 효력 발생일부터 공개할 수 있습니다.
negotiation-other_agreement = 효력이 발생한 협약이 아닙니다.
    .next = 화면을 다시 열어 현재 협약을 확인하십시오.
negotiation-already_public = 이미 공개된 내용은 비공개로 되돌릴 수 없습니다.
    .next = 공개 범위를 넓히는 것만 가능합니다.
negotiation-same_publication = 귀 기관은 이미 같은 범위로 공개에 동의했습니다.
    .next = 다른 참여 지자체의 동의를 기다리거나 공개 범위를 다시 선택하십시오.
negotiation-not_amended = { $government } 기관의 의회가 이 협약(안)을 수정가결한 기록이 없습니다.
    .next = 의회 의결 결과를 행정절차에 먼저 등재하십시오.
negotiation-no_settlement = 제{ $dispute }호 쟁점에 반영할 조정 합의가 없습니다.
    .next = 따로 처리하실 일은 없습니다. 조정 합의는 플랫폼이 반영합니다.

## 분담안 산정

allocation-run_taken = ‘{ $run }’ 이름의 산정이 이미 있습니다.
    .next = 새 산정에 다른 이름을 붙이십시오.
allocation-no_such_work = ‘{ $run }’라는 이름으로 산정 중인 것이 없습니다.
    .next = 이미 끝났을 수 있습니다. 기관 내부 산정 결과를 확인하십시오.
allocation-unknown_run = 이 결과를 가진 산정안이 없습니다: { $of }
    .next = 자기 기관의 산정안이나 제출된 산정안의 해시값을 적으십시오. 검토 결과를 제출하려면 그 산정안이 먼저 제출되어 있어야 합니다.
allocation-too_much_asked = 이미 { $limit }건을 산정하고 있습니다.
    .next = 한 건이 끝날 때까지 기다리거나 취소하십시오.
allocation-members_out_of_range = 조합을 모두 살펴볼 수 있는 기관 수는 1개 이상 { $most }개 이하입니다.
    .next = 이 범위의 수를 적거나 비워 두십시오.
allocation-compute_first = 바로 산정하기에는 시간이 오래 걸립니다.
    .next = 먼저 내부에서 산정하여 결과가 나온 뒤 제출하십시오.
allocation-position_not_taken = 산정 모형에 적힌 { $by }의 입장이 { $by }이(가) 밝힌 것과 다릅니다.
    .next = 다른 기관의 입장은 빼거나 기록된 대로 적으십시오.
allocation-figure_not_tabled = 제출된 산정안에 이 수치가 없거나, 제시한 수치가 0보다 작습니다.
    .next = 제출된 산정안에 있는 수치에 대하여 입장을 밝히십시오.
allocation-table_elsewhere = ‘{ $component }’ 비목의 조합별 비용이 담긴 문서를 여기에서 찾을 수 없습니다.
    .next = 표를 자기 기관용 또는 이 협력사업용으로 올린 뒤 협력사업 안에서 산정하십시오. 오프라인에서는 비용을 모형에 직접 적으십시오.
allocation-bad_table = ‘{ $component }’ 비목의 문서가 이 시스템에서 만든 조합별 비용 표가 아닙니다.
    .next = 표(CSV 또는 XLSX)를 가져오기로 읽은 뒤 만들어진 문서를 쓰십시오.
allocation-work_broke = 산정이 중단되었습니다. 쓸 수 있는 메모리는 { $memory_mib } MiB입니다.
    .next = 기관 수를 줄이거나 다른 산정 방식을 써 보십시오. 운영자가 메모리 한도를 늘릴 수 있습니다.
allocation-work_too_long = 산정이 { $minutes }분을 넘었습니다.
    .next = 기관이나 다투는 수치를 줄여 보십시오. 운영자가 시간 한도를 늘릴 수 있습니다.
allocation-result_too_long = 결과가 너무 길어 기록할 수 없습니다.
    .next = 세부시설이나 기관을 나누어 산정하십시오.
allocation-text_is_frozen = 협약(안)이 확정되었습니다.
    .next = 다시 협의하게 될 때까지 제출할 수 없습니다. 내부 산정은 계속할 수 있습니다.
allocation-empty = ‘{ $field }’ 입력란이 비어 있습니다.
    .next = 내용을 입력하십시오.
allocation-no_components = 산정 모형에 세부시설·비목이 없습니다.
    .next = 사업비, 부담 기관, 산정 방식을 갖춘 세부시설·비목을 하나 이상 추가하십시오.
allocation-unknown_component = 산정 모형에 ‘{ $component }’ 비목이 없습니다.
    .next = 모형에 있는 비목을 선택하십시오.
allocation-no_members = ‘{ $component }’ 비목에 부담 기관이 없습니다.
    .next = 비용을 부담할 기관을 지정하십시오.
allocation-member_twice = ‘{ $component }’ 비목에 { $member } 기관이 두 번 들어 있습니다.
    .next = 한 번만 넣으십시오.
allocation-not_a_party = ‘{ $component }’ 비목을 부담할 { $member } 기관은 이 협력사업의 참여 지자체가 아닙니다.
    .next = 해당 기관을 빼거나 먼저 초청하도록 하십시오.
allocation-other_currency = ‘{ $component }’ 비목에 { $currency } 이외의 통화가 있습니다.
    .next = 모형의 모든 금액을 { $currency } 통화로 입력하십시오.
allocation-bad_cost = ‘{ $component }’ 비목의 금액이 0보다 작거나, 통화의 최소 단위보다 세밀하거나, 너무 큽니다.
    .next = 금액을 바로잡으십시오.
allocation-grants_exceed_cost = ‘{ $component }’ 비목의 보조금이 사업비보다 많습니다.
    .next = 보조금을 줄이거나 사업비를 바로잡으십시오.
allocation-unknown_driver = ‘{ $component }’ 비목의 분담 기준 ‘{ $driver }’ 항목이 모형에 없습니다.
    .next = 분담 기준과 그 수치를 추가하거나 다른 기준을 선택하십시오.
allocation-driver_gap = 분담 기준 ‘{ $driver }’ 항목에 { $member } 기관의 수치(0 이상)가 없습니다.
    .next = 수치를 입력하십시오.
allocation-driver_zero = 분담 기준 ‘{ $driver }’ 수치가 ‘{ $component }’ 비목의 모든 기관에서 0입니다.
    .next = 다른 분담 기준을 선택하거나 균등하게 나누십시오.
allocation-mix_not_whole = ‘{ $component }’ 비목의 혼합 비율 합계가 100%가 아니라 { $percent }%이거나, 0보다 작은 비율이 있습니다.
    .next = 비율을 모두 0 이상으로 하고 합계가 100%가 되게 하십시오.
allocation-fixed_mismatch = ‘{ $component }’ 비목의 확정 금액은 부담 기관의 것이어야 하고 합계가 { $shared }이어야 합니다.
    .next = 금액을 바로잡으십시오.
allocation-coalitions_missing = ‘{ $component }’ 비목에 일부 기관 조합의 사업비가 없습니다: { $missing }.
    .next = 각 조합이 따로 추진할 때의 사업비를 입력하십시오.
allocation-bad_coalition = ‘{ $coalition }’ 표기는 ‘{ $component }’ 비목의 부담 기관 조합이 아닙니다.
    .next = 부담 기관을 이름순으로 +로 이어 쓰십시오.
allocation-grand_coalition_differs = ‘{ $component }’ 비목의 전체 기관 조합 사업비는 나눌 금액({ $shared })과 같아야 합니다.
    .next = 전체 조합의 사업비 또는 비목의 사업비를 바로잡으십시오.
allocation-too_many_members = ‘{ $component }’ 비목의 부담 기관이 { $members }곳입니다. 이 방식은 여기에서 { $limit }곳까지 산정할 수 있습니다.
    .next = 비목을 나누거나 분담 기준에 따른 방식을 선택하십시오. 기관이 25~64곳이면 샤플리 값을 오차와 함께 추정할 수 있습니다.
allocation-no_exchange_rate = ‘{ $component }’ 비목의 통화는 { $currency }인데, 모형에 이 통화의 환율(0 초과)이 없습니다.
    .next = 기준일과 출처를 밝혀 환율을 입력하거나, 비목을 모형의 통화로 적으십시오.
allocation-not_a_member = ‘{ $component }’ 비목에 적힌 { $who } 기관은 이 비목의 부담 기관이 아닙니다.
    .next = 부담 기관에 추가하거나 해당 항목을 삭제하십시오.
allocation-pays_itself = ‘{ $component }’ 비목에서 { $who } 기관이 자기 자신에게 지급하게 되어 있습니다.
    .next = 주는 쪽과 받는 쪽을 다른 기관으로 적으십시오.
allocation-in_kind_exceeds_shared = ‘{ $component }’ 비목의 현물 부담 가액이 나눌 금액({ $shared })보다 많습니다.
    .next = 현물 가액을 사업비에 포함하거나 가액을 낮추십시오.
allocation-instalments_not_whole = ‘{ $component }’ 비목의 연도별 납부 비율 합계가 100%가 아니라 { $percent }%이거나, 0보다 작은 비율이 있습니다.
    .next = 각 비율을 0 이상으로, 합계를 100%로 맞추십시오.
allocation-limits_cannot_be_met = ‘{ $component }’ 비목에서 상한·하한을 지키면서 합계가 { $shared }인 분담액을 구할 수 없습니다.
    .next = 상한을 올리거나 하한을 낮추십시오.
allocation-bad_exponent = ‘{ $component }’ 비목의 비용곡선 지수는 0보다 크고 2 이하여야 합니다.
    .next = 1보다 작으면 규모가 클수록 단위당 비용이 낮아집니다. 흔히 0.6~0.9를 씁니다.
allocation-bad_stand = { $by } 기관이 모형에 없는 수치에 의견을 냈거나, 한 수치에 두 가지 의견을 냈습니다.
    .next = 수치의 이름을 확인하고 수치마다 의견을 하나만 남기십시오.
allocation-no_solution = ‘{ $component }’ 비목은 이 방식으로 해를 구할 수 없습니다. { $why }
    .next = 기관 조합별 사업비를 확인하거나 다른 방식을 선택하십시오.
allocation-computation_mismatch = 산정 결과가 산정 모형과 맞지 않습니다.
    .next = 다시 시도하고, 반복되면 플랫폼 운영자에게 알리십시오.

## 권한·역할 분담표

authority-empty = ‘{ $field }’ 입력란이 비어 있습니다.
    .next = 내용을 입력하십시오.
authority-nothing_changed = ‘{ $function }’ 기능은 이미 그대로 등재되어 있습니다.
    .next = 다른 내용을 입력하려던 것이 아니라면 처리하실 일은 없습니다.
authority-unknown_function = 분담표에 ‘{ $function }’ 기능이 없습니다.
    .next = 이름을 확인하거나 기능을 먼저 입력하십시오.
authority-no_such_finding = 분담표에 해당 미비점이 없거나 이미 해소되었습니다.
    .next = 현재 남아 있는 미비점을 확인하십시오.
authority-already_allowed = 우리 기관은 그대로 두어도 되는 사유를 이미 등재하였습니다.
    .next = 다른 참여 지자체의 처리를 기다리십시오.
authority-power_twice = ‘{ $function }’ 기능에 { $holder } 기관의 같은 권한이 두 번 들어 있습니다.
    .next = 한 번만 입력하십시오.
authority-text_is_frozen = 협약(안)과 함께 권한·역할 분담표도 확정되었습니다.
    .next = 의회가 수정가결하거나 참여 지자체가 참여를 철회한 경우에만 다시 바꿀 수 있습니다.
authority-nothing_to_recheck = 남아 있는 미비점은 이미 등재된 내용과 같습니다.
    .next = 따로 처리하실 일은 없습니다.

## 행정절차

approvals-unknown_step = 선택한 절차에 우리 기관의 ‘{ $step }’ 단계가 없습니다.
    .next = 이름을 확인하고, 기관별 단계인지 공동 단계인지 확인하십시오.
approvals-not_your_step = ‘{ $step }’ 단계는 우리 기관이 등재하는 단계가 아닙니다.
    .next = 해당 단계를 맡은 기관이 처리하도록 하십시오.
approvals-wrong_kind = ‘{ $step }’ 단계는 다른 종류의 행위({ $kind ->
        [propose] 제안
        [consult] 협의
        [draft] 협약(안) 작성
        [council_resolution] 의회 의결
        [higher_approval] 상급기관 승인
        [sign] 서명
        [publish] 고시
        [report] 보고
        [register] 등록
       *[other] { $kind }
    })입니다.
    .next = 실제로 한 행위를 그 종류대로 등재하십시오.
approvals-too_early = ‘{ $step }’ 단계보다 먼저 마쳐야 할 단계가 있습니다: { $missing }.
    .next = 앞선 단계를 먼저 등재하십시오.
approvals-already_done = ‘{ $step }’ 단계는 이미 완료되었습니다.
    .next = 따로 처리하실 일은 없습니다.
approvals-not_applicable = ‘{ $step }’ 단계는 해당하지 않는 것으로 결정되었습니다.
    .next = 해당한다면 그 결정에 따른 처리가 없는 동안 결정을 먼저 바꾸십시오.
approvals-condition_open = ‘{ $step }’ 단계의 해당 여부가 아직 결정되지 않았습니다.
    .next = 사유를 적어 해당 여부를 먼저 결정하십시오.
approvals-already_decided = ‘{ $step }’ 단계의 해당 여부가 결정되었고, 그에 따른 처리가 이미 있습니다.
    .next = 결정을 더 이상 바꿀 수 없습니다.
approvals-not_conditional = ‘{ $step }’ 단계는 항상 거쳐야 하는 단계입니다.
    .next = 단계를 이행하고 등재하십시오.
approvals-not_frozen = ‘{ $step }’ 단계는 확정된 협약(안)에 대한 단계인데, 확정된 협약(안)이 없습니다.
    .next = 모든 참여 지자체의 실무 문안 확인을 기다리십시오.
approvals-other_text = 확정된 협약(안)이 아닌 다른 문안에 대한 것입니다.
    .next = 확인값(digest)을 확인하십시오. 다시 협의하기 전의 행정절차는 새 협약(안)에 효력이 없습니다.
approvals-approver_is_party = { $body } 기관은 참여 지자체이므로 상급기관 승인을 할 수 없습니다.
    .next = 승인한 상급기관을 지정하십시오.
approvals-unknown_body = { $body } 기관은 등록부에 없습니다.
    .next = 이름을 확인하거나 관리자에게 등록을 요청하십시오.
approvals-no_day = 행위일이 없거나 아직 오지 않은 날입니다.
    .next = 실제로 한 날을 오늘까지의 날짜로 입력하십시오.
approvals-empty = ‘{ $field }’ 입력란이 비어 있습니다.
    .next = 내용을 입력하십시오.
approvals-votes_do_not_carry = 찬성 { $yes }표, 반대 { $no }표로는 이러한 의결 결과가 나올 수 없습니다.
    .next = 표결 수와 의결 결과를 확인하십시오.
approvals-arrived_before_written = 공문의 접수일이 시행일보다 앞섭니다.
    .next = 두 날짜를 확인하십시오.
approvals-letter_missing = ‘{ $step }’ 단계에는 공문이 필요합니다.
    .next = 공문 정보를 입력하십시오. 다른 기관이 보낸 공문이면 접수번호와 접수일도 입력하십시오.
approvals-letter_in_future = 공문의 시행일 또는 접수일이 오늘보다 뒤입니다.
    .next = 두 날짜를 확인하십시오.
approvals-no_clock = ‘{ $step }’ 단계에는 진행 중인 처리기한이 없습니다.
    .next = 처리기한이 저절로 시작되거나 이미 지났거나 법령에 정해져 있지 않은 단계입니다.
approvals-not_yet_lapsed = ‘{ $step }’ 단계의 처리기한이 아직 지나지 않았습니다.
    .next = 따로 처리하실 일은 없습니다. 기한이 지나면 플랫폼이 등재합니다.
approvals-sign_in_signing = 서명은 행정절차 단계로 등재하지 않습니다.
    .next = ‘체결’에서 서명키로 서명하거나 서명된 문서를 확인하십시오.
approvals-signing_is_open = 이미 서명할 수 있는 상태입니다.
    .next = 체결권자가 서명할 수 있습니다.
approvals-nothing_to_sign = 이 협력방식에는 서명 절차가 없습니다.
    .next = 나머지 단계를 마치면 효력이 발생합니다.
approvals-signatures_missing = 아직 서명하지 않은 참여 지자체가 있습니다.
    .next = 나머지 서명을 기다리십시오.
approvals-already_noted = 서명 완료가 이미 등재되어 있습니다.
    .next = 따로 처리하실 일은 없습니다.
approvals-unknown_zone = ‘{ $zone }’ 시간대를 찾을 수 없습니다.
    .next = Asia/Seoul과 같은 IANA 시간대 이름을 사용하십시오.

## 체결

signing-not_open = 행정절차가 끝나지 않아 아직 서명할 수 없습니다.
    .next = 행정절차에서 남은 단계와 담당 기관을 확인하십시오.
signing-other_text = 서명할 수 있는 협약(안)이 아닙니다.
    .next = 현재 서명할 수 있는 협약(안) 확정본을 받아 확인한 뒤 서명하십시오.
signing-out_of_order = 다음 서명 차례는 { $next } 기관입니다.
    .next = 차례를 기다리십시오. 차례가 되면 ‘처리할 일’에 표시됩니다.
signing-already_signed = 우리 기관은 이미 서명하였습니다.
    .next = 다른 참여 지자체의 서명을 기다리십시오.
signing-order_stands = 첫 서명 이후에는 서명 순서를 바꿀 수 없습니다.
    .next = 정해진 순서대로 서명하십시오.
signing-bad_order = 서명 순서에는 모든 참여 지자체가 한 번씩 들어가야 합니다.
    .next = 모든 참여 지자체를 한 번씩 넣으십시오.
signing-no_such_key = 본인의 유효한 ‘{ $key }’ 서명키가 없습니다.
    .next = 서명키의 이름과 유효기간을 확인하거나 새 키를 등록하십시오.
signing-bad_signature = 이 서명키와 협약(안)으로 검증되지 않는 서명입니다.
    .next = 해당 협력사업, 기관, 협약(안)에 대하여 이 서명키의 개인키로 다시 서명하십시오.
signing-same_clerk = 다른 참여 지자체의 문서 담당자가 한 번 더 확인하여야 합니다.
    .next = 다른 참여 지자체의 문서 담당자에게 확인을 요청하십시오.
signing-paper_incomplete = 서명 문서에는 모든 참여 지자체의 서명이 한 번씩 있어야 합니다.
    .next = 기관별 서명자를 확인하십시오.
signing-other_paper = 첫 번째 문서 담당자가 확인한 내용과 다릅니다.
    .next = 스캔본, 서명자, 서명일을 원본과 대조하십시오. 오류는 첫 번째 담당자가 바로잡을 수 있습니다.
signing-not_a_signatory = { $official } 담당자는 서명일에 { $government } 기관의 체결권자가 아니었습니다.
    .next = 이름을 확인하십시오. 담당자 지정이 빠졌다면 먼저 등재하도록 하십시오.
signing-no_day = 서명일이 없거나 아직 오지 않은 날입니다.
    .next = 문서에 서명한 날을 오늘까지의 날짜로 입력하십시오.
signing-before_opening = 서명은 { $opened }부터 할 수 있었으므로 그 전에 서명한 문서일 수 없습니다.
    .next = 서명일을 확인하십시오. 행정절차를 마치기 전에 서명한 문서는 다시 서명하여야 합니다.
signing-nothing_in_doubt = 해당 시점 이후 이 서명키로 한 서명 가운데 표시할 것이 없습니다.
    .next = 따로 처리하실 일은 없습니다.

## 조정

mediation-no_terms = 쟁점에는 협의 조건이 하나 이상 있어야 합니다.
    .next = 협의 조건을 지정하십시오.
mediation-unknown_term = 이 협력사업에 ‘{ $term }’ 협의 조건이 없습니다.
    .next = 이름을 확인하거나 협의 조건을 먼저 정하십시오.
mediation-term_in_dispute = ‘{ $term }’ 조건은 이미 제{ $dispute }호 쟁점에 포함되어 있습니다.
    .next = 해당 쟁점에서 해결하거나 이 항목을 빼십시오.
mediation-no_other_party = 쟁점에는 다른 참여 지자체가 하나 이상 있어야 합니다.
    .next = 상대 당사자를 지정하십시오.
mediation-not_a_party = { $government } 기관은 이 협력사업의 참여 지자체가 아닙니다.
    .next = 이 협력사업의 참여 지자체만 지정하십시오.
mediation-no_such_dispute = 진행 중인 제{ $dispute }호 쟁점이 없습니다.
    .next = 번호를 확인하십시오. 이미 해결되었거나 철회되었을 수 있습니다.
mediation-not_in_dispute = 우리 기관은 제{ $dispute }호 쟁점의 당사자가 아닙니다.
    .next = 당사자가 처리하도록 하십시오. 다른 협의 조건으로는 쟁점을 제기할 수 있습니다.
mediation-facilitator_is_party = { $facilitator } 기관은 이 쟁점의 당사자입니다.
    .next = 당사자가 아닌 기관을 조정기관으로 제안하십시오.
mediation-unknown_government = { $government } 기관은 등록부에 없습니다.
    .next = 이름을 확인하거나 관리자에게 등록을 요청하십시오.
mediation-facilitator_is_opponent = { $facilitator } 기관은 제{ $dispute }호 쟁점에서 당사자 중 한 곳의 상대방입니다.
    .next = 어느 당사자와도 쟁점이 없는 기관을 제안하십시오.
mediation-reads_caucus = { $reader } 기관은 { $of } 기관의 비공개 개별협의를 열람하므로, 두 기관이 한 쟁점의 당사자가 될 수 없습니다.
    .next = 두 기관 가운데 하나를 빼십시오.
mediation-already_proposed = { $facilitator } 기관은 이미 조정기관으로 제안되어 있습니다.
    .next = 해당 제안을 수락하십시오.
mediation-facilitator_chosen = 이 쟁점의 조정기관은 이미 { $facilitator } 기관으로 정해졌습니다.
    .next = { $facilitator } 기관과 협의하십시오.
mediation-not_proposed = { $facilitator } 기관은 조정기관으로 제안되어 있지 않습니다.
    .next = 먼저 제안하거나, 이미 제안된 기관 가운데 수락하십시오.
mediation-already_accepted = 우리 기관은 이 조정기관을 이미 수락하였습니다.
    .next = 상대 당사자의 수락을 기다리십시오.
mediation-no_facilitator = 모든 당사자가 수락한 조정기관이 없습니다.
    .next = 조정기관을 먼저 제안하거나 수락하십시오.
mediation-not_the_facilitator = 이 쟁점의 조정기관만 할 수 있습니다.
    .next = 원하는 바를 비공개 개별협의에서 조정기관에 알리십시오.
mediation-not_your_caucus = 다른 당사자의 비공개 개별협의입니다.
    .next = 우리 기관의 비공개 개별협의에 작성하십시오.
mediation-no_such_caucus = { $caucus } 기관은 제{ $dispute }호 쟁점의 당사자가 아니므로 비공개 개별협의가 없습니다.
    .next = 이 쟁점의 당사자를 선택하십시오.
mediation-empty = ‘{ $field }’ 입력란이 비어 있습니다.
    .next = 내용을 입력하십시오.
mediation-terms_left_out = 조정안에 빠진 협의 조건이 있습니다: { $terms }.
    .next = 쟁점이 된 모든 항목과 통칭을 붙인 모든 항목에 값을 입력하십시오.
mediation-wrong_kind = 입력하신 값이 ‘{ $term }’ 조건의 종류와 맞지 않습니다.
    .next = 조건에 맞는 종류, 단위, 통화로 입력하십시오.
mediation-wrong_number = 다음 조정안 번호는 { $next }입니다.
    .next = 이 번호를 사용하십시오.
mediation-not_delivered = 조정안이 아직 전달되지 않은 당사자가 있습니다: { $missing }.
    .next = 같은 조정안을 모든 당사자에게 먼저 전달하십시오.
mediation-no_such_proposal = 진행 중인 제{ $number }호 조정안이 없습니다.
    .next = 번호를 확인하십시오. 이미 종결되었을 수 있습니다.
mediation-proposal_open = 제{ $number }호 조정안에 대한 회신을 기다리고 있습니다.
    .next = 조정안이 종결될 때까지 기다리십시오.
mediation-already_answered = 우리 기관은 이미 회신하였습니다.
    .next = 결과를 기다리십시오.
mediation-too_late = 제{ $number }호 조정안의 회신기한이 지났습니다.
    .next = 비공개 개별협의에서 조정기관에 알리십시오. 새 조정안이 나올 수 있습니다.
mediation-beyond_mandate = 협상 방침의 범위를 벗어난 조정안입니다({ $verdict }).
    .next = 먼저 단체장의 방침을 받거나 수락하지 않는다고 회신하십시오. 이 안내는 본인에게만 표시됩니다.
mediation-answers_missing = 아직 회신하지 않은 당사자가 있고 회신기한이 지나지 않았습니다.
    .next = 따로 처리하실 일은 없습니다. 모두 회신하거나 기한이 지나면 플랫폼이 종결합니다.
mediation-bad_deadline = 기한이 이미 지났거나 시간대를 알 수 없습니다.
    .next = Asia/Seoul과 같은 시간대로, 앞으로 올 날짜를 정하십시오.
mediation-not_your_dispute = 쟁점을 제기한 { $by } 기관만 철회할 수 있습니다.
    .next = { $by } 기관에 요청하거나 조정 합의로 해결하십시오.
mediation-text_is_frozen = 협약(안)이 확정되었습니다.
    .next = 다시 협의하게 되면 쟁점을 제기할 수 있습니다.

## 처리하지 못한 요청

unauthenticated = 로그인하지 않았거나 로그인 정보가 유효하지 않습니다({ $why }).
    .next = 다시 로그인하십시오.
malformed = 요청을 읽을 수 없습니다: { $detail }
    .next = API 계약 문서에 맞게 고쳐 다시 보내십시오.
key_reused = 이 멱등키(Idempotency-Key)는 다른 요청에 이미 사용되었습니다.
    .next = 처리할 때마다 새 키를 사용하십시오. 등재된 내용은 없습니다.
key_missing = 멱등키(Idempotency-Key)가 없습니다.
    .next = 1~255자의 Idempotency-Key 헤더를 처리할 때마다 새로 정하여 보내십시오.
too_large = 길이가 { $bytes }바이트로, 한도 { $limit }바이트를 넘습니다.
    .next = 긴 내용은 문서로 올리고 그 문서를 참조하십시오.
foreign_form = 현재 로그인에서 연 화면의 양식이 아니어서 처리하지 않았습니다.
    .next = 이 창에서 해당 화면을 다시 연 뒤 제출하십시오.
not_found = 볼 수 있는 내용이 없습니다.
    .next = 주소와 로그인한 소속 기관을 확인하십시오.
method_not_allowed = 이 주소에서는 받지 않는 요청 방식입니다.
    .next = 받는 요청 방식은 /api의 API 명세를 확인하십시오.
unsupported_media_type = 이 주소에서는 읽을 수 없는 본문 형식입니다.
    .next = Content-Type: application/json 헤더와 함께 JSON으로 보내십시오.
rate_limited = 요청이 너무 많습니다.
    .next = { $seconds }초 뒤에 다시 시도하십시오.
unavailable = 플랫폼의 일부({ $part })에 지금 연결하거나 기록할 수 없습니다.
    .next = 같은 멱등키로 다시 시도하십시오. 두 번 등재되는 일은 없습니다.
parked = { $stream } 이력이 { $position }번부터 운영자의 확인을 기다리고 있습니다.
    .next = 플랫폼 운영자에게 알리십시오. 다른 협력사업은 계속할 수 있습니다.

## 분담안에 대한 질의

allocation-unknown_grant = ‘{ $component }’ 비목에 { $from } 보조금이 없습니다.
    .next = 보조금을 주는 기관을 모형에 적힌 대로 입력하십시오.
allocation-unknown_figure = 산정 모형에 없는 수치입니다: { $figure }.
    .next = 이름을 확인하거나 먼저 모형에 수치를 추가하십시오.
allocation-already_a_member = { $who } 기관은 이미 ‘{ $component }’ 비목의 부담 기관입니다.
    .next = 해당 비목을 빼십시오.
allocation-last_member = { $who } 기관은 ‘{ $component }’ 비목의 마지막 부담 기관이므로, 빠지면 부담할 기관이 없습니다.
    .next = 먼저 다른 기관을 참여시키거나, 탈퇴할 비목을 지정하십시오.
allocation-member_of_none = { $who } 기관은 어느 비목의 부담 기관도 아닙니다.
    .next = 기관명을 확인하십시오.
allocation-unfit_costs = { $who } 기관이 제시한 ‘{ $component }’ 비목의 사업비가 비목의 형식과 다르거나 다른 기관에 관한 것입니다.
    .next = 비목과 같은 형식으로, { $who } 기관이 들어 있는 조합이나 구간의 사업비만 입력하십시오.
allocation-bad_amount = ‘{ $field }’ 금액은 { $currency } 통화로 0 이상이어야 하며, 최소 단위보다 세밀하거나 너무 클 수 없습니다.
    .next = 금액을 바로잡으십시오.
allocation-bad_percentage = ‘{ $field }’ 비율이 0~100% 범위를 벗어났습니다.
    .next = 비율을 바로잡으십시오.
allocation-bad_period = 기간이 끝나는 날({ $on })이 시작하는 날({ $since })보다 앞섭니다.
    .next = 두 날짜를 확인하십시오.
allocation-years_not_whole = 연도별 납부 비율 합계가 100%가 아니라 { $percent }%이거나, 0보다 작은 비율이 있습니다.
    .next = 각 비율을 0 이상으로, 합계를 100%로 맞추십시오.
allocation-terms_stand = 산정 방식, 부담 기관, 상한·하한은 협약에 따르며, 정산에서는 사업비, 보조금, 수치만 달라질 수 있습니다.
    .next = 다른 변경은 빼십시오. 그 영향은 가정 검토에서 확인할 수 있습니다.

## 파일로 올린 표

table-unknown_format = 읽을 수 없는 파일 형식입니다: { $kind }
    .next = 엑셀(.xlsx, .xls), 오픈도큐먼트(.ods) 또는 CSV 파일을 해당 미디어 유형과 함께 올리십시오.
table-other_format = 파일 형식은 { $told }(으)로 표시되어 있으나 실제로는 { $really }입니다.
    .next = 해당 프로그램에서 파일을 열어 올바른 형식으로 저장한 뒤 다시 올리십시오.
table-encrypted = 암호가 설정된 파일입니다.
    .next = 암호를 해제하고 저장한 뒤 다시 올리십시오.
table-broken = 파일을 { $told }(으)로 읽을 수 없습니다. 손상되었거나 다른 종류의 파일입니다.
    .next = 해당 프로그램에서 파일을 열어 새로 저장한 뒤 다시 올리십시오.
table-too_large = 압축을 풀면 { $megabytes }MB를 넘는 파일입니다.
    .next = 다른 시트와 그림을 빼고 표만 새 파일에 담아 올리십시오.
table-too_many_cells = 파일의 시트가 { $limit }개를 넘는 셀에 걸쳐 있습니다.
    .next = 첫 셀부터 시작하도록 표만 새 파일에 담아 올리십시오.
table-too_many_rows = 표가 { $limit }행을 넘습니다.
    .next = 시트를 맞게 선택하였는지 확인하십시오. 16개 기관의 모든 조합은 65,535행입니다.
table-no_such_sheet = 파일에 ‘{ $sheet }’ 시트가 없습니다. 있는 시트: { $sheets }
    .next = 파일에 있는 시트 이름을 입력하십시오.
table-empty = 표에 내용이 없습니다.
    .next = 시트를 맞게 선택하였는지 확인하십시오. 시트 이름을 정하지 않으면 첫 시트를 읽습니다.
table-too_many_members = 조합별 비용 표는 { $limit }개 기관까지 작성할 수 있습니다.
    .next = 비목을 나누십시오.
table-faulty = 표를 반영하지 않았습니다. { $faults }; 그 밖의 오류 { $more }건
    .next = 표시된 셀을 고쳐 파일을 다시 올리십시오. 등재된 내용은 없습니다.
