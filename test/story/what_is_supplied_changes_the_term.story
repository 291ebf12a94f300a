# More than five parcels take six days instead of three, also when the applicant says so only
# as he supplies what was asked: the term is chosen anew, and its pause is kept.
as a citizen
  applied for zoning at district
  get /api/v1/district/cases/{case} bearer {code}
  keep due = /"due":"([^"]+)"/
as officer
  sign in as clerk3@district
  open case {case}
  send in act/take
  fill wanted = 筆數請再確認
  fill send_back_wanted = question:parcels
  fill send_back_until = 115.3.20
  send in act/send_back
  status 200
as a citizen
  open /district/status
  fill number = {case}
  fill code = {code}
  send in status
  see name="parcels"
  fill parcels = 8
  send in supply
  status 200
  see 繼續辦理
  get /api/v1/district/cases/{case} bearer {code}
  not "due":"{due}"
as officer
  open {page}/why
  see 6 個工作天
  run check
  status 0
  see sound
