# The administrator adds a colleague and hands over a link that works once; the rules of
# passwords are told in words; a new link ends what was.
as admin
  sign in admin at district
  open /staff/settings/people/new
  keep unit = /<option value="(\w{13})"/
  fill sign_name = New One
  send 儲存
  status 422
  see 請填寫姓名
  see 請至少選擇一項職務
  fill name = 陳新人
  fill sign_name = newcomer
  fill unit = {unit}
  fill duty = officer
  send 儲存
  status 200
  keep link = /class="once">http:\/\/[^\/]+([^<]+)/
as newcomer
  open {link}
  see newcomer@district
  fill password = short
  fill again = short
  send 設定密碼
  status 422
  see 請至少使用 12 個字元
  fill password = newcomer blue river
  fill again = newcomer blue river
  send 設定密碼
  see 密碼裡請不要包含登入名稱
  fill password = green river blue
  fill again = green river blue
  send 設定密碼
  status 200
  see 密碼設定完成
  fill name = newcomer@district
  fill password = green river blue
  send 登入
  see 陳新人
  open {link}
  status 404
  open /staff/settings
  status 404
as admin
  open /staff/settings/people
  keep person = /href="(\/staff\/settings\/people\/\w{13})">陳新人/
  open {person}
  send 產生新連結 in /link
  see 只顯示這一次
as newcomer
  open /staff
  at /staff/sign-in
