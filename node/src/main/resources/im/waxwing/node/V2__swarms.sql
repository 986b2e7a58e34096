-- swarm.md §8 says what each row tells whoever reads the file.

-- What this node keeps together with others: the device's signed request that opened the mailbox,
-- or laid or emptied the drawer, so that any member can check it.
CREATE TABLE swarm_names (
  name    BLOB    NOT NULL PRIMARY KEY,
  day     INTEGER NOT NULL,
  request BLOB    NOT NULL
) WITHOUT ROWID;
CREATE INDEX swarm_days ON swarm_names (day);

-- An envelope's proof of deposit; when it is deleted, its tombstone instead.
CREATE TABLE entries (
  mailbox   INTEGER NOT NULL,
  id        BLOB    NOT NULL,
  signature BLOB,
  deletion  BLOB,
  PRIMARY KEY (mailbox, id)
) WITHOUT ROWID;

-- The owners' signed requests to delete, by their hashes.
CREATE TABLE deletions (
  mailbox INTEGER NOT NULL,
  hash    BLOB    NOT NULL,
  request BLOB    NOT NULL,
  PRIMARY KEY (mailbox, hash)
) WITHOUT ROWID;

CREATE TRIGGER mailbox_gone AFTER DELETE ON mailboxes BEGIN
  DELETE FROM swarm_names WHERE name = OLD.id; DELETE FROM entries WHERE mailbox = OLD.number; DELETE FROM deletions WHERE mailbox = OLD.number; END;
CREATE TRIGGER drawer_gone AFTER DELETE ON drawers BEGIN
  DELETE FROM swarm_names WHERE name = OLD.handle; END;
