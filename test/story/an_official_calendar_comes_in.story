# Official files: what is new is shown before it holds; wrong ones say their line.
in a city of its own
as the coordinator
  sign in coordinator at district
  open /staff/calendar
  attach file = text 115.csv
  send in calendar/import
  status 422
  see 第一行必須是欄位名稱
  open /staff/calendar
  attach file = calendar 115年辦公日曆表修正版.csv
  send in calendar/import
  status 200
  see 測試放假
  see 放假日
  send in calendar/bring
  see 官方日曆表已生效
  see 115年辦公日曆表修正版.csv
as the operator
  run calendar due --from 2026-02-10 --days 6
  status 0
  see 2026-02-25
  run calendar import test/corpus/import/contradicts.csv
  status 1
  see contradicts.csv:71
  run calendar import test/corpus/import/google.csv
  status 1
  see without Google in its name
  run calendar import test/corpus/import/dgpa-114-big5.csv
  status 0
  see Nothing is new
  run calendar import test/corpus/import/dgpa-115-typhoon.csv
  status 0
  see 1 years brought in
  run check
  status 0
as another coordinator
  sign in coordinator at household
  open /staff/calendar
  see dgpa-115-typhoon.csv
  not 修正版
