# Sent back with one question named: the applicant changes exactly that on the progress page,
# by number and code; the clock stands still meanwhile and goes on by itself.
as a citizen
  applied for zoning at district
as officer
  sign in as clerk3@district
  open case {case}
  send in act/take
  fill wanted = 份數請再確認
  fill send_back_wanted = question:copies
  fill send_back_until = 115.3.20
  send in act/send_back
  status 200
  see 停止計算
as a citizen
  open /district/status
  fill number = {case}
  fill code = {code}
  send in status
  see 份數請再確認
  see name="copies"
  not name="parcels"
  fill copies = 0
  send in supply
  status 422
  see name="copies"
  fill copies = 3
  fill section = 不該能改
  send in supply
  status 200
  see 繼續辦理
  not name="copies"
  get /api/v1/district/cases/{case} bearer {code}
  json state = in_work
as officer
  open {page}
  see 申請人已補正
  send in /show
  see <dd>3
  not 不該能改
