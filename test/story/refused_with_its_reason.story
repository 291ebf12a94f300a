# The officer decides zoning himself; a refusal without facts, reasons, law and remedy is
# not taken.
as a citizen
  applied for zoning at district
as the officer
  sign in who has case {case} at district
  send in act/take
  fill outcome = refuse
  send in act/propose
  status 422
  fill outcome = refuse
  fill proposal = 地號不存在
  send in act/propose
  status 422
  see 不利於申請人的決定須載明
  fill outcome = refuse
  fill proposal = 地號不存在
  fill facts = 申請之地號於115年3月2日查無登記
  fill reasons = 無從核對使用分區
  send in act/propose
  status 200
  see 否准
  send in /show
  see 無從核對使用分區
  see 訴願
as a citizen
  get /api/v1/district/cases/{case} bearer {code}
  json state = refused
  open /district/status
  fill number = {case}
  fill code = {code}
  send in status
  see 未獲核准
