# A pack with another fee and another question is loaded while a case runs and an application is
# half written: the page has the new, both keep what they began with.
as a citizen
  applied for home_vaccination at health
as the head of the centre
  sign in head at health
  open case {case}
  see 聯絡人姓名
as somebody who has begun
  open /health/apply/home_vaccination
  fill name = 林阿春
  fill id_kind = national
  fill birth_date.year = 29
  fill birth_date.month = 2
  fill birth_date.date = 1
  fill home.postcode = 320
  fill home.city = 雲川市
  fill home.district = 青埔區
  fill home.village = 康寧里
  fill home.street = 康寧街 45 巷 6 號
  send in asked
  fill national_id = F298765432
  send in asked
  at /health/apply/home_vaccination/step/health
  see 免費
as who keeps the pack
  copy pack health
  in home_vaccination change dollars: 0 to dollars: 50
  in home_vaccination change 聯絡人姓名 to 可以聯絡到的人
  run pack check {pack}
  status 0
  run pack load {pack} --agency health
  status 0
as a visitor
  open /health/services/home_vaccination
  see 50 元
  get /api/v1/health/services/home_vaccination
  see 可以聯絡到的人
  not 聯絡人姓名
as the head of the centre
  open {page}
  see 聯絡人姓名
  not 可以聯絡到的人
as somebody who has begun
  fill reasons = bed
  fill vaccines = flu
  fill allergy = no
  send in asked
  at /health/apply/home_vaccination/step/contact
  see 聯絡人姓名
  not 可以聯絡到的人
  not 50 元
  fill contact_name = 林小青
  fill contact_relation = family
  fill mobile = 0912345678
  fill half_days = tue_pm
  fill agree_health = true
  send in asked
  at /health/apply/home_vaccination/check
  see 聯絡人姓名
  send in apply/home_vaccination/check
  see 我們已收到您的申請
  keep number = /(HC-115-\d{6}-\d)/
as the head of the centre
  open case {number}
  see 聯絡人姓名
  not 可以聯絡到的人
as a newcomer
  applied for home_vaccination at health
as the head of the centre
  open case {case}
  see 可以聯絡到的人
as who keeps the pack
  run pack load {pack} --agency health
  status 0
  see 0 new versions
