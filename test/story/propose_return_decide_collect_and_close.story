# An English transcript is the unit head's to decide.
as a citizen
  applied for english at household
as the officer
  sign in as clerk3@household
  open case {case}
  send in act/take
  status 200
  see 處理中
  fill outcome = refuse
  send in act/propose
  status 422
  fill outcome = grant
  fill proposal = 資料相符
  send in act/propose
  status 200
  see 已陳核
as the unit head
  sign in as chief2@household
  open case {case}
  see 擬辦：核准
  send in act/return
  status 422
  fill sentence = 請再核對護照英文姓名
  send in act/return
  status 200
as the officer
  open {page}
  send in /show
  see 請再核對護照英文姓名
  fill outcome = grant
  fill proposal = 已核對護照
  send in act/propose
  status 200
as the unit head
  open {page}
  see 擬辦：核准
  fill outcome = grant
  send in act/decide
  status 200
  see 核准
as the officer
  open {page}
  send in act/collect
  status 200
  send in act/close
  status 200
  see 結案
as a citizen
  get /api/v1/household/cases/{case} bearer {code}
  status 200
  json state = closed
  open /household/status
  fill number = {case}
  fill code = {code}
  send in status
  see 已結案
