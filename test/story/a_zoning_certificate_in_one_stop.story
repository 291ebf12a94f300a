# One counter, one stop: applied for, decided by the officer himself, paid with a receipt of the
# pad, the certificate numbered and handed over, and no transcript was brought.
as a citizen
  open /district/services/zoning
  see 由本機關查調，免附
  applied for zoning at district
as officer
  sign in as clerk3@district
  open case {case}
  send in act/take
  send 顯示個資 in /show
  see 電子查驗
  fill outcome = grant
  send 決行 in act/propose
  see 核准
  open /staff/cashier?case={case}
  send 收款並列印收據 in cashier/take
  status 200
  see 收執聯
  open {page}
  see 已繳清
  open {page}/letters
  fill form = certificate
  send 擬稿
  keep letter = /form method="post" action="([^"]*)\/issue"/
  fill day = 115.3.2
  send 登記發文 in /issue
  status 200
  see 青區經證字第
  open {page}
  send in act/collect
  status 200
as a citizen
  open /district/status
  fill number = {case}
  fill code = {code}
  send in status
  see 文件已領取
