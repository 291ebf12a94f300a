# The cookie of the draft is gone: the page that was being written is kept, the others are
# asked again, and nobody is left without a word.
as a citizen
  open /district/apply/zoning
  fill applicant_kind = person
  fill name = 林小青
  fill mobile = 0912345678
  send in asked
  fill applicant_kind = person
  fill national_id = A123456789
  send in asked
  at /district/apply/zoning/step/land
  lose all cookies
  fill section = 青埔段
  fill parcel_main = 123
  fill parcels = 1
  send in asked
  see 剛才送出的那一頁已保留
  not 林小青
  fill applicant_kind = person
  fill name = 林小青
  fill mobile = 0912345678
  send in asked
  fill applicant_kind = person
  fill national_id = A123456789
  send in asked
  at /district/apply/zoning/step/land
  see value="青埔段"
  see value="123"
  send in asked
  fill purpose = sale
  fill copies = 1
  fill pickup = counter
  fill agree = true
  send in asked
  at /district/apply/zoning/check
  lose all cookies
  send in apply/zoning/check
  see 先前輸入的內容已不在這裡
  open /district/apply/zoning/step/land
  see 請從頭填寫
