# 수량의 단위와 시간대.

## 단위: 널리 쓰는 것

unit-persons = 명
unit-households = 세대
unit-census_households = 가구
unit-years = 년
unit-months = 개월
unit-days = 일
unit-storeys = 층
unit-cases = 건
unit-places = 개소
unit-plots = 면
unit-vehicles = 대
unit-tons = 톤
unit-tons_a_day = 톤/일
unit-tons_a_year = 톤/년
unit-cubic_metres = ㎥
unit-cubic_metres_a_day = ㎥/일
unit-square_metres = ㎡
unit-million_cubic_metres_a_year = 백만㎥/년
unit-points = %p

## 시간대

zone-Asia-Seoul = 한국 시간
