# In a household office most fees belong to what is done in two keys: a third takes the money. How
# many copies and which waiver the clerk says; a changed number shows the new sum first. A void
# receipt is followed by another; money already taken keeps the entry from being taken back.
as clerk
  sign in officer at household
  open /staff/intake
  fill service = id_lost
  fill result = done
  send in strokes
  status 200
  see 國民身分證遺失補領
  see 收取新臺幣 200 元並列印收據
  open /staff/intake
  see 收取規費
  remember the page
  follow 收取規費
  # Card without its slip: nothing is taken.
  fill means = card
  send 並列印收據 in cashier/strokes
  status 422
  see 請輸入
  fill means = cash
  send 並列印收據 in cashier/strokes
  status 200
  see 收執聯
  see 國民身分證遺失補領：補領
  see 新臺幣 200 元
  keep at = /action="(\/staff\/cashier\/receipts\/\w+)\/void"/
  keep stroke = /href="(\/staff\/cashier\/strokes\/\w+)"/
  back
  send 收回 in undo
  status 409
  see 已經收費
  # Void, and another receipt.
  open {at}
  fill parts = 1
  fill why = misprint
  send 確定作廢 in /void
  see 作廢
  open /staff/cashier
  see 尚未收費
  see 國民身分證遺失補領
  open {stroke}
  send 並列印收據 in cashier/strokes
  status 200
  see 收執聯
  # The number of sheets is the clerk's to say; the new sum is seen before it is taken.
  open /staff/intake
  fill service = kinship
  fill result = done
  send in strokes
  fill times_1 = 2
  fill times_2 = x
  send in cashier/strokes
  status 422
  see 數量請填整數
  fill times_1 = 2
  fill times_2 = 3
  send in cashier/strokes
  status 200
  not 收執聯
  see 收取新臺幣 105 元並列印收據
  send 並列印收據 in cashier/strokes
  see 收執聯
  see 新臺幣 105 元
  # A waiver of the definition: nothing is paid, and it is kept who said so.
  open /staff/intake
  fill service = id_renew
  fill result = done
  send in strokes
  fill waiver_1 = number
  send in cashier/strokes
  see 登記免收
  send 登記免收 in cashier/strokes
  status 200
  see 全部免收
  # A fine of the definition has its bounds.
  open /staff/intake
  fill service = birth
  fill result = done
  send in strokes
  fill fine_1 = 5
  send in cashier/strokes
  status 422
  see 這項罰鍰為
  fill fine_1 = 300
  send in cashier/strokes
  see 收取新臺幣 300 元並列印收據
  send 並列印收據 in cashier/strokes
  see 新臺幣 300 元
  follow 應收項目
  see 申請退費
  fill reason = too_much
  fill refund_dollars = 100
  fill refund_note = 逾期日數算錯
  send 提出 in refund
  status 200
  see 逾期日數
  # The day: all of it stands on the sheet.
  open /staff/cashier/day
  see 兩鍵登記
  see 新臺幣 605 元
  fill cash_counted = 605
  send 結帳並封存 in cashier/day
  status 200
  see 封存副本核對相符
  see 國民身分證遺失補領：補領
as stranger
  sign in officer at district
  open {stroke}
  status 404
as citizen
  open {stroke}
  not 國民身分證遺失補領
