skip = 본문으로 건너뛰기
demo = 시연
demo-why = 자체 달력으로 움직이는 시연용 대장입니다. 실제 운영 대장이 될 수 없습니다.
sections = 메뉴
cases = 협력사업
case = 협력사업
phase = 진행 단계
parties = 참여 지자체
last-entry = 최근 이력
timeline = 처리이력
no-entries = 아직 등재된 이력이 없습니다.
as-data = 데이터로 보기
occurred = 행위일
details = 등재된 내용 원문
sealed = 비공개: 해당 기관만 열람
more = 이후 이력
sign-in = 로그인
choose-person = 시연용 화면입니다. 어느 기관의 어떤 역할로 참여할지 선택하십시오. 언제든지 다른 역할로 바꿀 수 있습니다.
platform = 플랫폼
source-unverified = 출처 확인 필요
api-about = 플랫폼의 모든 행위와 조회입니다. 명령은 대상에 POST하고, 조회는 GET으로 합니다. 계약 문서 파일:
api-body = 본문 형식
api-schemas = 스키마
phase-none = 개시 전
phase-open = 협의 중
phase-frozen = 협약(안) 확정
phase-signed = 체결
phase-in_force = 효력 발생

## 화면 틀

sign-out = 로그아웃
language = 언어
theme = 화면
theme-light = 밝게
theme-dark = 어둡게
theme-system = 시스템 설정
breadcrumb = 현재 위치
foot-record = 모든 처리는 이력으로 남으며 참여 기관이 직접 검증할 수 있습니다.
foot-day = 기준일
to-start = 협력사업 목록으로
step-done = 완료
redline-kept = 그대로
redline-gone = [삭제]
redline-added = [추가]
calendar = 시연용 달력
calendar-about = 시연에서는 플랫폼이 자체 달력을 사용하며, 날짜는 앞으로만 옮길 수 있습니다. 관리자가 날짜를 옮기면 기한이 도래하거나 지나갑니다.
calendar-whose = 현재 관리자로 로그인하지 않았습니다. 날짜를 옮기려면 관리자로 로그인하십시오.
calendar-to = 옮길 날짜(오전 9시)
calendar-set = 날짜 옮기기
role-delegate = 협상 담당자
role-approver = 결재 담당자
role-signatory = 체결권자
role-clerk = 문서 담당자
role-mediator = 조정 담당자
role-auditor = 감사 담당자
role-observer = 참관 담당자
role-administrator = 관리자
tier-national = 국가기관
tier-upper = 광역
tier-basic = 기초
tier-joint = 공동기구
tier-office = 사무국

## 시각

time-now = 방금
time-today = 오늘
time-minutes_ago = { $count }분 전
time-hours_ago = { $count }시간 전
time-days_ago = { $count }일 전
time-months_ago = { $count }개월 전
time-years_ago = { $count }년 전
time-in_months = { $count }개월 뒤
time-in_years = { $count }년 뒤
time-in_minutes = { $count }분 뒤
time-in_hours = { $count }시간 뒤
time-in_days = { $count }일 뒤
time-due_today = 오늘까지
time-days_left = { $count }일 남음
time-days_late = { $count }일 지남

## 매개변수의 값: `<매개변수>-<값>`

needed-delegate = 협상 담당
needed-approver = 결재 담당
needed-signatory = 체결권자
needed-clerk = 문서 담당
needed-mediator = 조정 담당
needed-auditor = 감사 담당
needed-observer = 참관 담당
needed-administrator = 관리자
verdict-within = 범위 안
verdict-unknown = 이 협력사업에 대한 협상 방침이 없음
verdict-expired = { $until }에 만료됨
verdict-out_of_scope = 포함되지 않은 조건: { $terms }
verdict-above = 한도를 넘는 조건: { $terms }
verdict-broken_chain = 위임의 근거가 된 방침({ $link })이 유효하지 않음
why-nothing_to_share_by = 남은 편익이 있는 기관이 없는데 분리비용만으로는 사업비가 다 채워지지 않습니다.
why-alone_is_cheaper = 각자 따로 할 때의 비용 합계가 함께 할 때보다 적습니다.
why-gains_of_both_signs = 참여로 다른 기관의 절감액을 늘리는 기관과 줄이는 기관이 섞여 있습니다.
why-not_quasi_balanced = 각 기관이 요구할 수 있는 최소 몫이 기대할 수 있는 최대 몫보다 큽니다.
why-claims_too_small = 나눌 금액이 모든 청구액의 합계보다 많습니다.
why-not_positive = 비용이 0인 기관 조합이 있어 그 비용으로 나눌 수 없습니다.
why-too_nearly_alike = 조합별 비용이 서로 너무 비슷하여 해를 증명할 수 없습니다.
why-too_large = 수치가 너무 큽니다.

