# A service is paused while somebody applies: it says why and since when, nothing can be sent,
# and the draft goes on when it is open again. Out of season it says when it opens.
in a city of its own
as a citizen
  open /district/apply/zoning
  fill applicant_kind = person
  fill name = 林小青
  fill mobile = 0912345678
  send in asked
  fill applicant_kind = person
  fill national_id = A123456789
  send in asked
  at /district/apply/zoning/step/land
  remember the page
as the administrator
  copy pack district
  in zoning change unit: works to status: { state: paused, from: 2026-01-15, note: { zh: 系統搬遷, en: The system moves, ja: システム移転 } }{newline}unit: works
  run pack load {pack} --agency district
  status 0
as a visitor
  open /district/services/zoning
  see 起暫停受理
  see 系統搬遷
  not href="/district/apply/zoning"
  open /district/services
  see 暫停受理
  open /district/apply/zoning
  see 目前無法申請
  get /api/v1/district/services/zoning
  status 200
as a citizen
  back
  fill section = 青埔段
  fill parcel_main = 123
  fill parcels = 1
  send in asked
  status 409
  see 系統搬遷
  see 您填寫的內容保留至
as the administrator
  in zoning change status: { state: paused, from: 2026-01-15, to status: { state: open,
  run pack load {pack} --agency district
  status 0
as a citizen
  open /district/apply/zoning/step/land
  status 200
  see 地段
as a visitor
  open /health/services/flu_vaccine
  see 重新開放申請
