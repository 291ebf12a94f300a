# A citizen comes without the photographs: a one-time notice, no case, no clock. He comes
# back with it; what had been typed is there, he is taken in, and the notice is counted as
# come back complete.
as officer
  sign in officer at district
  open /staff/intake/services/disability
  see 開立一次告知單
  fill name = 𡘙小明
  fill paper.photos = missing
  fill paper.id_copy = missing
  fill act = notice
  send in services/disability
  status 200
  see 尚未收件
  see 吋照片 3 張
  see 身心障礙者權益保障法第 5 條
  keep notice = /(DAN-115-\d{6}-\d)/
  keep code = /once\?code=([0-9A-Z]{12})|([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})/
  open /staff/intake/notices
  see {notice}
  see 民眾備件中
  # A wrong number is told; the right one brings back what was typed.
  fill number = DAN-115-999999-9
  send in notices
  status 422
  see 找不到這個編號
  fill number = {notice}
  send in notices
  status 200
  see 接續一次告知單
  see 𡘙小明
  # Something is still wrong: nothing typed is lost, nothing is accepted.
  fill kind = first
  fill hospital = 雲川市立醫院
  fill bedridden = no
  fill name = 𡘙小明
  fill national_id = A123456780
  fill act = accept
  send in services/disability
  status 422
  see 𡘙小明
  see 接續一次告知單
as a citizen
  open /district/once
  fill code = 000000000000
  send in once
  status 422
  see 找不到這個代碼
