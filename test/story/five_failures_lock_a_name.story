# A wrong name and a wrong password get the same answer; each failure makes the next try
# wait; five lock the name for a quarter of an hour.
as guesser
  open /staff/sign-in
  fill name = nobody@nowhere
  fill password = one two three four
  send 登入
  status 422
  see 登入名稱與密碼不符
  fill name = chief3@district
  fill password = guess number one
  send 登入
  status 422
  see 登入名稱與密碼不符
  fill name = chief3@district
  fill password = guess number two
  send 登入
  see 登入名稱與密碼不符
  fill name = chief3@district
  fill password = guess at once
  send 登入
  see 秒後再試
  clock +1m
  fill name = chief3@district
  fill password = guess number three
  send 登入
  see 登入名稱與密碼不符
  clock +1m
  fill name = chief3@district
  fill password = guess number four
  send 登入
  see 登入名稱與密碼不符
  clock +1m
  fill name = chief3@district
  fill password = guess number five
  send 登入
  see 登入名稱與密碼不符
  clock +1m
  fill name = chief3@district
  fill password = guess number six
  send 登入
  see 暫時鎖定
  clock +16m
  fill name = chief3@district
  fill password = guess number seven
  send 登入
  see 登入名稱與密碼不符
# A name that nobody has waits and is locked in the same way.
as stranger
  open /staff/sign-in
  fill name = ghost@district
  fill password = guess number one
  send 登入
  see 登入名稱與密碼不符
  fill name = ghost@district
  fill password = guess number two
  send 登入
  see 登入名稱與密碼不符
  fill name = ghost@district
  fill password = guess at once
  send 登入
  see 秒後再試
  clock +1m
  fill name = ghost@district
  fill password = guess number three
  send 登入
  see 登入名稱與密碼不符
  clock +1m
  fill name = ghost@district
  fill password = guess number four
  send 登入
  see 登入名稱與密碼不符
  clock +1m
  fill name = ghost@district
  fill password = guess number five
  send 登入
  see 登入名稱與密碼不符
  clock +1m
  fill name = ghost@district
  fill password = guess number six
  send 登入
  see 暫時鎖定
