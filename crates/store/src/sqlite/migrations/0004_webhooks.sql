-- Everything that an app is told. What was there before means what it meant: every delivery is a messaging element to the app's
-- own callback, nobody is private, the older handover protocol is not configured.

ALTER TABLE app ADD COLUMN deauth_callback_url TEXT;
ALTER TABLE app ADD COLUMN data_deletion_url TEXT;
ALTER TABLE app ADD COLUMN instagram_deauth_callback_url TEXT;
ALTER TABLE app ADD COLUMN instagram_data_deletion_url TEXT;

-- primary_app_id: set where the older handover protocol is configured. take_over_apps: a JSON list of ids.
ALTER TABLE account ADD COLUMN primary_app_id INTEGER;
ALTER TABLE account ADD COLUMN take_over_apps TEXT NOT NULL DEFAULT '[]';
ALTER TABLE account ADD COLUMN self_igsid INTEGER;

ALTER TABLE person ADD COLUMN is_private INTEGER NOT NULL DEFAULT 0;

-- ad and insights are JSON objects.
ALTER TABLE media ADD COLUMN ad TEXT;
ALTER TABLE media ADD COLUMN insights TEXT;

-- channel: the numbers of engine's Channel. url and origin_id: for what was made by hand after another delivery.
ALTER TABLE delivery ADD COLUMN channel INTEGER NOT NULL DEFAULT 0;
ALTER TABLE delivery ADD COLUMN url TEXT;
ALTER TABLE delivery ADD COLUMN origin_id INTEGER;

-- A row while an app's endpoint fails.
CREATE TABLE outage (
  account_id INTEGER NOT NULL,
  app_id INTEGER NOT NULL,
  login TEXT NOT NULL,
  since INTEGER NOT NULL,
  PRIMARY KEY (account_id, app_id, login)
) STRICT, WITHOUT ROWID;

-- kind: the numbers of engine's AlertKind.
CREATE TABLE alert (
  account_id INTEGER NOT NULL,
  app_id INTEGER NOT NULL,
  login TEXT NOT NULL,
  since INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  time INTEGER NOT NULL,
  PRIMARY KEY (account_id, app_id, login, since, kind)
) STRICT, WITHOUT ROWID;
