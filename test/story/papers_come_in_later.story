# Papers row by row: what the applicant hands in after it was asked for, and what is brought to
# the counter, each with its day and who brought or took it.
as a citizen
  applied for zoning at district
as officer
  sign in as clerk3@district
  open case {case}
  see 應備證件
  see 尚無紀錄
  see 由機關查驗
  send in act/take
  fill wanted = 申請書未附
  fill send_back_wanted = paper:form
  fill send_back_until = 115.3.20
  send in act/send_back
  status 200
  see 尚缺或待補 1 件
  see 已通知補正
  see 115.03.20
as a citizen
  open /district/status
  fill number = {case}
  fill code = {code}
  send in status
  attach paper_form = png form.png
  send in supply
  status 200
as officer
  open {page}
  see 書件齊全
  see 補送：
  see 電子檔
  not href="{page}/files
  send in /show
  keep file = /href="([^"]*\/files\/[^"]*)" download>檔案/
  download {file}
  bytes begin 89 50 4E 47
  open {page}
  send in act/papers
  status 422
  see 請勾選補到的書件
  fill papers_papers = form
  fill papers_how = copy
  fill papers_note = 櫃台收到影本一份
  send in act/papers
  status 200
  see 書件補到
  see 影本
