# The authority table says who proposes, who is consulted and who decides; a changed table is
# compared before it is loaded and names the services that it touches. From then on the officer
# of a new case cannot propose, the unit head does; a case that runs keeps its way.
in a city of its own
as a citizen
  applied for elder_lunch at district
  keep before = /"case":"([^"]+)"/
as the office
  copy pack district
  in authority change elder_lunch, name: 老人營養午餐資格之核定, level: unit_head to elder_lunch, name: 老人營養午餐資格之核定, level: secretary, proposes: unit_head, consults: [civil]
  run pack diff {pack} --agency district
  status 0
  see authority: 老人營養午餐資格之核定 (elder_lunch)
  see Decides: unit_head → secretary
  see Proposes: officer → unit_head
  see Consulted each time: nobody → civil
  see touches
  see (elder_lunch)
  not (zoning)
  in authority change consults: [civil] to consults: [cvil]
  run pack check {pack}
  status 1
  see "cvil" is not known here. Did you mean "civil"?
  in authority change , consults: [cvil] } to  }
  run pack load {pack} --agency district
  status 0
as the administrator
  sign in admin at district
  open /staff/settings/authority
  see 擬辦
  see 老人營養午餐
  see 設計核章數
# In the browser a changed table is looked at before it holds.
  open /staff/settings/definitions/load?kind=authority&key=authority
  in the field source change legal_advice, name: 法律諮詢之排定, level: officer to legal_advice, name: 法律諮詢之排定, level: head
  send in definitions/load
  status 200
  see 這份明細表變動的事項
  see 法律諮詢之排定
  see 決行：officer → head
  see 進行中的案件維持原流程
  send in definitions/load
  status 200
  at /staff/settings/definitions
  open /staff/settings/authority
  see 法律諮詢
as a citizen
  applied for elder_lunch at district
  keep after = /"case":"([^"]+)"/
as the officer
  sign in who has case {after} at district
  see 依分層負責明細表，本案擬辦層級：單位主管
  not act/propose
as the unit head
  sign in as chief3@district
  open case {after}
  fill outcome = grant
  send 陳核 in act/propose
  status 200
  see 已陳核
  not act/endorse
as the secretary
  sign in secretary at district
  open case {after}
  send 決行 in act/decide
  see 核准
# The case that was there before goes its old way.
as the officer
  sign in who has case {before} at district
  not 本案擬辦層級
  fill outcome = grant
  send 陳核 in act/propose
  status 200
  see 已陳核
# Whoever works here looks the table up: since when each line stands as it does, and which table
# what was decided went by.
  open /staff/settings/authority
  see 現行第 3 版
  see 第 2 版，民國
  see 第 1 版，民國
  not 修正明細表
as the head
  sign in head at district
  open /staff/head/seals
  see 第 3 版，民國115年3月2日起
  see 第 1 版，民國
  follow 分層負責明細表
  see 實際核章數
as a citizen
  open /staff/settings/authority
  not 現行第 3 版
