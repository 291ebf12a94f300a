# Whose duties have no cases sees on Today what waits for him, with a link to its list: the
# ethics officer, the seal keeper, personnel, who is on duty for the city, and who reads what
# goes round. (Daily sheets and seals: where they are made.)
in a city of its own
as the ethics officer
  sign in ethics at district
  at /staff
  see 待查核的抽中
  not 您的職務沒有
  follow 待查核的抽中
  status 200
as the seal keeper
  sign in seal_keeper at district
  see 待閱的傳閱文件
  follow 待閱的傳閱文件
  status 200
as the cashier
  sign in cashier at district
  see 待閱的傳閱文件
  not 您的職務沒有
as the accountant
  sign in accountant at district
  see 今日
  not 您的職務沒有
as the administrator
  sign in admin at district
  see 設定
as who is on duty for the city
  sign in coordinator at city
  at /staff
  see 今天沒有等您處理的事項
as the coordinator
  sign in coordinator at district
  open /staff/calendar
  fill day = 115.3.10
  fill reason = 停電
  fill others = 1
  send in closing
  send 這一天停止上班 in closing
  see 停止上班已生效
as who is on duty for the city
  open /staff
  see 等您確認的停止上班
  follow 等您確認的停止上班
  see 停電
as the head of the health centre
  sign in head at health
  see 等您確認的停止上班
# Nobody stands in for who is away: personnel sees it.
as the administrator
  open /staff/settings/people
  keep who = /href="(\/staff\/settings\/people\/\w{13})">[^<]*<\/a> <span class="quiet">總機/
  open {who}
  fill deputy =
  send 儲存 in people/
  see 已儲存
  open {who}
  fill from = 115.3.3
  fill until = 115.3.4
  send 登記請假 in /away
  see 已儲存
as the personnel officer
  sign in personnel at district
  see 無人代理的請假
  follow 無人代理的請假
  see 無人代理
as the administrator
  open /staff
  see 無人代理的請假
