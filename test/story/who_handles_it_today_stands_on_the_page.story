# The service page names officer, extension and deputy of today; it is kept in memory, and still
# knows at once who is away. The articles of the law stand there; the progress page names the
# officer of the case.
in a city of its own
as a citizen
  open /district/services/zoning
  see 承辦人及職務代理人
  see #
  see 職務代理人：
  see 都市計畫法第6條
  not 今日請假
  open /district/services/zoning
  not 今日請假
  applied for zoning at district
as officer
  sign in as clerk3@district
  open case {case}
  send in act/take
  open /staff/leave
  fill from = 115.3.2
  fill until = 115.3.3
  send 登記請假 in 起始日
  see 請假已登記
as a citizen
  open /district/services/zoning
  see 今日請假，代理人：
  open /district/status
  fill number = {case}
  fill code = {code}
  send in status
  see 承辦人
  see 今日請假，代理人：
  open /district/services/legal_advice
  see 在您選的當天辦理
  see 您選的當天
as officer
  clock +2d
as a citizen
  open /district/services/zoning
  not 今日請假
