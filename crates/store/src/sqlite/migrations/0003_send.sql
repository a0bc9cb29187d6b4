-- Everything that a business can send, and what becomes of it. What was there before means what it meant: an app is
-- published and trusted, an account is a business in good standing, a person is there, a thread lies in the first folder.

ALTER TABLE app ADD COLUMN live INTEGER NOT NULL DEFAULT 1;
ALTER TABLE app ADD COLUMN advanced_access INTEGER NOT NULL DEFAULT 1;

-- standing: the numbers of engine's Standing. default_app_id: set where Conversation Routing is configured.
ALTER TABLE account ADD COLUMN account_type TEXT NOT NULL DEFAULT 'BUSINESS';
ALTER TABLE account ADD COLUMN allow_message_access INTEGER NOT NULL DEFAULT 1;
ALTER TABLE account ADD COLUMN standing INTEGER NOT NULL DEFAULT 0;
ALTER TABLE account ADD COLUMN image_collections INTEGER NOT NULL DEFAULT 1;
ALTER TABLE account ADD COLUMN default_app_id INTEGER;

-- status: the numbers of engine's PersonStatus.
ALTER TABLE person ADD COLUMN status INTEGER NOT NULL DEFAULT 0;
ALTER TABLE person ADD COLUMN phone TEXT;
ALTER TABLE person ADD COLUMN email TEXT;

-- A person's role on an app; of which kind makes no difference.
CREATE TABLE app_role (
  app_id INTEGER NOT NULL,
  person_id INTEGER NOT NULL,
  PRIMARY KEY (app_id, person_id)
) STRICT, WITHOUT ROWID;

ALTER TABLE scoped_user ADD COLUMN is_user_block_business INTEGER NOT NULL DEFAULT 0;
ALTER TABLE scoped_user ADD COLUMN is_business_block_user INTEGER NOT NULL DEFAULT 0;
ALTER TABLE scoped_user ADD COLUMN is_same_accounts_center INTEGER NOT NULL DEFAULT 0;

-- folder: the numbers of engine's Folder. The owner columns are both set or both NULL.
ALTER TABLE thread ADD COLUMN business_seen_item INTEGER;
ALTER TABLE thread ADD COLUMN typing_until INTEGER;
ALTER TABLE thread ADD COLUMN folder INTEGER NOT NULL DEFAULT 0;
ALTER TABLE thread ADD COLUMN is_removed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE thread ADD COLUMN owner_app_id INTEGER;
ALTER TABLE thread ADD COLUMN owner_until INTEGER;

-- kind, beside 0 and 1: 2 media, 3 heart, 4 post, 5 template, 6 story mention, whose JSON is the payload; 7 unsent, which
-- has nothing. aside: a JSON object, NULL where nothing stands beside the content.
ALTER TABLE message ADD COLUMN aside TEXT;

-- "from": 0 the person, 1 the business, as in message.
CREATE TABLE reaction (
  account_id INTEGER NOT NULL,
  igsid INTEGER NOT NULL,
  item INTEGER NOT NULL,
  "from" INTEGER NOT NULL,
  emoji TEXT NOT NULL,
  time INTEGER NOT NULL,
  PRIMARY KEY (account_id, igsid, item, "from")
) STRICT, WITHOUT ROWID;

-- media_product_type: the numbers of engine's MediaProductType.
ALTER TABLE media ADD COLUMN media_product_type INTEGER NOT NULL DEFAULT 0;
ALTER TABLE media ADD COLUMN ended_time INTEGER;

ALTER TABLE comment ADD COLUMN parent_id INTEGER;
ALTER TABLE comment ADD COLUMN replied_time INTEGER;
ALTER TABLE comment ADD COLUMN is_deleted INTEGER NOT NULL DEFAULT 0;

-- A file that is whole.
CREATE TABLE asset (
  account_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  content_type TEXT NOT NULL,
  size INTEGER NOT NULL,
  width INTEGER,
  height INTEGER,
  duration_ms INTEGER,
  file_name TEXT,
  created_time INTEGER NOT NULL,
  PRIMARY KEY (account_id, id)
) STRICT, WITHOUT ROWID;

-- The bytes of files, whole or not. With row numbers, because a tree of such long rows would be a bad index of itself.
CREATE TABLE asset_chunk (
  account_id INTEGER NOT NULL,
  asset_id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (account_id, asset_id, number)
) STRICT;

-- The parts of files that are not whole yet, so that sweeping looks at nothing else.
CREATE TABLE loose_chunk (
  account_id INTEGER NOT NULL,
  asset_id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  created_time INTEGER NOT NULL,
  PRIMARY KEY (account_id, asset_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX loose_chunk_time ON loose_chunk (account_id, created_time);

CREATE TABLE attachment (
  account_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  platform TEXT NOT NULL,
  app_id INTEGER NOT NULL,
  asset_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  is_reusable INTEGER NOT NULL,
  created_time INTEGER NOT NULL,
  used_time INTEGER,
  PRIMARY KEY (account_id, id)
) STRICT, WITHOUT ROWID;

-- Answers kept for callers that repeat a request, for a day.
CREATE TABLE answer (
  account_id INTEGER NOT NULL,
  app_id INTEGER NOT NULL,
  "key" TEXT NOT NULL,
  request BLOB NOT NULL,
  body TEXT NOT NULL,
  time INTEGER NOT NULL,
  PRIMARY KEY (account_id, app_id, "key")
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_time ON answer (account_id, time);

-- welcome_message_flow and eligible_platforms are JSON lists.
CREATE TABLE flow (
  account_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  app_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  welcome_message_flow TEXT NOT NULL,
  eligible_platforms TEXT NOT NULL,
  last_update_time INTEGER NOT NULL,
  PRIMARY KEY (account_id, id)
) STRICT, WITHOUT ROWID;
