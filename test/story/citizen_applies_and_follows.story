# Somebody applies with a mistake, mends it, sends it twice and follows the case.
as a citizen
  open /district/services/zoning
  see 土地使用分區證明
  follow 線上申辦
  fill applicant_kind = person
  fill name = 王小美
  fill mobile = 0912345678
  send 儲存並繼續
  see 依您的回答
  fill applicant_kind = person
  fill name = 王小美
  fill mobile = 0912345678
  fill national_id = A123456780
  send 儲存並繼續
  status 422
  see 有 1 個欄位需要修正
  see 王小美
  fill applicant_kind = person
  fill name = 王小美
  fill mobile = 0912345678
  fill national_id = A123456789
  send 儲存並繼續
  at /district/apply/zoning/step/land
  fill section = 青埔段
  fill parcel_main = 123
  fill parcels = 1
  attach map = text map.png
  send 儲存並繼續
  status 422
  see 只能用
  fill section = 青埔段
  fill parcel_main = 123
  fill parcels = 1
  attach map = png map.png
  send 儲存並繼續
  at /district/apply/zoning/step/certificate
  fill purpose = sale
  fill copies = 1
  fill pickup = counter
  fill agree = yes
  send 儲存並繼續
  see 確認填寫內容
  see map.png
  send 送出申請
  see 我們已收到您的申請
  keep number = /(DA-\d+-\d{6}-\d)/
  keep code = /class="code"[^>]*>([0-9A-Z-]+)</
  open /district/status/{number}
  see 王○美
  not 王小美
as somebody else
  open /district/status/{number}
  at /district/status
  fill number = {number}
  fill code = 0000-0000-0000
  send 查看進度
  status 422
  fill number = {number}
  fill code = {code}
  send 查看進度
  see 王○美
  send 撤回 in withdraw
  see 已撤回
