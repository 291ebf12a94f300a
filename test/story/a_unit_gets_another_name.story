# A unit gets another name: its cases show it at once, whoever has them open.
as a citizen
  applied for english at household
as the officer
  sign in who has case {case} at household
  keep before = /<dt>課室<\/dt><dd>([^<]+)/
as admin
  sign in admin at household
  open /staff/settings/units
  follow {before}
  fill name.zh = 更名後的課
  send 儲存
  status 200
  see 更名後的課
as the officer
  open {page}
  see 更名後的課
  not {before}
