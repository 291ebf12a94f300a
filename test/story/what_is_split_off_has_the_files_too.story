# A second case has the files that came with the first: the same, not copies. Who handles only
# the second one reads them there, and does not see the first.
as a program
  send file png map.png to /api/v1/district/files
  keep sent = /"file":"([^"]+)"/
  apply for zoning at district with map = {sent}
  status 201
  keep case = /"case":"([^"]+)"/
  keep code = /"code":"([^"]+)"/
as officer
  sign in as clerk3@district
  open case {case}
  send in act/take
  keep first = /href="(\/staff\/cases\/\w{13})\/why/
  fill split_note = 第二筆土地另案辦理
  send in act/split
  status 200
  see 另案：
  keep second = /自本案分出 <a href="[^"]*">(DA-\d{3}-\d{6}-\d)/
  open case {second}
  send in /show
  keep file = /href="([^"]*files[^"]*)"/
  download {file}
  status 200
  bytes begin 89 50 4E 47
as unit head
  sign in as chief2@district
  open case {second}
  keep unit = /name="give_units" value="(\w{13})"[^>]*> <span>民政課/
  fill give_units = {unit}
  fill give_note = 第二筆由民政課主辦
  send in act/give
  status 200
as an officer of the other unit
  sign in who has case {second} at district
  send in act/take
  status 200
  send in /show
  keep file = /href="([^"]*files[^"]*)"/
  download {file}
  status 200
  bytes begin 89 50 4E 47
  open {first}
  status 404
as a citizen
  open /district/status
  fill number = {second}
  fill code = {code}
  send in status
  status 200
