# A special case and a hard one stand on the head's page with why, the next step and who.
as a citizen
  applied for zoning at district
as officer
  sign in as clerk3@district
  open case {case}
  send in act/take
  fill special_note = 議員關切
  send in act/special
  status 200
as head
  sign in head at district
  open /staff/head
  see 列管案件
  see {case}
  see 特殊案件
  see 審查並擬辦
as officer
  open {page}
  fill study_note = 重測後地號是否視為同一宗
  send in act/study
  status 200
as head
  open /staff/head
  see 疑難案件
  see 法令研討小組
  see 答復法令疑義
