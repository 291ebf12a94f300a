# A matter came to the wrong unit. Its head gives it to the right one with a reason; there it is
# new, and an officer of that unit takes it.
as a citizen
  applied for zoning at district
as the head of the first unit
  sign in who leads case {case} at district
  see 改分其他課室
  send 改分該課室 in act/give
  status 422
  see 請選擇主辦課室
  keep unit = /name="give_units" value="(\w{13})"[^>]*> <span>民政課/
  fill give_units = {unit}
  send 改分該課室 in act/give
  status 422
  see 請寫明由該課室主辦的理由
  fill give_units = {unit}
  fill give_note = 涉及殯葬設施，由民政課主辦
  send 改分該課室 in act/give
  status 200
as an officer of the other unit
  sign in who has case {case} at district
  see 已改分其他課室
  see 民政課
  send 接辦這件案件 in act/take
  see 處理中
as a citizen
  open /district/status
  fill number = {case}
  fill code = {code}
  send in status
  see 民政課
