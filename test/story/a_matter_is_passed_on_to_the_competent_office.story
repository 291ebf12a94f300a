# Another agency is competent: the case ends here as transferred, the applicant reads where it went
# and why, the envelope carries what was applied for; the other office refuses with its reason.
as a citizen
  applied for zoning at district
as the unit head
  sign in who leads case {case} at district
  fill reason = decision
  send 顯示個資 in show
  follow 移送：由其他機關管轄
  see 移送其他機關
  not <option value="city"
  fill to = health
  fill subject = 土地分區
  fill purpose = 核發證明
  send 簽章送出並移送結束本案 in envelopes/new
  status 422
  see 請寫明由該機關管轄的理由
  fill to = health
  fill subject = 土地分區
  fill purpose = 核發證明
  fill text = 該筆土地由貴所管轄
  send 簽章送出並移送結束本案 in envelopes/new
  see 已送出
  see {case}
as a citizen
  open /district/status
  fill number = {case}
  fill code = {code}
  send in status
  see 該筆土地由貴所管轄
as the other office
  sign in officer at health
  reload /staff/envelopes until 土地分區
  follow 土地分區
  send 顯示 in show
  see 該筆土地由貴所管轄
  see 林小青
  send 拒收並退回 in refusal
  status 422
  fill refusal = 非本所權責，應送都發局
  send 拒收並退回 in refusal
  see 拒收
as the unit head
  reload /staff/envelopes?box=back until 土地分區
  see 已送回
  follow 土地分區
  see 非本所權責
  see 請再次處理
  send 知悉 in noted
  not 知悉</button>
  open /staff/envelopes?box=back
  not 土地分區
  open case {case}
  see 對方機關拒收移送
