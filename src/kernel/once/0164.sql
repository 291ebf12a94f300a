-- What had been typed is a draft (kernel/draft); nothing ever stood here.
DROP_TABLE once_draft;
