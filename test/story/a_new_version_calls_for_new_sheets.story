# One definition, every paper: guide, form, sample, notice and procedure are there as page,
# PDF and ODT. What hangs on a wall is recorded; when the definition changes, the sheet to be
# replaced is named with its place.
as a citizen
  open /district/services/zoning
  see 書表與須知
  follow 申辦須知
  see 應備證件
  see 收件 → 查對地籍與都市計畫圖 → 決行、製作證明書 → 繳費領件
  see 3 個工作天
  open /district/services/zoning/sheets
  follow 申請書
  see □ 買賣
  open /district/services/zoning/sheets/sample
  see ■ 買賣
  see 林小青
  reload /district/services/zoning/sheets/sop-counter until <svg class="chart"
  see 流程圖
  open /district/services/zoning/sheets/sop-telephone
  status 404
  download /district/services/zoning/files/guide.pdf
  bytes begin 25 50 44 46
  download /district/services/zoning/files/form.odt
  bytes begin 50 4B 03 04
  open /en/district/services/zoning/sheets/guide
  see What to bring
  open /district/fees
  see 新臺幣 100 元
as officer
  sign in officer at district
  open /staff/sheets
  fill sheet = zoning sop-counter
  send 登記
  status 422
  see 請簡要說明張貼地點
  fill sheet = zoning sop-counter
  fill place = 一樓3號櫃台左側
  attach photo = jpeg wall.jpg
  send 登記
  status 200
  see 一樓3號櫃台左側
  not 舊版</span>
as administrator
  sign in admin at district
  open /staff/settings/definitions
  change definition zoning to be called 土地使用分區證明書核發
  send in definitions/load
  status 200
  # Looked at before it is published: what changes, who runs on the old one, which papers follow.
  see 土地使用分區證明 → 土地使用分區證明書核發
  see 進行中案件
  see 書表同步更新
  see 一樓3號櫃台左側
  see 尚未發布
  open /district/services/zoning
  not 土地使用分區證明書核發
  open /staff/settings/definitions
  change definition zoning to be called 土地使用分區證明書核發
  send in definitions/load
  # Another text than the one that was looked at is looked at, too.
  in the field source change 土地使用分區證明書核發 to 土地使用分區證明書核發作業
  send in definitions/load
  see 尚未發布
  in the field source change 土地使用分區證明書核發作業 to 土地使用分區證明書核發
  send in definitions/load
  see 尚未發布
  send 發布以上內容 in definitions/load
  status 200
  at /staff/settings/definitions
as officer
  open /staff/sheets
  see 舊版</span>
  send 已更換 in /replace
  see 一樓3號櫃台左側
  not 舊版</span>
