-- What crypto keeps: sessions, keys, prekeys and the numbers of lanes. Blobs are records of crypto.

CREATE TABLE session (
  account BLOB NOT NULL,
  device INTEGER NOT NULL,
  record BLOB NOT NULL,
  PRIMARY KEY (account, device)
) STRICT;

CREATE TABLE identity_key (
  account BLOB NOT NULL PRIMARY KEY,
  public_key BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE prekey (
  kind INTEGER NOT NULL,
  id INTEGER NOT NULL,
  record BLOB NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT;

-- Base keys that began a session from a last-resort prekey: none may begin two.
CREATE TABLE base_key (
  kyber_id INTEGER NOT NULL,
  signed_id INTEGER NOT NULL,
  base_key BLOB NOT NULL,
  PRIMARY KEY (kyber_id, signed_id, base_key)
) STRICT, WITHOUT ROWID;

-- The numbers of receiving lanes. A used one has no message key any more, but the day of its use.
CREATE TABLE lane_key (
  lane INTEGER NOT NULL,
  n INTEGER NOT NULL,
  id_key BLOB NOT NULL,
  message_key BLOB,
  used_day INTEGER,
  PRIMARY KEY (lane, n),
  CHECK ((message_key IS NULL) = (used_day IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX lane_key_used ON lane_key (used_day) WHERE used_day IS NOT NULL;

-- On which kind of processor the sessions were last used; one row.
CREATE TABLE processor (
  only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
  cpu_class TEXT NOT NULL
) STRICT;
