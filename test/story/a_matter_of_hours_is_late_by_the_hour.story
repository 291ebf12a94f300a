# A matter of four hours ends within the day: the applicant reads until when, the officer counts
# the hours, finds it under what ends soon, and after four hours it is late, not at midnight.
in a city of its own
as the administrator
  copy pack district
  in street_lamp change limit: { value: 3, unit: working } to limit: { value: 4, unit: hour }{newline}control: { value: 2, unit: hour }
  run pack load {pack} --agency district
  status 0
as a citizen
  applied for street_lamp at district
  open /district/status
  fill number = {case}
  fill code = {code}
  send in status
  see :
  keep until = /(民國\d+年\d+月\d+日 14:00)/
  open /district/receipt/{case}
  see {until}
as officer
  sign in who has case {case} at district
  open /staff
  see 將到期
  open /staff/worklist?list=unit&when=soon
  see {case}
  see 小時後
  see 管制期限
clock +200m
as officer
  sign in who has case {case} at district
  open /staff/worklist?list=unit&when=late
  not {case}
  open /staff/worklist?list=unit&when=late&by=control
  see {case}
  see 逾期 1 小時
clock +2h
as officer
  sign in who has case {case} at district
  open /staff/worklist?list=unit&when=late
  see {case}
  see 逾期 1 小時
as head
  sign in head at district
  open /staff/head
  see {case}
