# A definition is published anew: new applications get it, a running case keeps its own.
as a citizen
  applied for venue at cityhall
as the officer
  sign in as clerk3@cityhall
  open case {case}
  keep old = /<dt>([^<]+)<\/dt><dd>[^<]*<\/dd><\/div>\s*<\/dl>/
as the administrator
  sign in admin at cityhall
  open /staff/settings/definitions
  status 200
  see venue
  change definition venue to be called 新版名稱
  send in definitions/load
  see 尚未發布
  send in definitions/load
  status 200
as a visitor
  open /cityhall/services/venue
  see 新版名稱
as the officer
  open {page}
  see {old}
  not 新版名稱
