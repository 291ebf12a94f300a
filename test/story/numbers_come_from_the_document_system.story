# A letter without a series of its own is not issued before its number and date are there;
# they come by the line, as the document system lists them; what does not fit is said by line.
as a citizen
  applied for zoning at district
as officer
  sign in as clerk3@district
  open case {case}
  send 接辦這件案件 in act/take
  send 顯示個資 in /show
  open {page}/letters
  fill form = plain_letter
  send 擬稿
  see 青埔區公所　函（稿）
  see 受文者：
  see 正本：
  keep letter = /form method="post" action="([^"]*)\/issue"/
  fill subject = 有關臺端申請一案，請於本（3）月10日到所說明，請查照。
  fill copies_to = 雲川市地政局
  send 儲存文稿 in 速別
  see 請於本（3）月10日到所說明
  fill day = 115.3.2
  send 登記發文 in /issue
  status 422
  see 請輸入發文字號
  open /staff/letters
  see {case}
  fill numbers = {case},青民字第1150000123號
  send 登記發文
  status 422
  see 第 1 行
  fill numbers = DA-115-000000-0,青民字第1150000123號,115.3.2
  send 登記發文
  status 422
  fill numbers = {case},青民字第1150000123號,115.3.2
  send 登記發文
  status 200
  see 青民字第1150000123號
  open {letter}
  see 已發文
as another
  sign in officer at household
  open {letter}
  status 404
