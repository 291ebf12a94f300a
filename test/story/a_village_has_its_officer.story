# Which officer of a unit handles which village is a table with days; a case goes to the officer
# of the village in its address, however much he has; from another day on it is another's, and
# what was entered for later can be taken back. Who may not change the table does not see a key.
in a city of its own
as the unit head
  sign in as chief3@district
  open /staff/assignment
  see 社會課的新案件如何分案
  see 依里別
  see 公園里
  see 不指定：分給未結案件最少的同仁
  keep first = /name="village_to\.0"[\s\S]*?<option value="([0-9A-Z]{13})"/
  keep second = /<option value="{first}">[^<]*<\/option><option value="([0-9A-Z]{13})"/
  keep name = /<option value="{first}">(\S+)/
  keep other = /<option value="{second}">(\S+)/
  send 儲存 in 另增一里
  status 422
  see 沒有選擇任何異動
  fill village_to.0 = {first}
  fill village_since = 115年2月30日
  send 儲存 in 另增一里
  status 422
  see 請填日期，例如
  fill village_to.0 = {second}
  fill village_since = 114.1.1
  send 儲存 in 另增一里
  status 422
  see 過去的不再變動
  fill village_to.0 = {second}
  fill village_since = 115.3.2
  send 儲存 in 另增一里
  see 已儲存
  see {other}
  fill village = 青埔區新榮里
  fill village_to.fresh = {first}
  send 儲存 in 另增一里
  see 新榮里
as citizen
  applied for low_income at district
  keep case1 = /"case":"([^"]+)"/
  applied for low_income at district
  keep case2 = /"case":"([^"]+)"/
  applied for elder_lunch at district
  keep case3 = /"case":"([^"]+)"/
as the unit head
  open case {case1}
  keep who = /<dd>({other})<\/dd>/
  open case {case2}
  keep who = /<dd>({other})<\/dd>/
  open case {case3}
  keep who = /<dd>({other})<\/dd>/
# From another day on it is the other's; what is for later can be taken back.
  open /staff/assignment
  fill village_to.0 = {first}
  fill village_since = 115.3.4
  send 儲存 in 另增一里
  see 之後生效
  fill village_to.1 = {first}
  fill village_since = 115.3.9
  send 儲存 in 另增一里
  see 文化里
  clock +2d
as citizen
  applied for low_income at district
  keep case4 = /"case":"([^"]+)"/
as the unit head
  sign in as chief3@district
  open case {case4}
  keep who = /<dd>({name})<\/dd>/
  open /staff/assignment
  see 之後生效
  send 撤回 in take-back
  see 已儲存
  not 之後生效
# The duty roster; a single day.
  fill roster_to.0 = {first}
  fill day = 115.3.10
  fill roster_to.fresh = {second}
  send 儲存 in 單日輪值
  see 已儲存
  see 民國115年3月10日
  open /en/staff/assignment
  see Duty roster
  open /ja/staff/assignment
  see 当番表
as an officer
  sign in as clerk5@district
  open /staff/assignment
  see 由單位主管或分案人員修改分案表
  not name="village_to.0"
as a unit head elsewhere
  sign in as chief2@district
  open /staff/assignment?unit=social
  see {name}
  not name="village_to.0"
as another office
  sign in unit_head at household
  open /staff/assignment?unit=social
  status 404
