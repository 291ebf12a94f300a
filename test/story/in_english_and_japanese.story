# The same path in the other two languages: words, days and mistakes.
as a visitor from abroad
  open /en/district/apply/zoning
  see Applicant
  fill applicant_kind = person
  fill name = John Smith
  fill mobile = 12
  send in asked
  status 422
  see Mistake
  see 0912-345-678
  see National ID number
  fill mobile = 0912 345 678
  fill national_id = A800000014
  send in asked
  fill section = Qingpu Section
  fill parcel_main = 123
  fill parcels = 1
  send in asked
  fill purpose = sale
  fill copies = 1
  fill pickup = counter
  fill agree = true
  send in asked
  see Check your answers
  send in apply/zoning/check
  see We have received your application
  see 2 March 2026
as a Japanese
  open /ja/household/apply/transcript
  status 200
  see 申請
  send in asked
  status 422
  see 入力
