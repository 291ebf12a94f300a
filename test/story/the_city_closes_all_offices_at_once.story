# The typhoon is entered once, by the city at 20:00, and every case of every office moves. What
# an office proposes, the city takes over for all; another one withdraws, refuses or takes over
# what is its own.
in a city of its own
as a citizen
  applied for zoning at district
  open /district/status
  fill number = {case}
  fill code = {code}
  send in status
  open /district/status/{case}/why
  see 最後一天是民國115年3月5日，星期四
as the clerk of the district office
  sign in who has case {case} at district
  open /staff/calendar
  not 全市各機關停止上班
as who is on duty for the city
  clock +11h
  sign in coordinator at city
  not 工作清單
  open /staff/worklist
  status 404
  open {page}
  status 404
  open /staff/calendar
  see 全市辦公日曆
  see 4 個機關立即生效
  fill day = 115.3.4
  fill reason = 颱風
  send in closing
  see 全市各機關停止上班
  see 青埔區公所
  see 青埔戶政事務所
  see 改告知日期的申請人
  not {case}
  send 全市這一天停止上班 in closing
  see 停止上班已生效
  see 生效中
  clock +1m
  clock +1m
  clock +1m
  clock +1m
  open /staff/calendar
  see 青埔區衛生所
  see 完成
  fill day = 115.3.4
  fill reason = 颱風
  send in closing
  see 這一天已經登記停止上班
as a citizen
  open /district/status/{case}/why
  see 最後一天是民國115年3月6日，星期五
  see 停止上班：颱風
# The offices see it, and cannot change it.
as the coordinator of the household office
  sign in coordinator at household
  open /staff/calendar
  see 全市
  see 颱風
  not 撤回這筆停止上班
# Withdrawn once, all goes back.
as who is on duty for the city
  open /staff/calendar
  follow 撤回這筆停止上班
  see 青埔區公所
  send 撤回這筆停止上班 in closures
  see 停止上班已撤回
  clock +1m
  clock +1m
  clock +1m
  clock +1m
as a citizen
  open /district/status/{case}/why
  see 最後一天是民國115年3月5日，星期四
# An office closes itself and tells the others: one takes it over, one puts it aside, one
# withdraws again.
as the coordinator of the district office
  sign in coordinator at district
  open /staff/calendar
  fill day = 115.3.5
  fill from = 12:00
  fill reason = 停水
  fill others = 1
  send in closing
  send 這一天停止上班 in closing
  see 停止上班已生效
as the coordinator of the household office
  open /staff/calendar
  see 等您確認
  see 停水
  follow 看哪些會變
  send 這一天停止上班 in closures
  see 停止上班已生效
  follow 撤回這筆停止上班
  send 撤回這筆停止上班 in closures
  see 停止上班已撤回
as the coordinator of the health centre
  sign in coordinator at health
  open /staff/calendar
  follow 看哪些會變
  send 擱置 in closures
  see 這筆建議已擱置
as the coordinator of the city hall
  sign in coordinator at cityhall
  open /staff/calendar
  see 等您確認
# The city takes over for all: nothing waits for a key of the others any more.
as who is on duty for the city
  open /staff/calendar
  see 等您確認
  see 其他機關
  follow 看哪些會變
  send 全市這一天停止上班 in closures
  see 停止上班已生效
as the coordinator of the city hall
  open /staff/calendar
  not 等您確認
  see 停水
# From the command line; the number of cases before.
as the command line
  run calendar close --agency city --day 115.3.9 --from 12:00 --reason 颱風 --dry-run
  status 0
  see district:
  see household:
  see Nothing was changed
  run calendar close --agency city --day 115.2.30 --reason 颱風
  status 1
  run calendar close --agency city --day 115.3.9 --reason 颱風
  status 0
  keep closure = /number (\w+)/
  run calendar closures --agency health
  see 2026-03-09 00:00-24:00  holds  city  颱風
  run calendar withdraw {closure} --agency health
  status 1
  run calendar withdraw {closure} --agency city
  status 0
  run calendar closures --agency health
  see withdrawn
  run unit add mayor@city --name 市長室
  status 0
  run user add mayor@city --duty head --unit mayor
  status 0
  run unit add mayor@city --name 市長室
  status 1
