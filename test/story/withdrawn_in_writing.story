# Who withdraws by letter is taken at his word: the officer writes down how and when; the case has
# ended for both, and he may come again.
as a citizen
  applied for zoning at district
as the officer
  sign in who has case {case} at district
  send in act/take
  send 記錄撤回 in act/withdraw
  status 422
  fill withdraw_note = 申請人115年3月2日來函撤回
  send 記錄撤回 in act/withdraw
  status 200
  send in /show
  see 申請人115年3月2日來函撤回
  not act/propose
as a citizen
  get /api/v1/district/cases/{case} bearer {code}
  json state = withdrawn
  open /district/status
  fill number = {case}
  fill code = {code}
  send in status
  see 您已撤回
  applied for zoning at district
