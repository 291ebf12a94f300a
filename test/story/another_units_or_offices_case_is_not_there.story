# Nobody sees what is not theirs: 404, in the office's look.
as a citizen
  applied for zoning at district
as the officer
  sign in as clerk3@district
  open case {case}
as an officer of another unit
  sign in as clerk@district
  open {page}
  status 404
  not 林
as an officer of another office
  sign in as clerk3@household
  open {page}
  status 404
  not 林
as nobody
  open {page}
  at /staff/sign-in
  get /api/v1/household/cases/{case} bearer {code}
  status 404
