# What tells of somebody's health goes to another agency with the consent only: who agreed, when,
# and on which paper; the receiver reads it with the rest.
as a citizen
  applied for disability at district
as the officer
  sign in who has case {case} at district
  send 顯示個資 in show
  follow 向其他機關查詢或轉介
  see 健康資料
  fill to = health
  fill kind = referral
  fill subject = 轉請安排鑑定
  fill purpose = 身心障礙鑑定
  fill with = answers
  send 簽章送出 in envelopes/new
  status 422
  see 申請內容含有健康資料
  see 請填寫由誰同意提供健康資料
  see 請填寫同意日期，不能晚於今天
  see 請填寫同意記載在哪一份書件
  fill to = health
  fill kind = referral
  fill subject = 轉請安排鑑定
  fill purpose = 身心障礙鑑定
  fill with = answers
  fill consent_who = 林小青
  fill consent_on = 115.3.9
  fill consent_paper = 健康資料提供同意書
  send 簽章送出 in envelopes/new
  status 422
  see 請填寫同意日期，不能晚於今天
  fill to = health
  fill kind = referral
  fill subject = 轉請安排鑑定
  fill purpose = 身心障礙鑑定
  fill with = answers
  fill consent_who = 林小青
  fill consent_on = 115.3.2
  fill consent_paper = 健康資料提供同意書
  send 簽章送出 in envelopes/new
  see 已送出
as the health centre
  sign in officer at health
  reload /staff/envelopes until 轉請安排鑑定
  follow 轉請安排鑑定
  not 健康資料提供同意書
  send 顯示 in show
  see 健康資料提供同意書
  see 115.03.02
as an officer of the household office
  sign in officer at household
  open /staff/envelopes/new
  fill to = health
  fill kind = referral
  fill subject = 一週血壓紀錄
  fill purpose = 健康促進
  fill health = 1
  send 簽章送出 in envelopes/new
  status 422
  see 請填寫由誰同意提供健康資料
  run check
  see sound
