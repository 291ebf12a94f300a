# A question goes to the law study group, becomes a request for interpretation, is answered;
# the next clerk with such a case finds what was learnt. A second case is split off, and
# merged again.
as a citizen
  applied for zoning at district
as officer
  sign in as clerk3@district
  open case {case}
  send in act/take
  fill study_note = 重測後地號是否視為同一宗
  send in act/study
  status 200
  see 法令研討中
as unit head
  sign in as chief2@district
  open {page}
  not 法令研討小組答復
as the law study group
  sign in study at district
  see 法令研討小組的問題
  follow 法令研討小組的問題
  see {case}
  see 今天提出
  follow {case}
  fill instruct_note = 請釋示重測地號之適用
  send in act/instruct
  status 200
  open /staff/study
  see 請示中
  open {page}
  fill study_answer_note = 依內政部函釋得視為同一宗
  fill study_answer_lesson = 重測後之地號視為同一宗，免附新謄本
  send in act/study_answer
  status 200
  open /staff/study
  see 目前沒有等待答復的問題
  see 當日答復或請示
as officer
  open {page}
  fill split_note = 第二筆土地另案辦理
  send in act/split
  status 200
  see 自本案分出
  keep second = /自本案分出 <a href="[^"]*">(DA-\d{3}-\d{6}-\d)/
  open case {second}
  see 分自
  see 免附新謄本
as a citizen
  get /api/v1/district/cases/{second} bearer {code}
  status 200
  json state = in_work
as unit head
  open {page}
  fill merge_other = {case}
  fill merge_note = 毋庸另案
  send in act/merge
  status 200
  see 併入
as a citizen
  get /api/v1/district/cases/{second} bearer {code}
  json state = merged
as officer
  open case {case}
  see 另一案件已併入本案
  see {second}</a>
