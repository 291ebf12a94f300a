# One tap on the progress page, without a script; a bad one is before the chief at once, who takes it
# up, reads the word, and writes what was done. No clerk is named in the figures.
as a citizen
  applied for zoning at district
  open /district/status
  fill number = {case}
  fill code = {code}
  send in status
  see 到目前為止感受如何
  see 非常滿意
  open /district/status/{case}/feeling
  fill word = 等太久
  fill face = 1
  send 非常不滿意 in feeling
  see 您選的是「非常不滿意」
as the officer
  sign in as clerk3@district
  open /staff/feelings
  status 404
as the head
  sign in head at district
  open /staff/feelings
  see {case}
  not 等太久
  send 處理並閱讀留言 in feelings
  see 等太久
  send 儲存 in feelings
  status 422
  see 請填寫處理情形
  fill answer = 已致電說明
  send 儲存 in feelings
  see 已致電說明
as the other head
  sign in head at household
  open /staff/feelings
  not {case}
