# What an administrator loads is checked first; a mistake is told at line and column.
as admin
  sign in admin at district
  open /staff/settings/definitions/load
  send 檢查並發布 in definitions/load
  status 422
  see 請貼上定義內容或選擇檔案
  fill source = kind: nonsense
  send 檢查並發布 in definitions/load
  status 422
  see definition.yaml:1:
  open /staff/settings/definitions
  see zoning
as officer
  sign in officer at district
  open /staff/settings/definitions
  status 404
