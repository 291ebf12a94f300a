# The table of fees on the wall is old when it says something else than today's, not whenever some
# definition changes; a fee that ends by its date makes it old on that day, and the guide with it.
in a city of its own
as officer
  sign in officer at district
  open /staff/sheets
  fill sheet = fees
  fill place = 一樓大廳
  send 登記
  status 200
  see 一樓大廳
as somebody at the machine
  copy pack district
  in zoning change dollars: 100 to dollars: 100{newline}    until: 2026-03-05
  run pack load {pack} --agency district
  status 0
as officer
  open /staff/sheets
  # Today it still says the same.
  not <b>115.03.02</b> →
  fill sheet = zoning guide
  fill place = 二樓經建課
  send 登記
  status 200
  remember the page
  open /district/services/zoning/sheets/guide
  see 每件 5 筆土地以內
  clock +5d
  open /district/services/zoning/sheets/guide
  not 每件 5 筆土地以內
  open /district/services/zoning/sheets/notice
  not 每件 5 筆土地以內
  sign in officer at district
  open /staff/sheets
  see 一樓大廳</td><td data-label="版本"><b>115.03.02</b> → 115.03.07
  see 二樓經建課</td><td data-label="版本"><b>115.03.02</b> → 115.03.07
  send 已更換 in /replace
  status 200
