# Names are masked; one press shows those of one's own list, elsewhere a reason is needed,
# and after ten minutes they are masked again. A name on the list opens no case.
as officer
  sign in officer at district
  open /staff/worklist?list=mine
  see ○
  not class="shown"
  send 顯示姓名 in worklist/show
  see class="shown"
  keep first = /href="([^"]*\/staff\/cases\/[^"]+)"/
  open {first}
  see ○
  not class="shown"
  see 顯示個資
  open /staff/worklist?list=mine
  see class="shown"
  clock +11m
  open /staff/worklist?list=mine
  not class="shown"
as chief
  sign in unit_head at district
  open /staff/worklist?list=unit
  send 顯示姓名 in worklist/show
  status 422
  fill reason = enquiry
  send 顯示姓名 in worklist/show
  see class="shown"
