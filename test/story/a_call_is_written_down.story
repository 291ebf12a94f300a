# Something is unclear: the applicant is called, what was asked and answered stands on the case; a
# special case is told its state and the expected date like an overdue one.
in a city of its own
as a citizen
  applied for zoning at district
  clock +1d
as officer
  sign in as clerk3@district
  open case {case}
  send in act/take
  follow 電話紀錄
  send in /call
  status 422
  fill call_who = 申請人本人
  fill call_telephone = 12
  fill call_asked = 地號是否正確
  fill call_answered = 正確，已傳書寫範例供參
  send in /call
  status 422
  fill call_who = 申請人本人
  fill call_telephone = 0912345678
  fill call_day = 115.1.5
  fill call_time = 09:10
  fill call_asked = 地號是否正確
  fill call_answered = 正確，已傳書寫範例供參
  send in /call
  status 422
  see 通話日期在收件日
  fill call_who = 申請人本人
  fill call_telephone = 0912345678
  fill call_day = 115.3.2
  fill call_time = 23:10
  fill call_asked = 地號是否正確
  fill call_answered = 正確，已傳書寫範例供參
  fill call_sample = 1
  send in /call
  status 200
  see 電話紀錄
  see 115年3月2日 23:10
  see 已寄送書寫範例
  send in /show
  see 已傳書寫範例供參
  see 0912
  fill special_note = 地籍重測中
  fill special_until = 115.13.1
  send 標示為特殊案件 in act/special
  status 422
  fill special_note = 地籍重測中
  fill special_until = 115.3.20
  send 標示為特殊案件 in act/special
  status 200
  see 特殊案件
  see 取消特殊案件
as a citizen
  open /district/status
  fill number = {case}
  fill code = {code}
  send in status
  see 您的案件情形特殊
  see 115年3月20日
  not 已傳書寫範例供參
as head
  sign in head at district
  open /staff/head
  see 特殊案件
