# The cashier gives a colleague a pad and takes it back: from then on no receipt can be written
# from it, the numbers left are nobody's, and the check knows it.
as the cashier
  sign in cashier at district
  open /staff/cashier/series
  send 發給 in cashier/pads
  status 422
  keep clerk = /name="staff"[\s\S]*?value="(\w{13})"/
  fill staff = {clerk}
  fill count = 10
  send 發給 in cashier/pads
  status 200
  keep pad = /action="(\/staff\/cashier\/pads\/\w+\/return)"/
  send 收回 in {pad}
  status 200
  see 已繳回
  not {pad}
as an officer
  sign in officer at district
  open /staff/cashier/series
  not 收回
  run check
  see sound
