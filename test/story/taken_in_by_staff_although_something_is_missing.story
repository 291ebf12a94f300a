# A citizen insists: taken in although the photographs are missing, and asked for exactly
# that at once; the term stands still. Another has no telephone: taken in without, with the
# reason. One comes by post, one calls. What is typed is never lost.
as officer
  sign in officer at district
  open /staff/intake/services/disability
  fill paper.photos = missing
  fill kind = first
  fill bedridden = no
  fill name = 林小青
  fill national_id = A123456789
  fill birth_date.year = 79
  fill birth_date.month = 3
  fill birth_date.date = 15
  fill household_address.postcode = 320
  fill household_address.city = 雲川市
  fill household_address.district = 青埔區
  fill household_address.village = 公園里
  fill household_address.street = 公園路 1 號
  fill mobile = 0912-345-678
  fill agree_health = yes
  fill act = accept
  send in services/disability
  status 422
  see 吋照片 3 張」：請開立
  see 林小青
  fill act = incomplete
  send in services/disability
  status 200
  see 收件回執及補正通知
  see 停止計算
  see 1. 1.5 吋照片
  see 林○青
  not 林小青
  keep number = /(DA-115-\d{6}-\d)/
  keep code = /查詢碼 ([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})/
  follow 開啟案件
  see 缺件先行收件，已通知補正
as a citizen
  open /district/status
  fill number = {number}
  fill code = {code}
  send in status
  see 吋照片 3 張
as officer
  # Nothing is missing: so nothing can be asked for.
  open /staff/intake/services/disability
  fill kind = first
  fill bedridden = no
  fill name = 𡘙小明
  fill national_id =
  fill birth_date.year = 79
  fill birth_date.month = 3
  fill birth_date.date = 15
  fill household_address.postcode = 320
  fill household_address.city = 雲川市
  fill household_address.district = 青埔區
  fill household_address.village = 公園里
  fill household_address.street = 公園路 1 號
  fill agree_health = yes
  fill act = accept
  send in services/disability
  status 422
  see 無法提供，仍予收件
  see 𡘙小明
  fill without = national_id
  fill without = mobile
  fill act = accept
  send in services/disability
  status 422
  see 請寫明無法提供的原因
  fill without = national_id
  fill without = mobile
  fill ground = 護照 123456789，沒有電話
  fill act = accept
  fill way = post
  send in services/disability
  status 422
  see 第 49 條
  fill without = national_id
  fill without = mobile
  fill act = accept
  fill way = post
  fill postmark = 115.02.26
  send in services/disability
  status 200
  see 申請日（郵戳）
  see 民國115年2月26日
  not 護照 123456789
  # By telephone it is asked who is calling.
  open /staff/intake/services/evergreen
  fill way = telephone
  fill act = look
  send in services/evergreen
  status 422
  see 如何確認來電者身分
  # A list with a wrong heading and a wrong line keeps nothing.
  open /staff/intake/services/elder_lunch/list
  fill text = name,age
  send in list
  status 422
  open /staff/intake/figures
  see 櫃台統計
