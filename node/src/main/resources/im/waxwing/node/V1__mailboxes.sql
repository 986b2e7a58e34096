-- mailbox.md §7 says what each row tells whoever reads the file.

-- Ordered by a hash, without row ids and times: the order of rows says nothing about who opened
-- what, or when.
CREATE TABLE mailboxes (
  id          BLOB    NOT NULL PRIMARY KEY,
  number      INTEGER NOT NULL,
  day         INTEGER NOT NULL,
  owner_key   BLOB    NOT NULL,
  deposit_key BLOB    NOT NULL,
  arrived     INTEGER NOT NULL,
  held        INTEGER NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX mailbox_numbers ON mailboxes (number);
CREATE INDEX mailbox_days ON mailboxes (day);

-- place = random mailbox number * 2^20 + sequence: in order within a mailbox, by chance among them.
CREATE TABLE envelopes (
  place   INTEGER NOT NULL PRIMARY KEY,
  mailbox INTEGER NOT NULL,
  id      BLOB    NOT NULL,
  bytes   BLOB    NOT NULL
);
CREATE UNIQUE INDEX envelope_ids ON envelopes (mailbox, id);

CREATE TABLE drawers (
  handle    BLOB    NOT NULL PRIMARY KEY,
  owner_key BLOB    NOT NULL,
  last_day  INTEGER NOT NULL,
  nonce     BLOB,
  object    BLOB    NOT NULL
) WITHOUT ROWID;
CREATE INDEX drawer_days ON drawers (last_day);
