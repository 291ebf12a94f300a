# An office loads its own template of a letter and goes back to the plain one; what is no template
# is refused with what to do, and only who keeps the texts of the office may.
as an officer
  sign in officer at district
  open /staff/templates
  status 404
as the administrator
  sign in admin at district
  open /staff/templates
  see 預設格式
  keep plain = /href="(\/staff\/templates\/[^"]+\.odt)"/
  keep to = /action="(\/staff\/templates\/\w+)"/
  send 上傳 in {to}
  status 422
  attach file = png letter.odt
  send 上傳 in {to}
  status 422
  download {plain}
  bytes begin 50 4B 03 04
  attach file = downloaded letter.odt
  open /staff/templates
  send 上傳 in {to}
  status 200
  see 改回預設格式
  send 改回預設格式 in {to}
  status 200
  not 改回預設格式
