# Sent back with a day: the applicant reads it on his page; when it has passed without an answer,
# the officer finds the case under what was not supplied in time.
in a city of its own
as a citizen
  applied for zoning at district
as officer
  sign in who has case {case} at district
  send in act/take
  fill wanted = 份數請再確認
  fill send_back_wanted = question:copies
  fill send_back_until = 115.3.6
  send in act/send_back
  status 200
  see 補正期限
  not 逾期未補正
as a citizen
  open /district/status
  fill number = {case}
  fill code = {code}
  send in status
  see 請於民國115年3月6日前補正
clock +6d
as officer
  sign in who has case {case} at district
  open /staff
  see 逾期未補正
  see {case}
as a citizen
  open /district/status/{case}
  see 補正期限已於民國115年3月6日屆滿
