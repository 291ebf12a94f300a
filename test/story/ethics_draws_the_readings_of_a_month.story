# Reading under a reason is looked at: when the month is over government ethics draws it, asks
# the reader and enters the answer; nobody else does, and another office sees nothing of it.
in a city of its own
as a citizen
  applied for zoning at district
as the officer
  sign in as clerk3@district
  open case {case}
  send 接辦這件案件 in act/take
  see 處理中
  send 顯示個資 in show
  see 林
as a colleague
  sign in as clerk4@district
  open {page}
  send 顯示個資 in show
  status 422
  fill reason = enquiry
  send 顯示個資 in show
  status 200
  open /staff/readings
  status 404
as ethics
  sign in ethics at district
  follow 調閱紀錄
  see 民國115年2月調閱紀錄
  see bianmin-draw-1 district 2026-02
  not {case}
  open /staff/readings?month=2026-03
  see 本月尚未結束
  not {case}
  clock +31d
  sign in ethics at district
  open /staff/readings
  see 民國115年3月調閱紀錄
  see 已查 0 件，應查 2 件
  see {case}
  not 林小青
  keep seq = /id="r-(\d+)"/
  send 請調閱人說明 in 註記
  status 422
  see 請填寫要請調閱人說明的事項
  fill note = 請說明申請人何時來電。
  remember the page
  send 請調閱人說明 in 註記
  status 200
  see 已查 1 件，應查 2 件
  see 請調閱人說明中
  see 請說明申請人何時來電。
  back
  send 無異常 in 註記
  status 409
  see 已有同仁先查核這次調閱
  fill note = 三月二日來電，有電話紀錄。
  send 無異常 in 註記
  see 三月二日來電，有電話紀錄。
  see 請說明申請人何時來電。
as the auditor
  sign in auditor at district
  open /staff/readings?month=2026-03
  see 三月二日來電，有電話紀錄。
  not look-form
as ethics of another office
  sign in ethics at household
  open /staff/readings?month=2026-03
  not {case}
  see 這個月沒有人調閱
  open /staff/readings?month=2026-02
  see bianmin-draw-1 household 2026-02
