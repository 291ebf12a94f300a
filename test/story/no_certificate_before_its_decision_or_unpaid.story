# A certificate is drafted at any time, and goes out only once the case is granted and, where
# the definition says so, paid: on its own page and by a line of numbers alike.
as citizen
  applied for transcript at household
as officer
  sign in who has case {case} at household
  open {page}
  send 顯示個資 in /show
  open {page}/letters
  fill form = transcript
  send 擬稿
  see 案件依此內容決行後，才能登記發文
  keep letter = /form method="post" action="([^"]*)\/drop"/
  open /staff/letters
  fill numbers = {case},戶謄字第1號,115.3.2
  send 登記發文
  status 422
  see 此文件須於案件決行後才能發出
  open {page}
  fill outcome = grant
  fill proposal = 資料相符
  send in act/propose
  status 200
  open {letter}
  fill day = 115.3.2
  send 登記發文 in /issue
  status 409
  see 請先收費
  open /staff/letters
  fill numbers = {case},戶謄字第1號,115.3.2
  send 登記發文
  status 422
  see 請先收費
  open /staff/cashier?case={case}
  send 收款並列印收據 in cashier/take
  status 200
  open {letter}
  fill day = 115.3.2
  send 登記發文 in /issue
  status 200
  see 已發文