## 정산표

sheet-government = 기관
sheet-cost = 사업비
sheet-granted = 보조금
sheet-shared = 나눌 금액
sheet-share = 분담액
sheet-percent = %
sheet-transfer = 추가 부담(수령)
sheet-in_kind = 현물
sheet-own_money = 자체 재원
sheet-total = 합계
sheet-in_all = 총괄
sheet-digest = 산정 결과의 해시값
sheet-solver = 산정 방법
sheet-rule = 산정 방식
sheet-compared = 산정 방식 비교: 기관별 분담액
sheet-in_percent = 분담률(%)
sheet-above_alone = 단독 시행 비용 대비 증(+)감(−)
sheet-leaves = 이탈이 유리한 조합
sheet-least = 이득이 가장 적은 기관
sheet-figure = 수치
sheet-lowest = 최소
sheet-most = 최대
sheet-now = 현재
sheet-matters = 가장 크게 움직이는 수치
sheet-disputed = 다투는 수치
sheet-ranges = 다투는 수치에 따른 기관별 부담 범위
sheet-safe = 어떤 수치가 맞더라도 단독 추진보다 불리한 기관이 없는 방식
sheet-why = 산출 근거

## 산정 방식

rule-equal = 균등
rule-driver = { $driver } 비례
rule-mix = 가중 혼합
rule-fixed = 확정 금액
rule-scrb = 분리비용·잔여편익(SCRB)
rule-alternate_cost_avoided = 대체비용 회피
rule-shapley = 샤플리 값
rule-nucleolus = 뉴클레올러스
rule-per_capita_nucleolus = 기관당 뉴클레올러스
rule-proportional_nucleolus = 비례 뉴클레올러스
rule-gately = 게이틀리 점
rule-tau = 타우 값
rule-talmud = 탈무드 규칙

## 분담안에 대한 질의

figure-driver = { $of } 기관의 { $driver }
figure-cost = { $component } 사업비
figure-coalition = { $component } 비목의 { $coalition } 사업비
study-model = 질의한 산정 모형의 해시값
study-changed = 변경된 산정 모형의 해시값
study-before = 변경 전
study-after = 변경 후
study-by = 증감
study-fair = 이탈이 유리한 조합 없음
study-unfair = 이탈이 유리한 조합: { $coalition } (+{ $above })
study-what_if = 가정 검토: 무엇이 달라지는가
study-search = 가능한 방식(다른 기관의 부담 증가가 작은 순)
study-none = 검토한 방식 가운데 조건을 충족하는 것이 없습니다. 부담이 가장 적은 방식:
study-way = 제{ $number }안
study-as_it_stands = 현행 모형 그대로
study-weights = 첫째 기준의 비율 { $from }~{ $to }%에서 충족
study-rise = 다른 기관의 최대 부담 증가
study-alone = 단독 추진보다 불리한 기관 없음
study-above_alone = 단독 추진보다 불리한 기관 있음
study-tried = { $tried }건 검토, 표시하지 않은 방식 { $more }건
study-unmixed = 혼합을 검토하지 않은 분담 기준
study-settlement = 실제 사업비에 따른 정산
study-due = 부담할 금액
study-in_kind = 현물
study-paid = 납부액
study-owes = 추가 납부액(0 미만이면 환급액)
study-accession = 추가 참여 부담금
study-share = 당초 산식에 따른 분담액
study-interest = 이자({ $days }일)
study-overhead = 인건비·관리비
study-price = 추가 참여 부담금 합계
study-falls = 분담액 감소
study-part = 이자·관리비 배분
study-gets = 수령액
study-exit = 탈퇴 정산
study-contributed = 기여액
study-unpaid = 분담액 중 미납액
study-value_left = 기여액의 잔존가치
study-owed = 사용분 중 미납액
study-cost_of_separation = 분리 비용
study-payout = 수령액(0 미만이면 납부액)
study-rises = 분담액 증가
study-pays = 납부액
study-all = 합계

## 산출 근거: 단계마다 한 문장, 그 안의 목록은 항목마다 한 구절

