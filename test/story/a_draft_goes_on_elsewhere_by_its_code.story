# Half an application is kept under a code, read out at another computer two days later, and
# sent from there; the first computer gets the same receipt.
in a city of its own
as a citizen
  open /district/apply/zoning
  fill applicant_kind = person
  fill name = 林小青
  fill mobile = 0912345678
  send 暫存，稍後再填 in asked
  at /district/apply/zoning/later
  status 200
  see 尚未送出
  see 保留至
  keep code = /class="code"[^>]*>\s*([0-9A-Z-]{14})/
  clock +2d
as the same person at home
  open /district/draft
  fill code = 0000-0000-0000
  send in draft
  status 422
  see 查無這個代碼的暫存資料
  fill code = {code}
  send in draft
  status 200
  at /district/apply/zoning/step/you
  see value="林小青"
  see value="0912345678"
  fill national_id = A123456789
  send in asked
  at /district/apply/zoning/step/land
  fill section = 青埔段
  fill parcel_main = 123
  fill parcels = 1
  send in asked
  fill purpose = sale
  fill copies = 1
  fill pickup = counter
  fill agree = true
  send in asked
  at /district/apply/zoning/check
  send in apply/zoning/check
  see 我們已收到您的申請
  keep number = /(DA-115-\d{6}-\d)/
as a stranger
  clock +15d
  open /district/draft
  fill code = {code}
  send in draft
  status 422
