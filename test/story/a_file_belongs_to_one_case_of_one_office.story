# A file is for the office it was sent to, and is read in its case only: neither another office,
# nor another unit, nor the page of another case gives it out or takes it in.
as a program
  send file png map.png to /api/v1/district/files
  status 201
  keep sent = /"file":"([^"]+)"/
  apply for english at household with passports = {sent}
  status 422
  see 沒有這個檔案
  apply for zoning at district with map = {sent}
  status 201
  keep case = /"case":"([^"]+)"/
as an officer
  sign in as clerk3@district
  open case {case}
  download {page}/files/{sent}
  status 404
  open {page}
  send in act/take
  send in /show
  keep file = /href="([^"]*files[^"]*)"/
  keep inside = /files\/(\w+)"/
  download {file}
  status 200
  bytes begin 89 50 4E 47
as an officer of another unit
  sign in as clerk@district
  download {file}
  status 404
as an officer of another office
  sign in as clerk3@household
  download {file}
  status 404
as nobody
  download {file}
  status 303
as a program
  apply for zoning at district with map = {inside}
  status 422
  see 沒有這個檔案
  apply for english at household with passports = {inside}
  status 422
  see 沒有這個檔案
  applied for zoning at district
as an officer
  open case {case}
  send in act/take
  send in /show
  download {page}/files/{inside}
  status 404
as a program
  applied for english at household
as an officer of another office
  open case {case}
  download {page}/files/{inside}
  status 404
