# The owner pays from the progress page: by the built-in simulation, which says so. Refused
# first, paid then; told twice it is paid once. The case shows the receipt.
as citizen
  applied for zoning at district
  open /district/status
  fill number = {case}
  fill code = {code}
  send in status
  see 尚需繳納
  see 這裡的繳費是模擬的
  remember the page
  fill way = online
  send 線上繳費 in /pay/
  status 200
  see 等待繳費結果
  see 不會實際扣款
  keep pay = /href="([^"]*\/pay\/[^"]*\/simulator)"/
  open {pay}
  send 拒絕（模擬） in simulator
  see 未繳費
  back
  send 線上繳費 in /pay/
  see 等待繳費結果
  keep pay = /href="([^"]*\/pay\/[^"]*\/simulator)"/
  open {pay}
  remember the page
  send 繳費（模擬） in simulator
  see 我們已收到您的繳費
  back
  send 繳費（模擬） in simulator
  see 我們已收到您的繳費
  follow 回到您的案件
  see 費用已繳清
  see 115E-0
  post /api/v1/payments {"shop":"simulator","office":"district","order":"0000000000001","state":"paid","amount":1,"reference":"x","at":1,"sign":"00"}
  status 403
as stranger
  open {pay}
  not 模擬繳費
as officer
  sign in officer at district
  open /staff/cashier?case={case}
  see 費用已繳清
