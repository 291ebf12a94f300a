# While one waits: a service is counted with a result, the last entry is taken back within a
# minute, and the figures add up. A month's number comes from another system, by file.
in a city of its own
as officer
  sign in officer at district
  open /staff/intake
  see 兩個鍵
  fill service = low_income_proof
  fill result = done
  send in strokes
  at /staff/intake
  see 辦妥
  fill service = low_income_proof
  fill result = told
  send in strokes
  see 一次告知單
  send 收回 in undo
  see 收回
  open /staff/intake/figures
  see 兩鍵登記
  see 低收入
  # What is left is one.
  see <b>1</b> <span>兩鍵登記
  open /staff/intake
  remember the page
  clock +2m
  back
  send 收回 in undo
  status 409
  see 已超過一分鐘
  # Not a service that is counted.
  open /staff/intake
  fill service = zoning
  fill result = done
  send in strokes
  status 422
  open /staff/intake/counts
  fill source_all = 中央健康保險署系統
  fill text = 115-02,nhi,online,412
  send 先檢視 in counts
  status 200
  see 已檢視，尚未儲存
  see 412
  fill source_all = 中央健康保險署系統
  send 匯入以上各行 in counts
  see 已登記 1 筆
  open /staff/intake/counts
  fill source_all = 中央健康保險署系統
  fill text = 115-13,nhi,online,1
  send 先檢視 in counts
  see 不是月份
  not 匯入以上各行
  fill what = one
  fill service = nhi
  fill month = 115年2月
  fill way = online
  fill amount = 415
  fill source = 中央健康保險署系統
  send 登記件數 in 登記件數
  see 已登記 1 筆
  open /staff/intake/figures?month=2026-02
  see 415
  see 中央健康保險署系統
  not <td class="r">412</td>
as a stranger
  sign in cashier at district
  open /staff/intake
  status 404
