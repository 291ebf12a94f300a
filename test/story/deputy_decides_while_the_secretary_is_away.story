# The administrator enters an absence; the deputy has what waits for the absent colleague and
# decides in his place; the history says so.
as admin
  sign in admin at district
  open /staff/settings/people
  keep secretary = /href="(\/staff\/settings\/people\/\w{13})">[^<]*<\/a> <span class="quiet">主任秘書/
  open {secretary}
  fill from = 115.3.2
  fill until = 115.3.1
  send 登記請假 in /away
  status 422
  see 結束日早於起始日
  fill from = 115.3.2
  fill until = 115.3.31
  send 登記請假 in /away
  see 已儲存
as deputy
  sign in coordinator at district
  open /staff/worklist?list=decide
  keep case = /href="(\/staff\/cases\/\w{13})"/
  open {case}
  see 您以職務代理人身分決行
  send 代為決行 in act/decide
  status 200
  see 已決行
  see <span class="tag tag--on">代</span>
