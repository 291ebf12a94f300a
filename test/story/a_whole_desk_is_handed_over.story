# The head of a unit hands over all open cases of a colleague; the head of the office sees
# today's figures and the seals.
as a citizen
  applied for zoning at district
as officer
  sign in as clerk3@district
  open case {case}
  send in act/take
as unit head
  sign in as chief2@district
  open /staff/desk
  send in /staff/desk
  status 422
  keep from = /name="from">[\s\S]*?value="(\w{13})"/
  fill from = {from}
  fill to = {from}
  send in /staff/desk
  status 422
  keep to = /name="to">[\s\S]*?value="\w{13}"[\s\S]*?value="(\w{13})"/
  fill from = {from}
  fill to = {to}
  send in /staff/desk
  status 200
  see 已移交
  fill from = {from}
  fill to = {to}
  send in /staff/desk
  see 已移交 0 件
  open /staff/head
  status 404
as head
  sign in head at district
  open /staff/head
  status 200
  see 待決行
  open /staff/head/seals
  see 設計
