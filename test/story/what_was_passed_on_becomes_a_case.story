# A matter that was passed on is not typed a second time: the content is opened, the service
# chosen, what was applied for stands in the form. Accepting it confirms the receipt with the
# number of the new case, and the applicant reads it where he had applied.
as a citizen
  applied for transcript at household
as officer
  sign in who leads case {case} at household
  open {page}
  fill reason = decision
  send 顯示個資 in /show
  follow 移送：由其他機關管轄
  fill to = district
  fill subject = 分區證明申請
  fill purpose = 核發證明
  fill text = 所請為土地使用分區證明
  send 簽章送出並移送結束本案 in envelopes/new
  see 已送出
as the other office
  sign in as clerk3@district
  reload /staff/envelopes until 分區證明申請
  follow 分區證明申請
  see 請先顯示內容
  send 顯示 in show
  keep take = /action="(\/staff\/envelopes\/[^"\/]*\/case)"/
  open {take}?service=zoning
  see 移送
  see 所請為土地使用分區證明
  see value="林小青"
  fill applicant_kind = person
  fill section = 青埔段
  fill parcel_main = 123
  fill parcels = 1
  fill purpose = sale
  fill copies = 1
  fill pickup = counter
  fill agree = true
  fill act = accept
  send in services/zoning
  # By the answers one more question is asked.
  fill national_id = A123456789
  fill act = accept
  send in services/zoning
  status 200
  see 已收件
  keep number = /(DA-115-\d{6}-\d)/
  open /staff/envelopes
  follow 分區證明申請
  see {number}
  not 收件成案
as officer
  reload /staff/envelopes?box=out until 已收到
as a citizen
  open /household/status
  fill number = {case}
  fill code = {code}
  send in status
  see 移送後的處理
  see {number}
