# A program of another office applies for somebody; sent twice it gets the first receipt.
as a program
  get /api/v1/district/services
  status 200
  get /api/v1/openapi.json
  json openapi = 3.1.0
  post /api/v1/district/services/zoning/cases key 7f3a {"answers":{"name":"林小青"}}
  status 422
  see parcel_main
  post /api/v1/district/services/zoning/cases key 7f3a {"answers":{"applicant_kind":"person","name":"林小青","national_id":"A123456789","mobile":"0912345678","section":"青埔段","parcel_main":123,"parcels":1,"purpose":"sale","copies":1,"pickup":"counter","agree":true}}
  status 201
  keep case = /"case":"([^"]+)"/
  keep code = /"code":"([^"]+)"/
  post /api/v1/district/services/zoning/cases key 7f3a {"answers":{"applicant_kind":"person","name":"林小青","national_id":"A123456789","mobile":"0912345678","section":"青埔段","parcel_main":123,"parcels":1,"purpose":"sale","copies":1,"pickup":"counter","agree":true}}
  status 201
  json case = {case}
  json code = {code}
  get /api/v1/district/cases/{case} bearer {code}
  json state = received
  json steps.0.key = received
  get /api/v1/district/cases/{case} bearer 000000000000
  status 404
  get /api/v1/district/cases/{case}
  status 401
  see Authorization: Bearer
  get /api/v1/district/cases/DA-115-999999-9
  status 401
  get /api/v1/household/cases/{case} bearer {code}
  status 404
  post /api/v1/district/services/zoning/cases key 7f3a {"answers":{"applicant_kind":"person","name":"林大青","national_id":"A123456789","mobile":"0912345678","section":"青埔段","parcel_main":123,"parcels":1,"purpose":"sale","copies":1,"pickup":"counter","agree":true}}
  status 409
  not 有人先處理了
  post /api/v1/district/services/nothing/cases {"answers":{}}
  status 404
