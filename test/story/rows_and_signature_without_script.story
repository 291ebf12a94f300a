# Rows are added, taken away and corrected at their cell, and a name is signed, all without
# script; the officer sees masks.
as a citizen
  open /district/apply/mediation?may=yes
  fill matter_kind = civil
  fill in_court = no
  send in asked
  fill name = 林小青
  fill national_id = A123456789
  fill birth_date.year = 79
  fill birth_date.month = 3
  fill birth_date.date = 15
  fill address.city = 雲川市
  fill address.district = 青埔區
  fill address.street = 公園路 1 號
  fill mobile = 0912345678
  fill by_agent = no
  send in asked
  fill other_name = 王大同
  fill other_address.city = 雲川市
  fill other_address.district = 青埔區
  fill other_address.street = 文化路 88 號
  fill others = 1
  send in asked
  at /district/apply/mediation/step/dispute
  fill witnesses.1.name = 陳大文
  send 增加一列 in asked
  status 200
  see value="陳大文"
  see 第 2 列
  not 欄位需要修正
  fill witnesses.2.telephone = 12
  fill facts = 樓上浴室管線破裂，水滲入我家客廳，天花板與地板受損。
  fill claims = repair
  fill times = mon_am
  fill signature.name = 林小青
  fill agree = yes
  send in asked
  status 422
  see href="#f-witnesses.2.telephone"
  see href="#f-witnesses.2.name"
  see href="#f-signature.agree"
  see value="陳大文"
  send 移除 in asked
  status 200
  not value="陳大文"
  fill witnesses.1.name = 李小華
  fill witnesses.1.telephone = 03-000-1234
  fill facts = 樓上浴室管線破裂，水滲入我家客廳，天花板與地板受損。
  fill claims = repair
  fill times = mon_am
  fill signature.name = 林小青
  fill signature.agree = yes
  fill signature.strokes = 100,100 120,80 140,120 160,60;200,40 220,90 260,100 300,150
  fill agree = yes
  send in asked
  at /district/apply/mediation/check
  see 李小華、03-0001234
  see 林小青
  send in apply/mediation/check
  see 我們已收到您的申請
  keep matter = /(DA-115-[0-9]{6}-[0-9])/
as the head
  sign in head at district
  open case {matter}
  not <path d="M100
  fill reason = decision
  send 顯示個資 in show
  see <path d="M100
