# A text that calls itself PDF is refused; a photograph comes in without the place it was taken at.
as a citizen
  open /district/apply/zoning
  fill applicant_kind = person
  fill name = 林小青
  fill mobile = 0912345678
  send in asked
  fill national_id = A123456789
  send in asked
  fill section = 青埔段
  fill parcel_main = 9
  fill parcels = 1
  attach map = text map.pdf
  send in asked
  status 422
  see 位置圖
  see href="#f-map"
  see value="青埔段"
  attach map = jpeg 位置圖.jpg
  send in asked
  at /district/apply/zoning/step/certificate
  fill purpose = sale
  fill copies = 1
  fill pickup = counter
  fill agree = true
  send in asked
  see 位置圖.jpg
  send in apply/zoning/check
  keep number = /(DA-115-\d{6}-\d)/
as an officer
  sign in as clerk3@district
  open case {number}
  send in act/take
  status 200
  send in /show
  keep file = /href="([^"]*files[^"]*)"/
  download {file}
  status 200
  bytes begin FF D8 FF
  bytes have no place
as an officer of another unit
  sign in as clerk@district
  download {file}
  status 404
