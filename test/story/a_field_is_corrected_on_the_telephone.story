# The officer calls the applicant: who, when, what was asked and answered stand in the case. An
# answer is corrected on the applicant's word; what stood there before is kept, with the call
# as its ground. After the decision no answer is changed any more.
as a citizen
  applied for zoning at district
as officer
  sign in as clerk3@district
  open case {case}
  send in act/take
  follow 電話紀錄
  send in /call
  status 422
  see 請填寫通話對象
  see 請填寫回答內容
  fill call_who = 申請人本人
  fill call_asked = 請問需要幾份證明？
  fill call_answered = 要三份，原來寫錯了
  fill call_sample = 1
  fill call_question = copies
  fill pick = 1
  send in /call
  status 200
  see name="copies"
  see 申請人本人
  see 目前：
  fill call_question = copies
  fill copies = 0
  send in /call
  status 422
  fill call_question = copies
  fill copies = 3
  fill call_time = 25:70
  send in /call
  status 422
  see 請以 14:30 的格式填寫時間
  fill copies = 3
  fill call_time = 09:30
  send in /call
  status 200
  see 原填：
  see 更正：
  see 電話
  not 要三份，原來寫錯了
  send in /show
  see <dd>3
  see 詢問：請問需要幾份證明？
  see 要三份，原來寫錯了
  see 已寄送書寫範例
as a citizen
  get /api/v1/district/cases/{case} bearer {code}
  json state = in_work
as officer
  open {page}
  fill outcome = grant
  send in act/propose
  status 200
  open {page}/call
  status 200
  not name="call_question"
