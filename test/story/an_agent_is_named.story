# Who applies for somebody else says who he is: on line as he sends it, at the counter with
# his identity card seen. The officer reads it once the case is shown.
as an agent
  open /district/apply/zoning
  fill applicant_kind = person
  fill name = 林小青
  fill national_id = A123456789
  fill mobile = 0912345678
  send in asked
  fill section = 青埔段
  fill parcel_main = 123
  fill parcels = 1
  send in asked
  fill purpose = sale
  fill copies = 1
  fill pickup = counter
  fill agree = true
  send in asked
  at /district/apply/zoning/check
  see 我代理他人申請
  fill agent = 1
  fill agent_name = 王大同
  send in apply/zoning/check
  status 422
  see 請填寫受委託人與申請人的關係
  see value="王大同"
  fill agent = 1
  fill agent_name = 王大同
  fill agent_relation = 代書
  fill agent_authority = 115.3.1 委託書
  send in apply/zoning/check
  see 我們已收到您的申請
  keep number = /(DA-115-\d{6}-\d)/
as officer
  sign in as clerk3@district
  open case {number}
  see 受委託人
  not 王大同
  send 接辦這件案件 in act/take
  send 顯示個資 in /show
  see 王大同
  see 代書
  see 115.3.1 委託書
  open /staff/intake/services/zoning
  fill applicant_kind = person
  fill name = 林小青
  fill national_id = A123456789
  fill mobile = 0912345678
  fill section = 青埔段
  fill parcel_main = 123
  fill parcels = 1
  fill purpose = sale
  fill copies = 1
  fill pickup = counter
  fill agree = true
  fill agent = 1
  fill act = accept
  send in services/zoning
  status 422
  see 請填寫受委託人姓名
  see 請核對受委託人身分證件後打勾
  fill agent = 1
  fill agent_name = 王大同
  fill agent_relation = 代書
  fill agent_id_seen = 1
  fill act = accept
  send in services/zoning
  status 200
  see 已收件
