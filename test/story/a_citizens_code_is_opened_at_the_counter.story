# What a citizen has typed at home is opened at the counter by its code: nothing is typed
# twice, who may apply is asked first, what the office looks up is looked up at once, and
# from "accept" it is one step to the fee. Sent once, it cannot be sent a second time.
as a citizen
  open /district/apply/zoning
  fill applicant_kind = person
  fill name = 林小青
  fill mobile = 0912345678
  send 暫存，稍後再填 in asked
  keep code = /class="code"[^>]*>\s*([0-9A-Z-]{14})/
as officer
  sign in as clerk3@district
  open /staff/intake/notices
  fill number = 0000-0000-0000
  send in notices
  status 422
  not 林小青
  fill number = {code}
  send in notices
  status 200
  see 接續民眾線上填寫的資料
  see value="林小青"
  see value="0912345678"
  fill national_id = A123456789
  fill section = 青埔段
  fill parcel_main = 123
  fill parcels = 1
  fill purpose = sale
  fill copies = 1
  fill pickup = counter
  fill agree = true
  fill act = accept
  send in services/zoning
  status 200
  see 已收件
  keep number = /(DA-115-\d{6}-\d)/
  follow 收費：
  see {number}
  see 收款並列印收據
  open case {number}
  see 電子查驗
  see 模擬，未實際查詢
  open /staff/intake/notices
  fill number = {code}
  send in notices
  status 409
  see {number}
as officer
  open /staff/intake/services/elder_allowance
  see 滿 65 歲了嗎？
  fill may.age65 = no
  fill act = accept
  send in services/elder_allowance
  status 422
  see 滿 65 歲才能申請
