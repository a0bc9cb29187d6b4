-- Everything that a business can send, and what becomes of it. What was there before means what it meant: an app is
-- published and trusted, an account is a business in good standing, a person is there, a thread lies in the first folder.

ALTER TABLE app ADD COLUMN live BOOLEAN NOT NULL DEFAULT true;
ALTER TABLE app ADD COLUMN advanced_access BOOLEAN NOT NULL DEFAULT true;

-- standing: the numbers of engine's Standing. default_app_id: set where Conversation Routing is configured.
ALTER TABLE account ADD COLUMN account_type TEXT NOT NULL DEFAULT 'BUSINESS';
ALTER TABLE account ADD COLUMN allow_message_access BOOLEAN NOT NULL DEFAULT true;
ALTER TABLE account ADD COLUMN standing BIGINT NOT NULL DEFAULT 0;
ALTER TABLE account ADD COLUMN image_collections BOOLEAN NOT NULL DEFAULT true;
ALTER TABLE account ADD COLUMN default_app_id BIGINT;

-- status: the numbers of engine's PersonStatus.
ALTER TABLE person ADD COLUMN status BIGINT NOT NULL DEFAULT 0;
ALTER TABLE person ADD COLUMN phone TEXT;
ALTER TABLE person ADD COLUMN email TEXT;

-- A person's role on an app; of which kind makes no difference.
CREATE TABLE app_role (
  app_id BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  PRIMARY KEY (app_id, person_id)
);

ALTER TABLE scoped_user ADD COLUMN is_user_block_business BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE scoped_user ADD COLUMN is_business_block_user BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE scoped_user ADD COLUMN is_same_accounts_center BOOLEAN NOT NULL DEFAULT false;

-- folder: the numbers of engine's Folder. The owner columns are both set or both NULL.
ALTER TABLE thread ADD COLUMN business_seen_item BIGINT;
ALTER TABLE thread ADD COLUMN typing_until BIGINT;
ALTER TABLE thread ADD COLUMN folder BIGINT NOT NULL DEFAULT 0;
ALTER TABLE thread ADD COLUMN is_removed BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE thread ADD COLUMN owner_app_id BIGINT;
ALTER TABLE thread ADD COLUMN owner_until BIGINT;

-- kind, beside 0 and 1: 2 media, 3 heart, 4 post, 5 template, 6 story mention, whose JSON is the payload; 7 unsent, which
-- has nothing. aside: a JSON object, NULL where nothing stands beside the content.
ALTER TABLE message ADD COLUMN aside TEXT;

-- "from": 0 the person, 1 the business, as in message.
CREATE TABLE reaction (
  account_id BIGINT NOT NULL,
  igsid BIGINT NOT NULL,
  item BIGINT NOT NULL,
  "from" BIGINT NOT NULL,
  emoji TEXT NOT NULL,
  time BIGINT NOT NULL,
  PRIMARY KEY (account_id, igsid, item, "from")
);

-- media_product_type: the numbers of engine's MediaProductType.
ALTER TABLE media ADD COLUMN media_product_type BIGINT NOT NULL DEFAULT 0;
ALTER TABLE media ADD COLUMN ended_time BIGINT;

ALTER TABLE comment ADD COLUMN parent_id BIGINT;
ALTER TABLE comment ADD COLUMN replied_time BIGINT;
ALTER TABLE comment ADD COLUMN is_deleted BOOLEAN NOT NULL DEFAULT false;

-- A file that is whole.
CREATE TABLE asset (
  account_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  content_type TEXT NOT NULL,
  size BIGINT NOT NULL,
  width BIGINT,
  height BIGINT,
  duration_ms BIGINT,
  file_name TEXT,
  created_time BIGINT NOT NULL,
  PRIMARY KEY (account_id, id)
);

-- The bytes of files, whole or not. They are packed already, so trying to pack them again would be time lost.
CREATE TABLE asset_chunk (
  account_id BIGINT NOT NULL,
  asset_id BIGINT NOT NULL,
  number BIGINT NOT NULL,
  bytes BYTEA NOT NULL,
  PRIMARY KEY (account_id, asset_id, number)
);
ALTER TABLE asset_chunk ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- The parts of files that are not whole yet, so that sweeping looks at nothing else.
CREATE TABLE loose_chunk (
  account_id BIGINT NOT NULL,
  asset_id BIGINT NOT NULL,
  number BIGINT NOT NULL,
  created_time BIGINT NOT NULL,
  PRIMARY KEY (account_id, asset_id, number)
);
CREATE INDEX loose_chunk_time ON loose_chunk (account_id, created_time);

CREATE TABLE attachment (
  account_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  platform TEXT NOT NULL,
  app_id BIGINT NOT NULL,
  asset_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  is_reusable BOOLEAN NOT NULL,
  created_time BIGINT NOT NULL,
  used_time BIGINT,
  PRIMARY KEY (account_id, id)
);

-- Answers kept for callers that repeat a request, for a day.
CREATE TABLE answer (
  account_id BIGINT NOT NULL,
  app_id BIGINT NOT NULL,
  "key" TEXT COLLATE "C" NOT NULL,
  request BYTEA NOT NULL,
  body TEXT NOT NULL,
  time BIGINT NOT NULL,
  PRIMARY KEY (account_id, app_id, "key")
);
CREATE INDEX answer_time ON answer (account_id, time);

-- welcome_message_flow and eligible_platforms are JSON lists.
CREATE TABLE flow (
  account_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  app_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  welcome_message_flow TEXT NOT NULL,
  eligible_platforms TEXT NOT NULL,
  last_update_time BIGINT NOT NULL,
  PRIMARY KEY (account_id, id)
);
