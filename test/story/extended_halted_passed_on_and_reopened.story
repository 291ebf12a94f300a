# The statutory term is extended once, with its reason, before its end; the clock stops for a
# cause that is not the office's; the case goes to another agency and comes back.
as a citizen
  applied for zoning at district
as officer
  sign in as clerk3@district
  open case {case}
  send in act/take
as unit head
  sign in as chief2@district
  open {page}
  fill extend_clock = statutory
  fill extend_days = 1
  send in act/extend
  status 422
  fill extend_clock = statutory
  fill extend_days = 1
  fill extend_note = 須會同地政事務所現場勘查
  send in act/extend
  status 200
  see 時間須延長
  fill extend_clock = statutory
  fill extend_days = 1
  fill extend_note = 再延
  send in act/extend
  status 409
  fill extend_clock = control
  fill extend_days = 2
  fill extend_note = 公文會簽
  send in act/extend
  status 200
  fill halt_ground = other_agency
  fill halt_note = 待地政事務所函復
  send in act/halt
  status 200
  see 停止計算
  send in act/go_on
  status 200
  fill transfer_agency_name = 青埔區衛生所
  fill transfer_note = 本案屬衛生所權責
  send in act/transfer
  status 422
  see 此機關可收機關移文
  fill transfer_agency_name = 雲川市都市發展局
  fill transfer_note = 本案屬都市發展局權責
  send in act/transfer
  status 200
  see 已函轉其他機關
as a citizen
  get /api/v1/district/cases/{case} bearer {code}
  json state = transferred
  open /district/status
  fill number = {case}
  fill code = {code}
  send in status
  see 雲川市都市發展局
  see 須會同地政事務所現場勘查
as unit head
  open {page}
  fill reopen_note = 都市發展局退回
  send in act/reopen
  status 200
  see 處理中
