# The officer asks the land register in place of the applicant's paper: kept before it is asked,
# answered by the built-in simulator, read only while the case is shown. What was seen in
# another system is written down by hand. The counts know it; another office does not.
as citizen
  applied for zoning at district
as officer
  sign in as clerk3@district
  open case {case}
  send 接辦這件案件 in act/take
  open {page}
  see 電子查驗
  see 以查驗代替書證
  see 這裡的查驗是模擬的
  fill purpose = nonsense
  send 送出查驗 in lookups/cases
  status 422
  # The whole parcel, not its section alone.
  see 地段＋地號（母號）＋地號（子號） 青埔段 123 4
  fill purpose = instead
  send 送出查驗 in lookups/cases
  status 200
  see 模擬，未實際查詢
  clock +1m
  open {page}
  not 已查詢，等候回覆
  send 顯示個資 in /show
  fill purpose = instead
  fill reference = L-2026-77
  fill day = 115.3.2
  fill seen = 住宅區，無限制登記
  send 記錄結果 in lookups/cases
  status 200
  see L-2026-77
  see 住宅區，無限制登記
  fill purpose = instead
  send 記錄結果 in lookups/cases
  status 422
as head
  sign in head at district
  open /staff/lookups
  see 土地使用分區
  see 其中免附書證
  see 去年同月
as stranger
  sign in officer at household
  open {page}
  status 404
