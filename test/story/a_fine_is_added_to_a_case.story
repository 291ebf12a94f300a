# A fine of the definition is added to a case: within its frame, with its ground; then it is due
# beside the fee, is taken with it, and the applicant reads for what.
in a city of its own
as the administrator
  copy pack district
  in zoning change limit: { value: 3, unit: working } to fines:{newline}  - key: late{newline}    what: { zh: 逾期變更使用, en: Late, ja: 遅延 }{newline}    least: 300{newline}    most: 900{newline}    law: { zh: 測試條例第 1 條, en: Test Act 1, ja: 試験条例第1条 }{newline}limit: { value: 3, unit: working }
  run pack load {pack} --agency district
  status 0
as a citizen
  applied for zoning at district
as the officer
  sign in who has case {case} at district
  send in act/take
  keep money = /href="(\/staff\/cashier\/cases\/\w+)"/
  open {money}
  see 逾期變更使用
  fill fine = late
  fill fine_dollars = 5000
  fill fine_note = 逾期三個月
  send 加計 in /fine
  status 422
  see 這項罰鍰為
  fill fine = late
  fill fine_dollars = 600
  fill fine_note =
  send 加計 in /fine
  status 422
  see 請填寫裁罰理由
  fill fine = late
  fill fine_dollars = 600
  fill fine_note = 逾期三個月
  send 加計 in /fine
  status 200
  see 逾期變更使用
  see 600
  open /staff/cashier?case={case}
  see 700
as a citizen
  open /district/status
  fill number = {case}
  fill code = {code}
  send in status
  see 逾期變更使用
  run check
  see sound
