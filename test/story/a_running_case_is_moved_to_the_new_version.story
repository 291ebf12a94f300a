# A service is published anew with a longer term, a higher fee and one more question. Running
# cases keep their version; the officer looks at what would change for his, and moves it; the
# administrator sees which are left and moves them together.
in a city of its own
as a citizen
  applied for zoning at district
  keep first = /"case": ?"([^"]+)"/
  keep first_code = /"code": ?"([^"]+)"/
  applied for zoning at district
as the administrator
  copy pack district
  in zoning change limit: { value: 3, unit: working } to limit: { value: 8, unit: working }
  in zoning change dollars: 100 to dollars: 120
  in zoning change - key: agree to - key: why_now{newline}        type: text{newline}        label: { zh: 用途說明, en: What for, ja: 用途 }{newline}        example: 買賣{newline}      - key: agree
  run pack load {pack} --agency district
  status 0
as officer
  sign in as clerk3@district
  open case {first}
  see 第 2 版
  send in act/take
  follow 查看改用新版
  see 第 1 版
  see 新臺幣 120 元
  see 用途說明
  see 期限：3 → 8 個工作天
  send in /move
  status 422
  see 請說明改用新版的理由
  fill move_note = 新收費標準自公告日起適用
  send in /move
  status 200
  see 已改用其他版本
  not 查看改用新版
  send in /show
  see 新收費標準自公告日起適用
as a citizen
  open /district/status
  fill number = {first}
  fill code = {first_code}
  send in status
  see 本服務的新規定
  see 新收費標準自公告日起適用
as whoever publishes
  sign in admin at district
  open /staff/settings/definitions
  follow 舊版進行中案件
  status 200
  see {case}
  not {first}
  see 新臺幣 100 元
  fill move_note = 一併適用新收費標準
  send in zoning/cases
  status 422
  see 請勾選要改用新版的案件
  keep row = /value="([^"]+)"> <span class="vh">改用 {case}/
  fill case = {row}
  fill move_note = 一併適用新收費標準
  send in zoning/cases
  status 200
  see 已改用 1 件
  not {case}
