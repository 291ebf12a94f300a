# What ends without a decision costs no fee: neither is the applicant asked for it, nor does
# the counter take it.
as a citizen
  applied for transcript at household
  open /household/status
  fill number = {case}
  fill code = {code}
  send in status
  see 尚需繳納
  send in /withdraw
  see 已撤回
  see 不須繳納規費
  not 尚需繳納
  not 請到櫃檯繳費
as cashier
  sign in cashier at household
  open /staff/cashier?case={case}
  see {case}
  not 收款並列印收據
