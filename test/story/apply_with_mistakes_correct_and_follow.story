# A zoning certificate: mistakes are told at the place, nothing typed is lost; then the receipt,
# the progress by number and code, and the withdrawal.
as a citizen
  open /district/services
  follow 土地使用分區證明
  status 200
  see 應備證件
  open /district/apply/zoning
  fill applicant_kind = person
  fill name = 林小青
  fill mobile = 0912
  send in asked
  status 422
  see 欄位需要修正
  see 0912-345-678
  see value="林小青"
  see value="0912"
  see href="#f-mobile"
  see 身分證統一編號
  fill mobile = 0912345678
  fill applicant_kind = person
  fill national_id = A123456788
  send in asked
  status 422
  see value="A123456788"
  fill applicant_kind = person
  fill national_id = A123456789
  send in asked
  at /district/apply/zoning/step/land
  fill section = 青埔段
  fill parcel_main = 一百二十三
  fill parcels = 0
  send in asked
  status 422
  see href="#f-parcel_main"
  see href="#f-parcels"
  fill parcel_main = 123
  fill parcels = 1
  send in asked
  at /district/apply/zoning/step/certificate
  fill purpose = sale
  fill copies = 1
  fill pickup = counter
  send in asked
  status 422
  fill agree = true
  send in asked
  at /district/apply/zoning/check
  see 林小青
  see 0912345678
  see 青埔段
  open /district/apply/zoning/step/you
  see value="林小青"
  send in asked
  open /district/apply/zoning/check
  send in apply/zoning/check
  status 200
  see 我們已收到您的申請
  keep number = /(DA-115-\d{6}-\d)/
  keep code = /class="code"[^>]*>\s*([0-9A-Z-]+)/
as a stranger
  open /district/receipt/{number}
  not {code}
  not 林
  open /district/status/{number}
  not 林
as a relative with the slip
  open /district/status
  fill number = {number}
  fill code = {code}
  send in status
  at /district/status/{number}
  see 我們已收件
  see 林○青
  not A123456789
  send in /withdraw
  status 200
  see 已撤回
