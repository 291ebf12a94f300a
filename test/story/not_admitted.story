# A matter that cannot be applied for is not admitted: with facts, reasons, law and remedy as a
# refusal, but under its own name, also for the applicant.
as a citizen
  applied for zoning at district
as the officer
  sign in who has case {case} at district
  send in act/take
  fill outcome = not_admit
  fill proposal = 非屬得申請之事項
  send in act/propose
  status 422
  see 不利於申請人的決定須載明
  fill outcome = not_admit
  fill proposal = 非屬得申請之事項
  fill facts = 申請之土地不在本區
  fill reasons = 本所無管轄權限，亦無從補正
  send in act/propose
  status 200
  see 不受理
  not 否准
  send in /show
  see 本所無管轄權限，亦無從補正
as a citizen
  get /api/v1/district/cases/{case} bearer {code}
  json state = not_admitted
  open /district/status
  fill number = {case}
  fill code = {code}
  send in status
  see 不受理