why-step-cost = 사업비: { $gives }
why-step-grant_fixed = 보조금({ $from }): { $gives }
why-step-grant_rate = 보조금({ $from }): { $cost } × { $percent } %, 단수 버림 = { $gives }
why-step-grant_capped = 보조금({ $from }): { $cost } × { $percent } %가 한도({ $cap }) 이상이므로 한도 적용: { $gives }
why-step-left = 나눌 금액: { $cost } − { $granted } = { $gives }
why-step-equally = 균등: { $shared } × { $percent } % ÷ { $members }개 기관 = { $gives }
why-step-driven = { $driver } 비례({ $year }년): { $shared } × { $percent } % × { $figure } ÷ { $sum } = { $gives }
why-step-fixed = 합의한 금액: { $gives }
why-step-sum = 합계: { $parts } = { $gives }
why-step-separable = 분리비용(이 기관이 참여하여 늘어나는 비용): { $shared } − { $others } = { $gives }
why-step-joint = 공동비용(어느 한 기관 때문에 생기지 않는 비용): { $shared } − 분리비용 합계 { $separable } = { $gives }
why-step-benefit = 잔여편익(단독 추진보다 덜 드는 금액): { $alone } − { $separable } = { $gives }
why-step-no_benefit = 잔여편익: { $alone } − { $separable } 값이 0보다 작으므로 없는 것으로 봄: { $gives }
why-step-benefits = 잔여편익 합계: { $parts } = { $gives }
why-step-of_joint = 공동비용 중 편익 비례 몫: { $joint } × { $benefit } ÷ { $benefits } = { $gives }
why-step-disruption = 탈퇴할 경우 다른 기관의 손실 { $others_lose }, 자기 손실 { $itself_loses }: { $others_lose } ÷ { $itself_loses } = { $gives }(모든 기관이 같음)
why-step-orders = 모든 참여 순서에서 먼저 참여한 기관의 비용에 더해지는 금액({ $orders })의 평균 = { $gives }
why-step-orders-orders = { $order }: { $adds }
why-step-places = 앞서 참여한 기관 수별로 더해지는 평균 금액({ $places })의 평균 = { $gives }
why-step-places-places = 앞선 { $before }개 기관: { $adds }
why-step-half_of_claims = 청구액(단독 추진 사업비) 합계의 절반: ({ $claims }) ÷ 2 = { $gives }, 나눌 금액: { $shared }
why-step-award_level = 나눌 금액이 청구액의 절반 이하이므로 각자 청구액의 절반까지 부담하되 기준액을 넘지 않음. 합계를 나눌 금액({ $shared })에 맞춘 기준액: { $gives }
why-step-loss_level = 나눌 금액이 청구액의 절반을 넘으므로 각자 청구액의 절반까지 덜 부담하되 기준액을 넘지 않음. 합계를 덜 부담할 금액({ $lost })에 맞춘 기준액: { $gives }
why-step-award = 청구액의 절반({ $half }), 기준액({ $level }) 중 적은 금액: { $gives }
why-step-loss = 청구액({ $claim })에서, 그 절반({ $half })과 기준액({ $level }) 중 적은 금액을 뺌: { $gives }
why-step-hope = 기대할 수 있는 최대 절감액: 전체 절감액 { $saved } − 이 기관 없이 절감하는 금액 { $without } = { $gives }
why-step-right = 요구할 수 있는 최소 절감액({ $coalition }): 이 조합의 절감액 { $saved } − 조합 내 다른 기관의 기대액 { $others } = { $gives }
why-step-way = 최소에서 최대까지 모든 기관이 같은 비율로 감: (전체 절감액 { $saved } − 최소 { $least }) ÷ (최대 { $most } − 최소 { $least }) = { $gives }
why-step-between = 단독 { $alone } − 최소 { $least } − { $way } × ({ $most } − { $least }) = { $gives }
why-step-found = 산정 프로그램이 구한 값: { $gives }(확인은 공통 단계 참조)
why-step-estimated = 추정치: 무작위 참여 순서 { $orders }개에서 먼저 참여한 기관의 비용에 더해지는 금액의 평균 = { $gives }
why-step-level = (부담액 − 비용) ÷ 나누는 수 = { $gives }, 이 값이 같은 조합: { $sets }. 함께 더하는 조합: { $with }
why-step-level-sets = { $coalition }: ({ $pays } − { $cost }) ÷ { $by }, 가중치 { $weight }
why-step-level-with = { $coalition }: { $weight }
why-step-proven = 증명됨: 단계마다 가중치 합계가 기관별로 1이므로 어느 조합도 다른 조합의 손해 없이 더 유리해질 수 없고, 이 단계들로 { $members }개 기관의 몫이 하나로 정해지며 이 값과 같음
why-step-too_large = 손으로 확인하지 않음: { $members }개 기관은 한도 { $limit }개를 넘음
why-step-unproven = 증명되지 않음: 조합들의 균형을 이루는 가중치를 찾지 못함
why-step-limited = 상·하한에 걸린 기관({ $limited })의 부담이 모두 { $gives }만큼 달라지고, 그 반대 금액을 { $by }에서 나누어 부담
why-step-at_least = 하한 적용: 산정 방식에 따른 { $before } → { $gives }
why-step-at_most = 상한 적용: 산정 방식에 따른 { $before } → { $gives }
why-step-takes_over = 다른 기관의 상·하한에 따른 비례 조정: { $before } × { $factor } = { $gives }
why-step-takes_equally = 다른 기관의 상·하한에 따른 균등 조정: { $before } + { $each } = { $gives }
why-step-whole = 분담액: { $gives }
why-step-rounded_down = 분담액: { $exact }, 단수 버림 { $down }, 버린 단수 { $rest }(큰 순서 { $place }위), 남은 최소 단위 { $left }개: { $gives }
why-step-rounded_up = 분담액: { $exact }, 단수 버림 { $down }, 버린 단수 { $rest }(큰 순서 { $place }위), 남은 최소 단위 { $left }개 중 하나를 더함: { $gives }
why-step-pays = 추가 부담({ $names }, { $to }에 지급): { $amount } × { $part }, 최대 단수 순 배분 = { $gives }
why-step-gets = 수령({ $names }): { $gives }
why-step-borne = 부담 합계: 분담액 { $share } + 추가 부담(수령) { $on_top } = { $gives }
why-step-in_kind = 현물({ $names }): { $gives }
why-step-own_money = 자체 재원: { $borne } − 현물 { $in_kind } = { $gives }
why-step-instalment = { $year }년 납부액: { $own } × { $percent } %, 최대 단수 순 배분 = { $gives }
why-step-exchanged = 총괄 통화로 환산: { $borne } × { $rate }({ $source }, { $on }), 최대 단수 순 배분 = { $gives }
why-step-total = 총 부담액: { $parts } = { $gives }

