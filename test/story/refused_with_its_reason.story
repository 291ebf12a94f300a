# The officer decides zoning himself; a refusal without a reason is not taken.
as a citizen
  applied for zoning at district
as the officer
  sign in as clerk4@district
  open case {case}
  send in act/take
  fill outcome = refuse
  send in act/propose
  status 422
  fill outcome = refuse
  fill proposal = 地號不存在
  send in act/propose
  status 200
  see 否准
as a citizen
  get /api/v1/district/cases/{case} bearer {code}
  json state = refused
  open /district/status
  fill number = {case}
  fill code = {code}
  send in status
  see 未獲核准
