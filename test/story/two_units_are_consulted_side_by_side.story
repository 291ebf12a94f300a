# The officer asks two units at once; each answers for itself, one objects; an answer that is
# not waited for needs its reason. A unit that has answered sees the case no more.
as a citizen
  applied for mediation at district
as officer
  sign in officer at district
  open case {case}
  send in act/take
  keep works = /name="consult_units" value="(\w{13})"[^>]*> <span>經建課/
  keep social = /name="consult_units" value="(\w{13})"[^>]*> <span>社會課/
  send 送會辦 in act/consult
  status 422
  fill consult_units = {works}
  fill consult_units = {social}
  fill consult_note = 兩造爭執之鄰地有無列管？
  send 送會辦 in act/consult
  status 200
  see 會辦中
  not in act/propose
as works
  sign in as clerk3@district
  open /staff/worklist?list=asked
  see {case}
  open {page}
  fill answer_opinion = objects
  send 送出回復 in act/answer
  status 422
  see 請填寫貴單位不同意之處
  fill answer_opinion = agrees
  fill answer_note = 無列管紀錄
  send 送出回復 in act/answer
  status 200
  at /staff/worklist
  open {page}
  status 404
as unit head
  sign in unit_head at district
  open {page}
  fill waive_units = {social}
  send 不待回復，續辦 in act/waive
  status 422
  fill waive_units = {social}
  fill waive_note = 社會課已以電話表示無意見
  send 不待回復，續辦 in act/waive
  status 200
  see 處理中
as officer
  open {page}
  see 已會畢
  see 不待回復
  see 經建課：同意
  see 社會課：不待其意見
  fill outcome = grant
  fill proposal = 擬予受理
  send in act/propose
  see 已陳核
