# A unit head makes a document urgent, with the reason: its control limit and what a consulted
# unit has are shorter then. A term that was missed without fault is restored (§50). The history
# says what, not only that; the applicant reads what is his to know.
as a citizen
  applied for zoning at district
as officer
  sign in as clerk3@district
  open case {case}
  send in act/take
as unit head
  sign in as chief2@district
  open {page}
  fill speed_speed = most_urgent
  send in act/speed
  status 422
  see 請寫變更速別的理由
  fill speed_speed = most_urgent
  fill speed_note = 上級機關限期函復
  send in act/speed
  status 200
  see 變更處理速別
  see 最速件
  see 管制期限：
  fill speed_speed = most_urgent
  fill speed_note = 再改一次
  send in act/speed
  status 422
  see 現在就是這個速別
  open {page}/why
  see 最速件
  open {page}
  fill extend_clock = statutory
  fill extend_days = 1
  fill extend_note = 須會同地政事務所現場勘查
  send in act/extend
  status 200
  see 法定期間延長1 個工作天
  see 末日：
  fill restore_missed = 115/1/5
  fill restore_ended = 115/1/20
  fill restore_asked = 115/2/20
  fill restore_note = 住院
  send in act/restore
  status 422
  see 申請回復原狀的末日是
  fill restore_missed = 115/2/10
  fill restore_ended = 115/2/20
  fill restore_asked = 115/3/2
  fill restore_note = 颱風期間道路中斷
  send in act/restore
  status 200
  see 准予回復原狀
  see 期間於民國115年2月10日屆滿
  open {page}/why
  see 准予回復原狀的期間
as a citizen
  open /district/status
  fill number = {case}
  fill code = {code}
  send in status
  see 視為在期間內提出
  see 法定期間延長1 個工作天
  not 最速件
  not 管制期限
