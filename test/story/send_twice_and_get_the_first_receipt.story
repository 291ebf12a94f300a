# Back in the browser and sent once more: the first receipt again, no second case.
as a citizen
  open /district/apply/zoning
  fill applicant_kind = person
  fill name = 王大同
  fill national_id = A123456789
  fill mobile = 0912345678
  send in asked
  fill national_id = A123456789
  send in asked
  fill section = 青埔段
  fill parcel_main = 7
  fill parcels = 1
  send in asked
  fill purpose = loan
  fill copies = 2
  fill pickup = counter
  fill agree = true
  send in asked
  at /district/apply/zoning/check
  remember the page
  send in apply/zoning/check
  keep number = /(DA-115-\d{6}-\d)/
  back
  send in apply/zoning/check
  see {number}
  see 我們已收到您的申請
