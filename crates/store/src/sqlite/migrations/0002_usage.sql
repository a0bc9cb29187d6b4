-- What was asked for of an allowance in its newest window; account_id is 0 where calls are counted for an app as a whole.
CREATE TABLE usage (
  account_id INTEGER NOT NULL,
  app_id INTEGER NOT NULL,
  bucket INTEGER NOT NULL,
  "window" INTEGER NOT NULL,
  calls INTEGER NOT NULL,
  PRIMARY KEY (account_id, app_id, bucket)
) STRICT, WITHOUT ROWID;
