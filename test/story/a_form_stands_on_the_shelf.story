# Forms that belong to no service (委託書、同意書) stand on a shelf: number, version, file, law, last
# and next check. Whoever takes one is counted by form and format, without cookies.
as a coordinator
  sign in coordinator at district
  open /staff/shelf
  fill name_zh = 委託書
  send 儲存書表 in shelf
  status 422
  see 請輸入書表編號
  fill form_number = QP-A01
  fill name_zh = 委託書
  send 儲存書表 in shelf
  status 422
  see 請至少上傳一個檔案
  fill form_number = QP-A01
  fill name_zh = 委託書
  fill name_en = Letter of authority
  fill law = 民法第 531 條
  fill checked = 114.1.5
  fill next_check = 115.1.5
  attach pdf = pdf form.pdf
  send 儲存書表 in shelf
  status 200
  see QP-A01
  see 待檢視
as a citizen
  open /district/forms
  see 委託書
  see 民法第 531 條
  keep file = /QP-A01[\s\S]*?href="(\/district\/forms\/\w+\.pdf)"/
  download {file}
  status 200
  bytes begin 25 50 44 46
  download /district/services/zoning/files/form.pdf
  bytes begin 25 50 44 46
  open /en/district/forms
  see Letter of authority
as a coordinator
  reload /staff/shelf until form:QP-A01
  see 累計
as a stranger
  open /household/forms
  not QP-A01
  see 結婚書約
  see 委託書
  keep file = /href="(\/household\/forms\/\w+\.odt)"/
  download {file}
  bytes begin 50 4B 03 04
# A copy of it lies at a counter; when its next version comes, the old one there is a task, and
# who replaced it stays.
as the officer
  sign in as clerk3@district
  open /staff/sheets
  keep form = /value="(\w{13} shelf)"[^>]*>QP-A01/
  fill sheet = {form}
  fill place = 二樓書表架
  send 登記
  status 200
  see QP-A01 委託書
  not 舊版</span>
as a coordinator
  open /staff/shelf
  follow QP-A01
  attach pdf = pdf form.pdf
  send 儲存書表 in shelf
  status 200
as the officer
  open /staff/sheets
  see 舊版</span>
  see 二樓書表架
  send 已更換 in /replace
  status 200
  not 舊版</span>
  see 近三個月已處理
