# Something is missing: the citizen reads what, the officer goes on when it came.
as a citizen
  applied for zoning at district
as the officer
  sign in as clerk3@district
  open case {case}
  send in act/take
  send in act/send_back
  status 422
  fill wanted = 請補位置圖，115年3月9日以前
  send in act/send_back
  status 422
  see 請勾選申請人要更改或補交的項目
  fill wanted = 請補位置圖，115年3月9日以前
  fill send_back_wanted = paper:form
  send in act/send_back
  status 200
  see 停止計算
as a citizen
  open /district/status
  fill number = {case}
  fill code = {code}
  send in status
  see 請補位置圖，115年3月9日以前
  get /api/v1/district/cases/{case} bearer {code}
  json state = sent_back
as the officer
  open {page}
  fill came = 位置圖已到櫃台補交
  send in act/resume
  status 200
  see 處理中
