# 분담안: 누가 얼마를, 왜 부담하는가.

lab-runs = 산정안
lab-new = 새 산정
lab-new-first = 첫 산정 시작
lab-no-runs = 없음
lab-none = 이 협력사업에는 아직 산정한 분담안이 없습니다.
lab-none-do = 사업비, 참여 지자체, 분담 방식을 입력하면 분담액이 산정됩니다. 결과는 제출하기 전까지 우리 기관만 볼 수 있습니다.
lab-none-watch = 참여 지자체가 분담안을 제출하면 정산표가 여기에 표시됩니다.
lab-private = 비공개
lab-tabled = 제출됨
lab-own-row = 우리
lab-private-why = 우리 기관만 볼 수 있습니다. 다른 기관은 이 산정과 이에 대한 질의를 제출하기 전까지 알 수 없습니다.
lab-private-tabled = 비공개 원본입니다. 같은 결과가 이미 제출되어 있습니다.
lab-to-tabled = 제출된 산정안 보기
lab-digest = 결과
lab-looks = 이 산정안의 보기
lab-look-sheet = 정산표
lab-look-compare = 방식 비교
lab-look-fairness = 공정성
lab-look-why = 산출 근거
lab-look-questions = 가정 검토
lab-look-figures = 기초 수치
lab-act-table = 제출하기…
lab-act-offer = 제안에 반영…
lab-act-copy = 복사하여 변경
lab-workbook = 엑셀(XLSX) 내려받기
lab-waiting = 산정 중
lab-waiting-since = 요청
lab-progress = 산정 중
lab-cancel = 중단
lab-awaited = 산정이 진행 중입니다. 끝나면 여기에 표시됩니다.
lab-look-again = 다시 확인
lab-yes = 예
lab-no = 아니요

## 정산표

lab-cost = 사업비
lab-cost-prices = { $cost }({ $year }년 가격)
lab-grant = 보조금({ $from })
lab-at-most = 한도 { $amount }
lab-shared = 나눌 금액
lab-sheet-of = { $component }(단위: { $currency })
lab-sheet-in-all = 총괄(단위: { $currency })
lab-driver-head = { $name }({ $unit }, { $year })
lab-year = { $year }년
lab-sheet-note = 분담액을 누르면 산출 근거가 표시됩니다. 분담률은 참고 표시이며 합의된 금액이 우선합니다.
lab-estimate = 무작위 참여 순서 { $orders }개로 구한 추정치이며 어느 컴퓨터에서나 같습니다. 오차는 최대 { $error }(신뢰수준 95 %)입니다.

## 방식 비교

lab-compare-about = 같은 기초 수치로 방식별 분담액을 비교합니다. 방식 이름을 누르면 설명과 적용 사례를 볼 수 있습니다.
lab-compare-of = { $component }: 방식별 분담액(단위: { $currency })
lab-rule-of-run = 이 산정의 방식
lab-than-alone = 단독 대비
lab-than-last = 자기 제안 대비
lab-than-table = 현 제안 대비
lab-legend-percent = 백분율: 전체 분담액에서 차지하는 비율
lab-legend-alone = 단독 대비: 단독 추진 사업비보다 많음(+)·적음(−)
lab-legend-last = 자기 제안 대비: 해당 기관의 마지막 제안보다 많음(+)·적음(−)
lab-legend-table = 현 제안 대비: 제안 { $offer }보다 많음(+)·적음(−)
lab-without = 결과가 없는 방식
lab-compare-long = 참여 기관이 많으면 일부 방식은 산정에 시간이 걸립니다.
lab-compare-ask = 모든 방식을 별도로 산정

## 공정성

