# Once a year each service is looked at again: papers, seals and limit by version, what changed,
# what was found and when the next look is. How many applied on line stands beside the year before.
as the coordinator
  sign in coordinator at district
  open /staff/upkeep
  see 服務檢討
  see 土地使用分區證明
  follow 土地使用分區證明
  see 各版本並列
  see 還沒有檢討紀錄
  send 儲存檢討紀錄 in upkeep/zoning
  status 422
  see 請選擇檢討結果
  see 請以幾句話說明檢討情形
  fill finding = changes
  fill found = 地籍圖謄本改由本所查調，擬刪除申請書影本
  fill next = 115.3.2
  send 儲存檢討紀錄 in upkeep/zoning
  status 422
  see 須在今天之後
  see 擬刪除申請書影本
  fill finding = changes
  fill found = 地籍圖謄本改由本所查調，擬刪除申請書影本
  fill next = 116.3.2
  send 儲存檢討紀錄 in upkeep/zoning
  status 200
  see 須修正
  see 擬刪除申請書影本
  see 116.03.02
as the administrator
  copy pack district
  in zoning change limit: { value: 3, unit: working } to limit: { value: 2, unit: working }
  run pack load {pack} --agency district
  status 0
as the coordinator
  open /staff/upkeep/zoning
  see 修正內容
  see 2 個工作天
  see 3 個工作天
  open /staff/ways
  see 民眾如何申辦（民國115年）
  see 項線上申辦
  see 為線上申請
  see 民國114年同期
  see 期限內
  see 電話
  open /staff/ways?year=2025
  see 民眾如何申辦（民國114年）
  run check
  see sound
as an officer
  sign in as clerk3@district
  open /staff/upkeep
  status 404
