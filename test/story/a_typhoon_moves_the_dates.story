# A closure typed in the evening: the list before, one key, the cases move, and the page tells
# clerk and citizen why, in their languages.
in a city of its own
as a citizen
  applied for zoning at district
  open /district/status
  fill number = {case}
  fill code = {code}
  send in status
  open /district/status/{case}/why
  status 200
  see 最後一天是民國115年3月5日，星期四
  not 颱風
as the coordinator
  clock +10h
  sign in coordinator at district
  open /staff/calendar
  fill day = 115年2月30日
  fill reason = 
  send in closing
  see 請填日期
  see 請填原因
  fill day = 115.3.4
  fill from = 12:00
  fill until = 11:00
  fill reason = 颱風
  send in closing
  see 請選擇從幾點到幾點停止上班
  fill from = 
  fill until = 
  fill others = 1
  send in closing
  see {case}
  see 115.03.05 → 
  see 115.03.06
  send 這一天停止上班 in closing
  see 停止上班已生效
  clock +1m
  clock +1m
  clock +1m
  open /staff/calendar
  see 颱風
  see 生效中
  see 完成
as a citizen
  open /district/status/{case}/why
  see 最後一天是民國115年3月6日，星期五
  see 停止上班：颱風
  open /en/district/status/{case}/why
  see The last day is 6 March 2026, Friday
  see Offices closed: 颱風
  open /ja/district/status/{case}/why
  see 閉庁：颱風
  get /api/v1/district/cases/{case} bearer {code}
  json due = 2026-03-06
  open /district
  see 民國115年3月2日
as somebody who has no code
  open /district/status/{case}/why
  not 颱風
as the officer
  sign in as clerk3@district
  open case {case}
  follow 為什麼是這一天
  see 內部管制期限
  see 停止上班：颱風
# Other offices are asked, never closed by us.
as another coordinator
  sign in coordinator at household
  open /staff/calendar
  see 等您確認
  see 其他機關
  follow 看哪些會變
  send 擱置 in closures
  see 這筆建議已擱置
# Withdrawn, all goes back.
as the coordinator
  open /staff/calendar
  follow 撤回這筆停止上班
  see {case}
  send 撤回這筆停止上班 in closures
  see 停止上班已撤回
  see 已撤回
  clock +1m
  clock +1m
  clock +1m
as a citizen
  open /district/status/{case}/why
  see 最後一天是民國115年3月5日，星期四
  not 颱風
as the officer
  open /staff/calendar
  not 登記停止上班
