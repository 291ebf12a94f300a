# Two people have the same page open; the slower one is told so and sees the newest state.
as officer
  sign in officer at district
  open /staff/worklist?list=mine
  keep case = /href="(\/staff\/cases\/\w{13})">[^<]*<\/a><\/th>\s*<td[^>]*>[^<]*<\/td>\s*<td[^>]*>[^<]*<\/td>\s*<td[^>]*><span class="tag tag--on/
  open {case}
  see 處理中
as chief
  sign in unit_head at district
  open {case}
  keep colleague = /<option value="(\w{13})"/
as officer
  keep want = /name="send_back_wanted" value="([^"]+)"/
  fill send_back_wanted = {want}
  fill wanted = 請補委託書，請在十日內補正
  send 通知補正 in act/send_back
  see 待申請人補正
as chief
  fill to = {colleague}
  send 分案 in act/assign
  status 409
  see 有同仁先處理了這件案件
  see 以下是最新狀態