lab-fair-about = 각 기관과 기관 조합이 따로 추진할 때의 비용과 비교하여 분담액이 어떠한지 보여 줍니다.
lab-fair-unknown = 단독 추진 사업비가 입력되어 있지 않아 판단할 수 없습니다. 산정안을 복사하여 기관별 단독 추진 사업비를 입력하십시오.
lab-gains-of = 단독 추진 대비 절감액(단위: { $currency })
lab-pays = 분담액
lab-alone = 단독 추진 사업비
lab-gains = 절감액
lab-gain = 그 절감액
lab-least = 이득 최소
lab-core = 이탈 유인 없음
lab-largest = 이탈 유인이 가장 큰 조합
lab-says-least = 이득이 가장 적은 기관: { $body }({ $gain })
lab-says-core = 따로 추진하는 편이 유리한 기관 조합이 없습니다(코어에 속함).
lab-says-nearest = 이탈에 가장 가까운 조합: { $coalition }. 함께 추진하여 { $above }을(를) 절감합니다.
lab-says-leaves = { $coalition }: 따로 추진하면 { $cost }, 여기서는 { $pays }을(를) 부담하여 { $above }이(가) 많으므로 조정을 요청할 수 있습니다.
lab-says-least-core = 분담액을 달리하면 모든 조합이 { $amount } 이상 절감할 수 있습니다.
lab-says-no-core = 어떻게 나누더라도 어느 조합은 따로 할 때보다 { $amount } 이상 더 부담합니다. 비용 구조상 안정된 분담 방법이 없습니다.
lab-fair-by-rule = 다른 방식에 따른 결과
lab-triangle-of = 세 기관 사이에서 방식별 위치(단위: { $currency })
lab-triangle-about = 꼭짓점: 그 기관이 절감액을 모두 가지는 경우. 색칠한 부분: 이탈이 유리한 조합이 없는 범위(코어). 번호는 표의 방식이며 채워진 점이 이 산정의 방식입니다.

## 산출 근거

lab-why-about = 사업비에서 기관별 분담액까지, 계산기로 따라 할 수 있는 단계별 근거입니다.
lab-why-common = 공통 단계

## 기초 수치

lab-figures = 기초 수치와 참여 지자체의 의견
lab-figures-about = 분담액의 근거가 되는 수치입니다. 수치마다 동의, 이견(자체 수치 제시), 자료 없음 가운데 하나로 의견을 낼 수 있으며, 이견 있는 수치는 ‘가정 검토’에서 한꺼번에 검토할 수 있습니다.
lab-figure-driver = { $driver }: { $of }
lab-figure-cost = 사업비: { $component }
lab-figure-coalition = 단독 추진 사업비: { $coalition }({ $component })
lab-value = 수치
lab-source = 작성 기관·연도
lab-positions = 의견
lab-accepts = { $by }: 동의
lab-disputes = { $by }: 이견, 자체 수치 { $own }
lab-no-data = { $by }: 자료 없음
lab-stand-heading = 의견 제출
lab-position = 의견
lab-position-accepts = 동의
lab-position-disputes = 이견(자체 수치 제시)
lab-position-no_data = 자료 없음
lab-own-figure = 자체 수치
lab-own-figure-hint = 이견이 있는 경우에만 입력. 금액은 원 단위이며 1,278억처럼 입력할 수 있습니다.
lab-stand-do = 의견 제출(이력에 기록)
lab-wrong-figure = 이 산정안의 수치를 선택하십시오.
    .next = 목록에서 선택하여 다시 제출하십시오.
lab-wrong-position = 의견을 선택하십시오.
    .next = 동의, 이견(자체 수치 제시), 자료 없음 가운데 하나를 선택하십시오.

## 제출

lab-table-heading = 이 산정안을 협상 테이블에 제출
lab-table-means-seen = 제출하면 협력사업의 모든 기관이 우리 기관 이름으로 산정 모형, 수치, 분담액을 볼 수 있습니다.
lab-table-means-stays = 이력에 남으며 취소할 수 없습니다. 더 나은 산정안을 추가로 제출할 수는 있습니다.
lab-table-means-offer = 구속력은 없습니다. 제안에서 인용할 수 있으며, 수락된 제안만 구속력이 있습니다.
lab-table-means-rest = 이 산정에 대해 비공개로 질의한 내용은 계속 비공개입니다.
lab-table-name = 제출 이름
lab-name-hint = 영문 소문자, 숫자, 하이픈(-). 협력사업 안에서 겹치지 않아야 합니다.
lab-table-do = 제출
lab-back = 돌아가기
lab-wrong-name = ‘{ $typed }’은(는) 이름으로 쓸 수 없습니다.
    .next = 영문 소문자, 숫자, 하이픈(-)으로 63자 이내로 적되 문자나 숫자로 시작하십시오.

## 질의와 답변

