# Points per kind of case are off unless the head of the office switches them on; what a case
# counts is proposed, approved and dated. A colleague sees his own count and objects to it; the
# list is for the head of the unit, without a rank; nobody else, and no public page, knows of it.
in a city of its own
as the officer
  sign in as clerk3@district
  open /staff/worklist
  not 我的獎點
  open /staff/points
  see 本機關未實施獎點
as the coordinator
  sign in coordinator at district
  open /staff/points/rules
  see 目前未實施獎點
  not value="on"
  fill points = 500
  send in points/rules
  status 422
  see 請輸入 0 到 100 的整數
  fill service = zoning
  fill points = 2
  fill hard = 200
  send in points/rules
  see 待首長核定
  not value="approve"
as the head
  sign in head at district
  open /staff/points/rules
  send approve in points/rules/
  see 已核定
  send on in points/switch
  see 目前實施獎點
as a citizen
  applied for zoning at district
as the officer
  open case {case}
  send 接辦這件案件 in act/take
  fill outcome = grant
  send in act/propose
  status 200
  open /staff/points
  see 我的獎點
  see 土地使用分區證明
  see data-label="獎點">2<
  send in /staff/points
  status 422
  see 請寫哪裡不對
  fill reason = {case} 送過法令研討小組，應加重計算
  send in /staff/points
  see 尚未回復
as a colleague
  sign in as clerk4@district
  open /staff/points
  not data-label="獎點">2<
  not 應加重計算
  open /staff/points/list
  status 404
  open /staff/points/rules
  status 404
as the head of the unit
  sign in as chief2@district
  open /staff/points/list
  see 不是排名
  see data-label="獎點">2<
  see 應加重計算
  fill answer = 已補登
  fill delta = x
  send grant in points/objections
  status 422
  see 請填增加幾點
  fill answer = 已補登
  fill delta = 2
  send grant in points/objections
  see 已儲存
  see data-label="獎點">4<
as the head of another unit
  sign in as chief3@district
  open /staff/points/list
  not data-label="獎點">4<
  not 應加重計算
as the officer
  open /staff/points
  see 更正後
  see 已補登
  open /en/staff/points
  see After corrections
  open /ja/staff/points
  see 訂正後
as a visitor
  open /district
  not 獎點
  open /district/services/zoning
  not 獎點
  open /staff/points
  not data-label="獎點"
# Switched off again, it leaves the menu.
as the head
  open /staff/points/rules
  send off in points/switch
  see 目前未實施獎點
as the officer
  open /staff/worklist
  not 我的獎點
  open /staff/points
  see 本機關未實施獎點
