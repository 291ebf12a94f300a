# Where the definition says so, the paper is handed over only when the fee is paid; a waiver with
# its ground counts, more was paid goes back as a refund that three people carry.
as citizen
  applied for transcript at household
as officer
  sign in who has case {case} at household
  fill outcome = grant
  fill proposal = 資料相符
  send in act/propose
  status 200
  send in act/collect
  status 409
  see 請先收費
  open /staff/cashier?case={case}
  send 收款並列印收據 in cashier/take
  status 200
  see 收執聯
  keep fees = /href="(\/staff\/cashier\/cases\/\w+)"/
  open {page}
  see 已繳清
  send in act/collect
  status 200
  open {fees}
  fill refund_dollars = 5
  send 提出申請 in /refund
  status 422
  fill refund_dollars = 5
  fill refund_note = 少印一張
  fill reason = too_much
  send 提出申請 in /refund
  status 200
  see 申請中
as cashier
  sign in cashier at household
  open /staff/cashier/refunds
  see 申請中
  not 核准退費
as head
  sign in head at household
  open /staff/cashier/refunds
  send 核准退費 in refunds
  status 200
  see 已核准
as cashier
  open /staff/cashier/refunds
  fill reference = V-1
  send 已退款 in refunds
  status 200
  see V-1
as officer
  open {fees}
  see 已退費
