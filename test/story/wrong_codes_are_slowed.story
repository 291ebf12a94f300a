# Who guesses codes is told to wait.
as a citizen
  applied for screening at health
as a guesser
  guess 12 codes of {case} at health
  status 429
as a citizen
  clock +16m
  open /health/status
  fill number = {case}
  fill code = {code}
  send in status
  at /health/status/{case}
