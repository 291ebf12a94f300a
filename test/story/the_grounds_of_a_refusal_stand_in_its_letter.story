# Refused with facts, reasons, law, remedy, term and authority: the letter of the decision
# begins with all six; made, numbered and sealed it stands in the history of the case; what is
# under control stands on the head's page with the next step and who takes it.
as a citizen
  applied for zoning at district
as officer
  sign in as clerk3@district
  open case {case}
  send in act/take
  send in /show
  fill outcome = refuse
  fill proposal = 地號不存在
  fill facts = 申請之地號於115年3月2日查無登記
  fill reasons = 無從核對使用分區
  send in act/propose
  status 200
  see 經由青埔區公所向雲川市政府
  open {page}/letters
  fill form = refused
  send 擬稿
  status 200
  see 申請之地號於115年3月2日查無登記
  see 無從核對使用分區
  see 都市計畫法第 6 條
  see 救濟方法：訴願
  see 受理機關：經由青埔區公所向雲川市政府
  keep letter = /form method="post" action="([^"]*)\/issue"/
  fill number = 青經字第1150000777號
  fill day = 115.3.2
  send 登記發文 in /issue
  status 200
  open {page}
  see 公文擬稿
  see 公文已編號發文
  see 青經字第1150000777號
as keeper
  sign in seal_keeper at district
  open /staff/seals
  see 青經字第1150000777號
  keep sealing = /青經字第1150000777號[^]*?action="(\/staff\/seals\/[0-9A-Za-z]+)"/
  send in {sealing}
as officer
  open {letter}
  fill sent_day = 115.3.2
  send 記為已送達 in /send
  status 422
  see 請選擇送達方式
  fill way = registered
  fill sent_day = 115.3.2
  send 記為已送達 in /send
  status 200
  open {page}
  see 公文已用印
  see 公文已寄送或交付
  see 掛號郵寄
