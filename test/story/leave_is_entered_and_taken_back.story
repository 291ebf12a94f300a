# Everybody enters his own leave, the head of a unit and personnel that of others; all see who
# is away and who stands in; one that was entered by mistake is taken back on the page.
in a city of its own
as an officer
  sign in as clerk3@district
  follow 請假
  see 您的職務代理人
  fill from = 115.3.4
  fill until = 115.3.3
  send 登記請假 in 起始日
  status 422
  see 結束日早於起始日
  fill from = 115.3.4
  fill until = 115.3.6
  send 登記請假 in 起始日
  see 請假已登記
  see 民國115年3月4日到民國115年3月6日
  fill from = 115.3.6
  send 登記請假 in 起始日
  status 409
  see 已經登記請假
  send 撤回 in /leave/end
  see 請假已撤回
  fill from = 115.3.2
  fill until = 115.3.4
  send 登記請假 in 起始日
  see 今天
as the personnel officer
  sign in personnel at district
  open /staff/leave
  keep officer = /<option value="(\w{13})"[^>]*>[^<]*課員/
  fill staff = {officer}
  fill from = 115.3.9
  send 登記請假 in 起始日
  see 民國115年3月9日
  send 今天銷假 in /leave/end
  status 200
as another officer
  sign in as clerk@district
  open /staff/leave
  see 請假
  fill staff = 0000000000001
  fill from = 115.3.9
  send 登記請假 in 起始日
  status 422
  see 請選擇一位同仁
# He runs the first day; on the second he is back: that ends it yesterday.
as an officer
  clock +1d
  sign in as clerk3@district
  open /staff/leave
  send 今天銷假 in /leave/end
  see 請假已撤回
  not 民國115年3月2日到
# A colleague who has gone to another unit: the head of the old one finds his cases.
as a citizen
  applied for zoning at district
as the clerk who moves
  sign in who has case {case} at district
  send in act/take
  keep me = /href="[^"]*account"[^>]*>\s*([^<\s]+)/
as the administrator
  sign in admin at district
  open /staff/settings/people
  keep person = /href="(\/staff\/settings\/people\/\w{13})">{me}</
  open {person}
  keep unit = /<option value="(\w{13})"[^>]*>民政課/
  fill unit = {unit}
  send 儲存 in people/
  see 已儲存
as the head of the old unit
  sign in as chief2@district
  open /staff/desk
  see {me}
  see 現任職於民政課
  keep from = /<option value="(\w{13})"[^>]*>{me} [^<]*現任職於/
  keep to = /name="to">[\s\S]*?value="(\w{13})"/
  fill from = {from}
  fill to = {to}
  send in /staff/desk
  see 已移交
  not 現任職於民政課
