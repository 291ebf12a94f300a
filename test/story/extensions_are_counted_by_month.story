# An extended term stands among the figures of the year, in its month, beside what came of what
# was done while one waited.
as a citizen
  applied for zoning at district
as officer
  sign in as clerk3@district
  open case {case}
  send in act/take
  status 200
as the head of its unit
  sign in who leads case {case} at district
  fill extend_clock = statutory
  fill extend_days = 2
  fill extend_note = 需再次會勘
  send in act/extend
  status 200
as head
  sign in head at district
  open /staff/ways
  status 200
  see 每月展期件數
  see 3月
  not 這一年沒有展期
  see 隨到隨辦及辦理結果
  keep row = /(<th scope="row">[^<]*3月<\/th>.*?<\/tr>)/
# A second case has the extension of the first; it is not counted twice.
as officer
  open {page}
  fill split_note = 第二筆土地另案辦理
  send in act/split
  status 200
  see 另案：
as head
  open /staff/ways
  see {row}
