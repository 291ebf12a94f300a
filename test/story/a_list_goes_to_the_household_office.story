# Between agencies a matter goes as a signed envelope: a list is looked at, sent, confirmed,
# answered line by line; the answer stands on the case. Nobody else sees anything of it.
as a citizen
  applied for zoning at district
as the officer
  sign in as clerk3@district
  open case {case}
  send 接辦這件案件 in act/take
  send 顯示個資 in show
  see 向其他機關查詢或轉介
  follow 向其他機關查詢或轉介
  see 新增移文
  send 簽章送出 in envelopes/new
  status 422
  see 請選擇送往的機關
  fill to = household
  fill kind = query
  fill subject = 三月份名單
  fill purpose = 低收入戶審核
  fill persons = 林小青,A123456780
  send 簽章送出 in envelopes/new
  status 422
  see 第 1 行：身分證字號不正確
  see 請寫明法律依據
  fill to = household
  fill kind = query
  fill subject = 三月份名單
  fill purpose = 低收入戶審核
  fill law = 社會救助法第 4 條
  fill persons = 林小青,A123456789
  send 先檢視名單 in envelopes/new
  status 200
  see 將列出 1 人
  see A123456789
  send 簽章送出 in envelopes/new
  see 已送出
  see 簽章無誤
  not A123456789
  keep envelope = /移文編號 <code[^>]*>[0-9a-f]{16}-([0-9A-Z]{13})</
as the household office
  sign in officer at household
  reload /staff/envelopes until 三月份名單
  follow 三月份名單
  not 林小青
  send 顯示 in show
  see 林小青
  see 低收入戶審核
  send 確認收到 in step
  see 已收到
  send 簽章回復 in step
  status 422
  see 第 1 位尚未回復
  fill result-1 = found
  fill answer-1 = 土地一筆
  send 儲存這些回復 in lines
  see 1 人中已答 1 人
  send 簽章回復 in step
  see 已回復
as the health centre
  sign in officer at health
  open /staff/envelopes
  not 三月份名單
  open /staff/envelopes/{envelope}
  status 404
as the officer
  reload /staff/envelopes?box=out until 已回復
  follow 三月份名單
  see 已回復
  run check
  see sound
