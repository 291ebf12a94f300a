# A day that does not exist is refused wherever it is typed, and what to write instead is said;
# every usual way of writing a day that exists is taken.
as the operator
  run calendar due --from 2026-04-31 --days 3
  status 2
  see there is no day 2026-04-31. Write it like
  run calendar due --from 2026-02-29 --days 3
  status 2
  run calendar due --from 0000-01-01 --days 3
  status 2
  run calendar due --from 民國115年4月31日 --days 3
  status 2
  run calendar due --from 2024-02-29 --days 3
  status 0
  see 2024-03-05
  run calendar due --from 民國113年2月29日 --days 3
  status 0
  see 2024-03-05
  run calendar due --from 2026-03-02 --days 3 --pause 2026-04-31..2026-05-04
  status 2
  run calendar due --from 2026-03-02 --days 3 --pause 2026-03-05..2026-03-04
  status 2
  see the first day comes before the last
as a citizen
  applied for zoning at district
as the officer
  sign in as clerk3@district
  open case {case}
  send 接辦這件案件 in act/take
  open {page}
  fill purpose = instead
  fill reference = L-1
  fill seen = 住宅區
  fill day = 115.2.30
  send 記錄結果 in lookups/cases
  status 422
  see 查詢日期
  fill purpose = instead
  fill reference = L-1
  fill seen = 住宅區
  fill day = 民國0年1月1日
  send 記錄結果 in lookups/cases
  status 422
  fill purpose = instead
  fill reference = L-1
  fill seen = 住宅區
  fill day = 一一五年三月二日
  send 記錄結果 in lookups/cases
  status 200
  see L-1
