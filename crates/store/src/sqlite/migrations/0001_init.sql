-- Times are milliseconds since 1970, lists are JSON texts, flags are 0 or 1, logins are 'facebook' or 'instagram'.
-- Global tables first; tables on account data lead their key with account_id.

CREATE TABLE "user" (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL
) STRICT;

CREATE TABLE app (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  secret BLOB NOT NULL,
  instagram_app_id INTEGER NOT NULL UNIQUE,
  instagram_secret BLOB NOT NULL,
  require_proof INTEGER NOT NULL,
  human_agent INTEGER NOT NULL,
  default_version TEXT NOT NULL,
  created_time INTEGER NOT NULL
) STRICT;

CREATE TABLE token (
  hash BLOB PRIMARY KEY,
  kind TEXT NOT NULL,
  app_id INTEGER NOT NULL,
  user_id INTEGER,
  page_id INTEGER,
  account_id INTEGER,
  scopes TEXT NOT NULL,
  issued_time INTEGER NOT NULL,
  expires_time INTEGER,
  revoked_time INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE page (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  category TEXT NOT NULL,
  account_id INTEGER
) STRICT;

CREATE TABLE account (
  id INTEGER PRIMARY KEY,
  username TEXT NOT NULL UNIQUE COLLATE NOCASE,
  name TEXT NOT NULL,
  biography TEXT NOT NULL,
  profile_picture_url TEXT NOT NULL,
  followers_count INTEGER NOT NULL,
  follows_count INTEGER NOT NULL,
  page_id INTEGER,
  created_time INTEGER NOT NULL
) STRICT;

CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  username TEXT NOT NULL UNIQUE COLLATE NOCASE,
  name TEXT,
  profile_pic TEXT,
  follower_count INTEGER NOT NULL,
  is_verified_user INTEGER NOT NULL
) STRICT;

-- fields: a list of [name, version].
CREATE TABLE subscription (
  app_id INTEGER NOT NULL,
  object TEXT NOT NULL,
  callback_url TEXT NOT NULL,
  include_values INTEGER NOT NULL,
  active INTEGER NOT NULL,
  fields TEXT NOT NULL,
  PRIMARY KEY (app_id, object)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE install (
  account_id INTEGER NOT NULL,
  app_id INTEGER NOT NULL,
  login TEXT NOT NULL,
  page_id INTEGER,
  subscribed_fields TEXT NOT NULL,
  scopes TEXT NOT NULL,
  created_time INTEGER NOT NULL,
  PRIMARY KEY (account_id, app_id, login)
) STRICT, WITHOUT ROWID;

CREATE TABLE scoped_user (
  account_id INTEGER NOT NULL,
  igsid INTEGER NOT NULL,
  person_id INTEGER NOT NULL,
  consent_time INTEGER,
  is_user_follow_business INTEGER NOT NULL,
  is_business_follow_user INTEGER NOT NULL,
  PRIMARY KEY (account_id, igsid)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX scoped_user_person ON scoped_user (account_id, person_id);

CREATE TABLE thread (
  account_id INTEGER NOT NULL,
  igsid INTEGER NOT NULL,
  version INTEGER NOT NULL,
  updated_time INTEGER NOT NULL,
  last_item INTEGER NOT NULL,
  last_person_time INTEGER,
  last_business_item INTEGER,
  seen_item INTEGER,
  message_count INTEGER NOT NULL,
  unread_count INTEGER NOT NULL,
  PRIMARY KEY (account_id, igsid)
) STRICT, WITHOUT ROWID;
CREATE INDEX thread_updated ON thread (account_id, updated_time DESC, igsid DESC);

-- Append-ordered: rows of a busy moment lie together whatever their threads. kind: 0 text, 1 postback, whose title is
-- the text.
CREATE TABLE message (
  seq INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL,
  igsid INTEGER NOT NULL,
  item INTEGER NOT NULL,
  created_time INTEGER NOT NULL,
  "from" INTEGER NOT NULL,
  app_id INTEGER,
  kind INTEGER NOT NULL,
  text TEXT NOT NULL,
  payload TEXT
) STRICT;
CREATE UNIQUE INDEX message_item ON message (account_id, igsid, item);

CREATE TABLE profile (
  account_id INTEGER NOT NULL,
  platform TEXT NOT NULL,
  property TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (account_id, platform, property)
) STRICT, WITHOUT ROWID;

CREATE TABLE media (
  account_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  caption TEXT NOT NULL,
  media_url TEXT NOT NULL,
  timestamp INTEGER NOT NULL,
  PRIMARY KEY (account_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE comment (
  account_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  media_id INTEGER NOT NULL,
  "from" INTEGER NOT NULL,
  text TEXT NOT NULL,
  timestamp INTEGER NOT NULL,
  PRIMARY KEY (account_id, id)
) STRICT, WITHOUT ROWID;

-- AUTOINCREMENT: a number is not given twice even when the newest rows were deleted. state: 0 pending, 1 delivered,
-- 2 dropped. turn: 0 waits for its thread, 1 has its thread's turn, 2 needs none. The lease columns are both set or both
-- NULL; lease_owner holds the bits of an unsigned number.
CREATE TABLE delivery (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL,
  app_id INTEGER NOT NULL,
  igsid INTEGER NOT NULL,
  login TEXT NOT NULL,
  field TEXT NOT NULL,
  element TEXT NOT NULL,
  created_time INTEGER NOT NULL,
  state INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  first_attempt_time INTEGER,
  due_time INTEGER NOT NULL,
  lease_owner INTEGER,
  lease_until INTEGER
) STRICT;
-- Pending deliveries only, so that the indexes stay as small as the backlog; those that may be taken apart from those that
-- wait, so that a claim never looks through a backlog.
CREATE INDEX delivery_due ON delivery (app_id, due_time, id) WHERE state = 0 AND turn > 0;
CREATE INDEX delivery_lane ON delivery (account_id, app_id, igsid, turn, id) WHERE state = 0;

-- Numbers of deliveries grow, so this too is written nearly in order. Only the holder of the lease records, so a delivery
-- has one attempt of each number.
CREATE TABLE attempt (
  account_id INTEGER NOT NULL,
  delivery_id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  time INTEGER NOT NULL,
  duration_ms INTEGER NOT NULL,
  url TEXT NOT NULL,
  status INTEGER,
  answer TEXT NOT NULL,
  PRIMARY KEY (account_id, delivery_id, number)
) STRICT, WITHOUT ROWID;

-- kind: the numbers of engine's EventKind.
CREATE TABLE event (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL,
  igsid INTEGER NOT NULL,
  item INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  time INTEGER NOT NULL
) STRICT;
