-- What the sheet says about money, as of the day it was hung up: a fee that begins or ends by
-- its date makes it old although no definition changed. '': no sheet with fees, or hung up
-- before this was kept.
COLUMN posting prices TEXT NOT NULL DEFAULT '';
