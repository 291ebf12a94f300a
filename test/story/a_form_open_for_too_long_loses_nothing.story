# A staff form whose session was replaced or has ended comes back with what was typed.
as a citizen
  applied for zoning at district
as the officer
  sign in as clerk4@district
  open case {case}
  send in act/take
  remember the page
  send in sign-out
  sign in as clerk4@district
  back
  fill outcome = refuse
  fill proposal = 地號不存在
  fill facts = 地號查無登記
  fill reasons = 無從核對
  send in act/propose
  status 409
  see 這一頁開啟太久了
  see 您輸入的內容都還在
  see 地號不存在
  not 有同仁先處理了
  not 沒有這項權限
  send in act/propose
  status 200
  see 否准
# The same after an hour's break: first the sign-in, in another window.
as a citizen
  applied for zoning at district
as the officer
  open case {case}
  send in act/take
  clock +1h
  fill outcome = refuse
  fill proposal = 第一行 "引號" <b>
  fill facts = 地號查無登記
  fill reasons = 無從核對
  send in act/propose
  status 403
  see 您已登出
  keep sign_in = /href="([^"]*sign-in[^"]*)"/
  remember the page
  open {sign_in}
  see 密碼
  back
  send 帶著我輸入的內容繼續
  see 您已登出
  sign in as clerk4@district
  back
  send 帶著我輸入的內容繼續
  status 409
  see 這一頁開啟太久了
  see 第一行 "引號" <b>
  send in act/propose
  status 200
  see 否准
# A colleague who was faster meanwhile is still told of.
as a citizen
  applied for zoning at district
as the officer
  open case {case}
  remember the page
  send in sign-out
  sign in as clerk4@district
  open case {case}
  send in act/take
  back
  send in act/take
  status 409
  see 這一頁開啟太久了
# What was typed into a folded piece of the page is not folded away.
  remember the page
  send in sign-out
  sign in as clerk4@district
  back
  fill note = 電話確認下週補件
  send in act/note
  status 409
  see <details open>
  see 電話確認下週補件
# A password goes into no page; a button alone leads to the sign-in and back.
  open /staff/account
  clock +1h
  fill present = not my password
  fill password = a new one for me
  fill again = a new one for me
  send in account/password
  at /staff/sign-in?back=%2Fstaff%2Faccount
  not not my password