## 엑셀 정산표

workbook-settlement = 정산표
workbook-totals = 총괄표
workbook-drivers = 분담 기준
workbook-coalitions = 조합별 비용
workbook-model_digest = 산정 모형의 해시값
workbook-rounding_note = 합의된 금액이 기준입니다. ‘단수 처리 전’ 열은 그 금액이 어떤 산식에서 나왔는지를 보여 주며, 남는 단수는 나머지가 큰 기관부터 1단위씩 배분합니다.
workbook-long_note = 15자리를 넘는 금액이 있습니다. 스프레드시트에서는 끝자리가 손실되므로 문자로 기재하였고, 산식에는 쓰이지 않습니다.
workbook-prices = 기준연도(불변가격):
workbook-grant_from = 보조금 교부 기관
workbook-grant_percent = 보조율(%)
workbook-grant_cap = 한도액
workbook-grant_amount = 보조금
workbook-exact = 단수 처리 전
workbook-rounding = 단수 조정
workbook-part_by = 구분
workbook-part = 분담률
workbook-fixed = 합의 금액
workbook-alone_entered = 입력된 단독 추진 사업비
workbook-alone = 단독 추진 사업비
workbook-without = 나머지 기관의 사업비
workbook-separable = 분리비용
workbook-benefit = 잔여편익
workbook-factor = 비용곡선 계수
workbook-exponent = 비용곡선 지수
workbook-at_least = 하한액
workbook-at_most = 상한액
workbook-brought_by = 제공 기관
workbook-value = 평가액
workbook-paid_by = 부담 기관
workbook-paid_to = 수령 기관
workbook-amount = 금액
workbook-all_others = 그 밖의 모든 기관(분담액 비례)
workbook-due_year = 납부 연도
workbook-sum = 합계
workbook-check = 검산: 합계 일치 여부
workbook-agrees = 일치
workbook-differs = 불일치
workbook-no_formula = 셀 산식으로 나타낼 수 없는 분담액입니다. 적용한 산정 방식:
workbook-limits_note = ‘단수 처리 전’은 상·하한을 적용하지 않은 산정 결과입니다. 상·하한으로 조정된 금액은 나머지 기관이 분담액에 비례하여 부담합니다.
workbook-driver = 분담 기준
workbook-unit = 단위
workbook-year = 연도
workbook-source = 출처
workbook-coalition = 조합
workbook-coalition_cost = 비용
workbook-government = 기관
workbook-currency = 통화
workbook-rate = 환율

