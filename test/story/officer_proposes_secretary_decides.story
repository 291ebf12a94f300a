# An officer takes a new case and proposes; the unit head seals it; who decides returns it with a sentence, then
# decides; the letter goes out with number and day. Another office sees nothing of it.
as a citizen
  applied for mediation at district
as officer
  sign in who has case {case} at district
  see 已收件
  send 接辦這件案件 in act/take
  see 處理中
  fill outcome = refuse
  send 陳核 in act/propose
  status 422
  see 請寫明否准的理由
  fill proposal = 資格相符，擬予受理
  fill outcome = grant
  send 陳核 in act/propose
  status 200
  see 已陳核
as secretary
  sign in secretary at district
  open {page}
  not in act/decide
as unit head
  sign in unit_head at district
  open {page}
  see 擬辦：核准
  send 核章上陳 in act/endorse
  see 陳核中
as secretary
  open {page}
  see 擬辦：核准
  not 資格相符
  send 顯示個資 in /show
  see 資格相符
  send 退回承辦 in act/return
  status 422
  fill sentence = 請補一次告知紀錄
  send 退回承辦 in act/return
  see 處理中
as officer
  open {page}
  see 已退回承辦
  send 陳核 in act/propose
  see 已陳核
as unit head
  open {page}
  send 核章上陳 in act/endorse
as stranger
  sign in head at household
  open {page}
  status 404
as secretary
  open {page}
  send 決行 in act/decide
  see 核准
as officer
  open {page}
  fill document_day = 115.13.1
  send 登記發文 in act/issue
  status 422
  fill document_number = 青民字第1150000001號
  fill document_day = 115.3.2
  send 登記發文 in act/issue
  see 已核發
  send 結案 in act/close
  see 已結案
  see 這件案件目前沒有您可以辦理的事項
