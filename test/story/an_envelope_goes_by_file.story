# To an agency of another installation an envelope goes by file: its card is looked at, its
# fingerprint compared and kept, what is sent is a file for it alone; without the call nobody is
# kept as a partner, and a key that is forgotten gets nothing more.
as the household office
  download /household/key/card
  keep card = /^([\s\S]+)$/
as the district
  sign in coordinator at district
  open /staff/envelopes/partners
  see 尚無其他系統的合作機關
  fill card = nonsense
  send 檢視金鑰卡 in envelopes/partners
  status 422
  see 這不是機關的金鑰卡
  fill card = {card}
  send 檢視金鑰卡 in envelopes/partners
  status 200
  keep print = /name="sure" value="([^"]+)"/
  fill card = {card}
  send 儲存合作機關 in envelopes/partners
  see 尚無其他系統的合作機關
  fill card = {card}
  fill sure = {print}
  send 儲存合作機關 in envelopes/partners
  status 200
  keep public = /name="public" value="(\w+)"/
  open /staff/envelopes/new
  fill to = {public}
  fill kind = referral
  fill subject = 以檔案轉介
  fill purpose = 測試
  fill text = 內容不得外洩
  send 簽章送出 in envelopes/new
  see 已送出
  keep file = /href="(\/staff\/envelopes\/\w+\/file\/sent)"/
  download {file}
  not 內容不得外洩
  attach file = downloaded envelope.txt
  open /staff/envelopes/bring
  send in envelopes/bring
  status 422
  open /staff/envelopes/partners
  send in partners/forget
  status 200
  see 尚無其他系統的合作機關