lab-ask = 질의
lab-answers = 답변
lab-no-answers = 이 산정안에 대한 질의가 아직 없습니다(제출되었거나 우리 기관이 한 것).
lab-question = 질의
lab-asked = 질의 내용
lab-about-run = 대상:
lab-study-private-why = 제출하기 전까지 우리 기관만 이 질의와 답변을 볼 수 있습니다.
lab-came-to-nothing = 답변을 구하지 못했습니다
lab-table-study-heading = 질의와 답변 제출
lab-table-study-means = 협력사업의 모든 기관이 우리 기관 이름으로 질의 내용과 결과를 보게 됩니다. 취소할 수 없습니다.
lab-table-study-not-yet = 아직 제출하지 않은 산정안에 대한 답변입니다. 산정안을 먼저 제출해야 답변을 제출할 수 있습니다.
lab-kind-run = 산정
lab-kind-what_if = 가정 검토
    .says = 사업비 증가, 보조금 감소, 참여 철회·추가 참여, 다른 수치일 때 기관별 부담은 어떻게 달라지는가
lab-kind-search = 방식 찾기
    .says = 우리 부담을 일정 금액 이하로 하는 방식과 분담 기준은 무엇이고, 다른 기관에는 어떤 영향이 있는가
lab-kind-ranges = 이견 있는 수치
    .says = 이견 있는 수치를 모두 고려할 때 기관별 부담은 어느 범위에서 움직이는가
lab-kind-comparison = 모든 방식 비교
    .says = 모든 방식을 나란히 비교(참여 기관이 많으면 별도로 산정)
lab-kind-accession = 추가 참여 부담금
    .says = 당초 산식에 이자와 관리비를 더한 금액과 그 배분
lab-kind-exit = 탈퇴 정산
    .says = 탈퇴 기관의 수령액·납부액과 남은 기관의 인수액
lab-kind-settlement = 실제 사업비 정산
    .says = 체결된 방식을 실제 사업비에 적용한 추가 납부액·환급액
lab-in-currency = { $what }(단위: { $currency })
lab-in-all = 기관별 총부담액
lab-weights = 충족하는 비율
lab-largest-rise = 다른 기관의 최대 부담 증가
lab-who-gets = 수령 기관
lab-who-takes-over = 인수 기관
lab-nothing-disputed = 이 산정에는 이견 있는 수치가 없어 분담액이 그대로입니다.
lab-tried-all = 수치마다 최소·최대의 모든 조합을 검토했습니다.
lab-tried-one = 이견 있는 수치가 많아 수치별로 하나씩 검토했습니다.
lab-unsolved = { $count }개 조합에서는 해가 없어 범위에서 제외했습니다.
lab-only-in = { $component } 비목의 방식만 변경
lab-everything = 전체
lab-asks-search = { $who } 부담 { $amount } 이하
lab-asks-ranges = 이견 있는 수치 전체
lab-asks-comparison = 같은 수치에 모든 방식 적용
lab-asks-paid = { $who } 납부액 { $amount }
lab-asks-interest = 이자 연 { $percent }, { $since }~{ $on }
lab-asks-overhead = 인건비·관리비 { $amount }
lab-asks-exit = 납부액 { $paid }, 시설 잔존가치 { $percent }, 분리 비용 { $separation }
lab-change-cost = { $component }: 사업비 { $cost }
lab-change-overrun = { $component }: 사업비 { $percent }
lab-change-grant_lost = { $component }: 보조금({ $from }) 없음
lab-change-grant = { $component }: 보조금({ $from }) { $amount }
lab-change-joins = { $who } 추가 참여: { $components }
lab-change-leaves = { $who } 참여 철회: { $components }
lab-change-figure = { $figure } → { $value }
lab-change-rule = { $component }: { $rule } 방식
lab-change-limits = { $component }: { $who } 하한 { $least }, 상한 { $most }

## 입력한 숫자

typed-no_number = { $field }: ‘{ $typed }’은(는) 숫자가 아닙니다.
    .next = 1,278,000 또는 1,278억, 비율은 12.5처럼 숫자로 입력하십시오.
typed-empty = { $field }이(가) 비어 있습니다.
    .next = 숫자를 입력하십시오. 없으면 0을 입력하십시오.
