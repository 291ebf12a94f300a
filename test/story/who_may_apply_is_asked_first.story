# Before the form: a No gives the reason and where else to turn, and nothing of it is kept;
# all yes lead to the first page.
as a citizen
  open /district/services/mediation
  see 先確認您是否符合資格
  open /district/apply/mediation
  status 200
  see 您可以申請嗎
  send in apply/mediation
  status 422
  see 請選是或否
  see href="#f-open_in_court"
  fill open_in_court = no
  send in apply/mediation
  status 200
  see 第一審辯論終結後不能聲請調解
  see 請洽受理的法院
  see 可以洽詢
  open /district/apply/mediation
  see 您可以申請嗎
  not 請洽受理的法院