## 표의 형식과 오류: `<매개변수>-<값>`

told-workbook = 엑셀 통합 문서(.xlsx)
told-old_workbook = 이전 엑셀 통합 문서(.xls)
told-open_document = 오픈도큐먼트 스프레드시트(.ods)
told-text = 구분자로 나눈 문서(CSV)
really-workbook = 엑셀 통합 문서(.xlsx)
really-old_workbook = 이전 엑셀 통합 문서(.xls)
really-open_document = 오픈도큐먼트 스프레드시트(.ods)
really-text = 구분자로 나눈 문서(CSV)
faults-merged = { $at }: 병합된 셀입니다
faults-not_a_number = { $at }: ‘{ $text }’은(는) 숫자가 아닙니다
faults-separator = { $at }: ‘{ $text }’의 구분 기호가 분명하지 않습니다. 소수점은 점(.), 천 단위는 쉼표(,)로 1234.5 또는 1,234.5와 같이 쓰십시오
faults-too_fine = { $at }: ‘{ $text }’에 통화의 최소 단위보다 작은 값이 있습니다
faults-too_many_digits = { $at }: 15자리를 넘는 숫자는 스프레드시트에서 끝자리가 손실되므로 문자로 입력하십시오
faults-negative = { $at }: ‘{ $text }’은(는) 음수입니다
faults-date = { $at }: 숫자를 쓸 자리에 날짜가 있습니다
faults-formula = { $at }: 수식 오류입니다({ $text })
faults-other_currency = { $at }: ‘{ $text }’의 통화가 { $currency }이(가) 아닙니다
faults-other_unit = { $at }: ‘{ $text }’은(는) 통화의 기본 단위가 아닙니다. 금액을 원 단위까지 모두 쓰십시오
faults-blank = { $at }: 값이 비어 있습니다
faults-beside = { $at }: ‘{ $text }’이(가) 표의 열 밖에 있습니다. CSV 파일에서 쉼표가 든 금액은 따옴표로 묶으십시오
faults-unknown_member = { $at }: ‘{ $text }’은(는) 참여 기관이 아닙니다
faults-bad_coalition = { $at }: ‘{ $text }’은(는) 참여 기관의 조합이 아닙니다
faults-bad_mark = { $at }: ‘{ $text }’은(는) 쓸 수 없는 표시입니다. 1과 0, O와 X, 또는 x와 빈칸을 쓰십시오
faults-twice = { $at }: { $of }이(가) { $first }에 이미 있습니다
faults-missing = { $of }이(가) 없습니다

# 양식에 첨부하는 파일
file-kind-pdf = PDF 문서
file-kind-hwp = 한글 문서
file-kind-sheet = 스프레드시트
file-kind-image = 이미지
file-kind-text = 텍스트 문서
file-kind-zip = 압축 파일
file-kind-document = 문서
file-hint = PDF·그림·한글·워드·엑셀·오픈도큐먼트·ZIP, 합계 { $limit } 이내
file-too_large = { $name } 파일이 너무 큽니다. 첨부 파일은 합계 { $limit }까지 올릴 수 있습니다.
    .next = 해상도를 낮추어 스캔하거나 나누어 다시 선택하십시오. 입력한 내용은 그대로 있으며 파일만 다시 선택하면 됩니다.
file-unknown_kind = ‘{ $name }’ 파일은 보관할 수 없는 형식이거나 내용이 확장자와 다릅니다.
    .next = PDF·그림·한글·워드·엑셀·오픈도큐먼트·ZIP 파일로 저장한 뒤 다시 선택하십시오.
file-empty = ‘{ $name }’ 파일에 내용이 없습니다.
    .next = 내용이 있는 파일을 선택하십시오. 입력한 내용은 그대로 있으며 파일만 다시 선택하면 됩니다.
form-sent_already = 이 서식은 다른 내용으로 이미 제출되었으며, 먼저 제출한 내용이 등재되었습니다.
    .next = 등재된 내용을 확인하십시오. 지금 입력한 내용은 등재되지 않았으니, 추가로 등재하려면 다시 제출하십시오.
