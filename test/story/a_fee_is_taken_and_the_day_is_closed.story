# A fee is taken at the counter with the next receipt of the pad, one receipt becomes void, the
# sheet is counted, closed and sealed; another person enters the slip; the accountant has the
# month as a table. The owner pays online what is left of another case.
as citizen
  applied for zoning at district
as officer
  sign in officer at district
  open /staff/cashier
  see 下一張收據
  open /staff/cashier?case={case}
  see 收款並列印收據
  fill dollars = 999999
  send 收款並列印收據 in cashier/take
  status 422
  see 請輸入
  fill dollars = 100
  send 收款並列印收據 in cashier/take
  status 200
  see 收執聯
  keep receipt = /收據 (\d+A-\d{5})/
  keep at = /action="(\/staff\/cashier\/receipts\/\w+)\/void"/
  open /staff/cashier?case={case}
  see 費用已繳清
  open {at}
  send 確定作廢 in /void
  status 422
  see 各聯均須留存
  fill parts = 1
  fill why = misprint
  send 確定作廢 in /void
  see 作廢
  open /staff/cashier?case={case}
  send 收款並列印收據 in cashier/take
  status 200
  open /staff/cashier/day
  see 作廢
  fill cash_counted = 1
  send 結帳並封存 in cashier/day
  status 422
  see 請重新點算
  keep sum = /收據合計 新臺幣 ([\d,]+) 元/
  fill cash_counted = {sum}
  send 結帳並封存 in cashier/day
  status 200
  see 封存副本核對相符
  keep sheet = /(\/staff\/cashier\/sheets\/\w+)/
as stranger
  sign in officer at household
  open {sheet}
  status 404
as cashier
  sign in cashier at district
  see 待繳庫、尚無繳款書號的日報
  open /staff/cashier/day
  open {sheet}
  fill slip_number = 115-0001
  fill slip_day = 999
  send 登記繳庫 in /slip
  status 422
  fill slip_number = 115-0001
  fill slip_day = 115.3.2
  send 登記繳庫 in /slip
  status 200
  see 已繳庫
  open /staff/cashier/series
  see 115E
  fill code = 115b
  fill last = 100
  send 建立字軌 in cashier/series
  status 422
  fill code = 115B
  fill last = 100
  send 建立字軌 in cashier/series
  status 200
  see 115B-00100
as accountant
  sign in accountant at district
  open /staff/cashier/month?month=2026-03
  see 115-0001
  open /staff/cashier/month.csv?month=2026-03
  see "115-0001"
  open /staff/cashier/review
  see 規費法第 11 條
  open /staff/cashier/refunds
  see 目前沒有退費申請
