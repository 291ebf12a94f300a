# A paper goes round: who should read it sees a number at the menu, marks it read with one key, and
# the sender sees who has not.
as the officer
  sign in as clerk3@district
  open /staff/circulation/new
  send 送出傳閱 in circulation/new
  status 422
  see 請填寫主旨
  see 請至少選一位同仁或一個課室
  keep unit = /name="unit" value="([0-9A-Z]{13})"[^>]*> <b>秘書室/
  fill kind = law
  fill title = 戶籍法修正重點
  fill text = 第十五條自下月起適用
  fill due = 2026-03-20
  fill unit = {unit}
  send 送出傳閱 in circulation/new
  see 人中 0 人
  see 尚未閱讀
  see 核章
as a colleague
  sign in head at district
  open /staff
  see 傳閱
  open /staff/circulation
  see 待閱
  follow 戶籍法修正重點
  see 第十五條自下月起適用
  send 已閱 in /read
  see 您已於
  not 我已閱
as the officer
  open /staff/circulation
  see 人中 1 人
as somebody of another office
  sign in officer at household
  open /staff/circulation
  not 戶籍法修正重點
