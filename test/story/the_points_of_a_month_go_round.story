# Where points are counted, the list of a month is drawn up by the head of a unit when the month is
# over and its objections are answered, approved by the head of the office, and goes round among
# those who lead: the three with most points, and read marks. Nobody else sees it.
in a city of its own
as the coordinator
  sign in coordinator at district
  open /staff/points/rules
  fill service = zoning
  fill points = 3
  fill hard = 200
  send in points/rules
as the head
  sign in head at district
  open /staff/points/rules
  send approve in points/rules/
  send on in points/switch
  see 目前實施獎點
as a citizen
  applied for zoning at district
as the officer
  sign in as clerk3@district
  open case {case}
  send 接辦這件案件 in act/take
  fill outcome = grant
  send in act/propose
  status 200
  open /staff/points
  fill reason = 有一件沒有算到
  send in /staff/points
  see 尚未回復
as the head of the unit
  sign in as chief2@district
  open /staff/points/list
  follow 獎點月報
  see 本月尚未結束
  not 造冊</button>
  clock +31d
  sign in as chief2@district
  open /staff/points/month?month=202603
  see 本月還有異議待回復
  not 造冊</button>
  open /staff/points/list
  fill answer = 已查明，不更正
  send leave in points/objections
  see 已儲存
  open /staff/points/month?month=202603
  see 本機關獎點最高
  see data-label="獎點">3<
  send 造冊 in points/month
  status 200
  see 待首長核定
  not 核定並傳閱
as the head
  sign in head at district
  open /staff/points/month?month=202603
  send 退回 in month/decide
  status 422
  see 請用一句話寫明理由
  fill note = 請再核對一次
  send 退回 in month/decide
  status 200
  see 請再核對一次
as the head of the unit
  open /staff/points/month?month=202603
  see 請再核對一次
  send 造冊 in points/month
  see 待首長核定
as the head
  open /staff/points/month?month=202603
  remember the page
  send 核定並傳閱 in month/decide
  status 200
  see 核定；
  see 傳閱情形
  keep page = /href="(\/staff\/circulation\/\w+)"/
  back
  send 核定並傳閱 in month/decide
  status 409
# It reaches those who lead, and each reading is marked.
as the head of another unit
  sign in as chief3@district
  open {page}
  see 115 年 3 月獎點月報
  see 不得張貼或轉載
  not data-label="獎點"
  send 已閱
  status 200
  open /staff/points/month?month=202603
  see data-label="獎點">3<
as the head
  open {page}
  see 已閱
as the officer
  sign in as clerk3@district
  open /staff/points/month?month=202603
  status 404
  open {page}
  status 404
as a visitor
  open /staff/points/month?month=202603
  not 本機關獎點最高
