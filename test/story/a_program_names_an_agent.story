# A program applies for somebody on behalf of somebody else: it says who, as the pages ask it, and
# only where the service takes agents. The officer reads it once the case is shown.
as a program
  get /api/v1/openapi.json
  see letter of attorney
  post /api/v1/district/services/zoning/cases key ag1 {"agent":{"name":" ","authority":"115.3.1","fax":"1"},"answers":{"applicant_kind":"person","name":"林小青","national_id":"A123456789","mobile":"0912345678","section":"青埔段","parcel_main":123,"parcels":1,"purpose":"sale","copies":1,"pickup":"counter","agree":true}}
  status 422
  see agent.name
  see agent.relation
  see agent.fax
  post /api/v1/district/services/zoning/cases key ag1 {"agent":"王大同","answers":{"applicant_kind":"person","name":"林小青","national_id":"A123456789","mobile":"0912345678","section":"青埔段","parcel_main":123,"parcels":1,"purpose":"sale","copies":1,"pickup":"counter","agree":true}}
  status 422
  see "agent"
  post /api/v1/district/services/zoning/cases key ag1 {"agent":{"name":"王大同","relation":"代書","authority":"115.3.1 委託書"},"answers":{"applicant_kind":"person","name":"林小青","national_id":"A123456789","mobile":"0912345678","section":"青埔段","parcel_main":123,"parcels":1,"purpose":"sale","copies":1,"pickup":"counter","agree":true}}
  status 201
  keep number = /"case":"([^"]+)"/
  post /api/v1/district/services/zoning/cases key ag1 {"agent":{"name":"王大同","relation":"代書","authority":"115.3.1 委託書"},"answers":{"applicant_kind":"person","name":"林小青","national_id":"A123456789","mobile":"0912345678","section":"青埔段","parcel_main":123,"parcels":1,"purpose":"sale","copies":1,"pickup":"counter","agree":true}}
  status 201
  json case = {number}
  post /api/v1/district/services/zoning/cases key ag1 {"agent":{"name":"王小同","relation":"代書"},"answers":{"applicant_kind":"person","name":"林小青","national_id":"A123456789","mobile":"0912345678","section":"青埔段","parcel_main":123,"parcels":1,"purpose":"sale","copies":1,"pickup":"counter","agree":true}}
  status 409
as officer
  sign in as clerk3@district
  open case {number}
  see 受委託人
  see 王○同
  not 王大同
  send 接辦這件案件 in act/take
  send 顯示個資 in /show
  see 王大同
  see 代書
  see 115.3.1 委託書
as another program
  post /api/v1/cityhall/services/venue/cases {"agent":{"name":"王大同","relation":"代書"},"answers":{}}
  status 422
  see 這項服務不能由他人代理申請
