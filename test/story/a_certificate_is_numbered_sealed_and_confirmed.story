# A certificate begins out of the case, gets the next number of the office's own series with
# its date, waits for the seal keeper, and whoever scans it learns that it is genuine, and
# nothing that stands in it. Withdrawn it holds no more.
as a citizen
  applied for zoning at district
as officer
  sign in as clerk3@district
  open case {case}
  send 接辦這件案件 in act/take
  open {page}/letters
  see 請先顯示個人資料
  open {page}
  send 顯示個資 in /show
  fill outcome = grant
  send 決行 in act/propose
  see 核准
  open {page}/letters
  see 尚無公文
  not 否准處分書
  fill form = certificate
  send 擬稿
  see 土地使用分區證明書（稿）
  see 林小青
  see 青埔段
  see 青區經證字第{year}{number}號
  keep letter = /form method="post" action="([^"]*)\/issue"/
  fill day = 115.13.1
  send 登記發文 in /issue
  status 422
  see 請輸入發文日期
  fill day = 115.3.2
  send 登記發文 in /issue
  status 200
  keep cert = /青區經證字第(115\d{5})號/
  see 民國115年3月2日
  see 民國115年11月2日
  not （稿）
  keep confirm = /href="(\/district\/certificates\/[0-9A-Z]*)"/
  open {page}
  see 青區經證字第{cert}號
  download {letter}/files/letter.pdf
  bytes begin 25 50 44 46
  download {letter}/files/letter.odt
  bytes begin 50 4B 03 04
as keeper
  sign in seal_keeper at district
  see 待用印的公文
  follow 待用印的公文
  open /staff/seals
  see 青區經證字第{cert}號
  see 機關印信
  send 已用印
  not 已用印</button>
  download /staff/seals/files/2026-03.pdf
  bytes begin 25 50 44 46
as officer
  open {letter}
  attach file = text scan.pdf
  send 儲存掃描檔 in /scan
  status 422
  see 請選擇 PDF、JPEG 或 PNG
  attach file = png scan.png
  send 儲存掃描檔 in /scan
  status 200
  see 用印後掃描檔</a>
as a bank
  open {confirm}
  see 查驗相符
  see 青區經證字第{cert}號
  see 民國115年3月2日
  not 林小青
  not 青埔段
  open /district/certificates/0000000000000000000A
  status 404
  see 查無此證明書
  not 查驗相符
  open /household/certificates/0000000000000000000A
  status 404
as officer
  open {letter}
  fill why = 地號誤植
  send 撤銷證明書 in /withdraw
  see 已撤銷
as a bank
  open {confirm}
  see 不再有效
  not 地號誤植
