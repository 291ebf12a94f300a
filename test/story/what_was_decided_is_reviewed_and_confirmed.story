# What was decided today is reviewed by somebody else; the person is told and says that something is
# wrong; the office settles it. The next day the draw has its seed.
in a city of its own
as a citizen
  applied for zoning at district
as the officer
  sign in as clerk3@district
  open case {case}
  send 接辦這件案件 in act/take
  fill outcome = grant
  send 決行 in act/propose
  open /staff/review
  see {case}
  see 您經手的案件由其他同仁覆核
as the coordinator
  sign in coordinator at district
  open /staff/review
  see {case}
  keep id = /id="r-([0-9A-Z]{13})">\s*<th[^>]*><a [^>]*>{case}/
  send 有缺失 in value="{id}"
  status 422
  see 請寫明應更正之處
  fill note = 地號漏字
  send 有缺失 in value="{id}"
  see 地號漏字
  fill note = 已補正
  send 已更正 in value="{id}"
as a citizen
  open /district/status
  fill number = {case}
  fill code = {code}
  send in status
  see 我們登記的內容正確嗎
  send 有錯誤 in confirm
  status 422
  see 請寫明有誤之處
  fill said = 門牌號碼不對
  send 有錯誤 in confirm
  see 我們正在查明
as the coordinator
  open /staff/review
  see 民眾告知登記內容有誤
  not 門牌號碼不對
  fill settled = 已更正門牌
  send 已更正 in settle
  not 民眾告知登記內容有誤
as a citizen
  open /district/status/{case}
  see 已更正，謝謝您
  clock +1d
as the coordinator
  sign in coordinator at district
  open /staff/review?day=2026-03-02
  see bianmin-review-1 district 2026-03-02
  run check
  see sound
