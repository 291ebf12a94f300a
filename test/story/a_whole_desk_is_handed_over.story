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
  open {page}
  keep officer = /name="to">[\s\S]*?value="(\w{13})"/
  open /staff/head
  status 404
as head
  sign in head at district
  open /staff/head
  status 200
  see 待決行
  open /staff/head/seals
  see 設計
