# The way down: a number of the head's page is a list of those cases, of the office or of a
# unit; the head of a unit has such a page for his unit alone.
in a city of its own
as a citizen
  applied for zoning at district
as officer
  sign in who has case {case} at district
  send in act/take
  fill special_note = 議員關切
  send in act/special
  status 200
as head
  sign in head at district
  open /staff/head
  follow 特殊案件
  status 200
  see {case}
  open /staff/head/cases?what=open
  see 未結案件
  open /staff/head/cases?what=waits&level=head
  not {case}
  open /staff/head/cases?what=decided&since=today
  see 今日決行
  open /staff/head/cases?what=nothing-like-that
  status 200
as the head of its unit
  sign in who leads case {case} at district
  open /staff/unit
  see 本課室今日
  not 用印情形
  follow 特殊案件
  see {case}
  open /staff/unit/cases?what=open
  status 200
  open /staff/head
  status 404
as officer
  open /staff/unit
  status 404
clock +9d
as head
  sign in head at district
  open /staff/head
  see 逾期
  open /staff/head/cases?what=late
  see {case}
  open /staff/head/cases?what=late&state=in_work
  see {case}
  open /staff/head/cases?what=late&state=consulted
  not {case}
  open /staff/head/cases?what=control_late
  see {case}
