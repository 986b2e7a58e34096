-- The messenger's own tables (spec/store.md §3). Times are ms since 1970, days are UTC epoch days,
-- accounts, ids and keys are raw bytes, nodes are host:port/KEY text.

-- This device. One row.
CREATE TABLE account (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  identity BLOB NOT NULL,
  device INTEGER NOT NULL,
  name TEXT NOT NULL,
  home TEXT NOT NULL,               -- with the admission token: host:port/KEY/TOKEN
  mailbox INTEGER NOT NULL,
  list BLOB NOT NULL,               -- the signed device list
  list_signature BLOB NOT NULL,
  list_version INTEGER NOT NULL
) STRICT;

-- Mailboxes that this device owns: its own, and one for each invitation.
CREATE TABLE mailbox (
  id INTEGER PRIMARY KEY,
  node TEXT NOT NULL,
  key BLOB NOT NULL UNIQUE,
  deposit_secret BLOB NOT NULL,
  owner_seed BLOB NOT NULL,
  first_day INTEGER NOT NULL,
  last_day INTEGER                  -- the last day it is read; NULL: for ever
) STRICT;

CREATE TABLE mailbox_day (
  mailbox INTEGER NOT NULL,
  day INTEGER NOT NULL,
  state TEXT NOT NULL,              -- OPEN, DRAINED
  PRIMARY KEY (mailbox, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE contact (
  account BLOB PRIMARY KEY,
  conversation BLOB NOT NULL UNIQUE,
  name TEXT NOT NULL,
  state TEXT NOT NULL,              -- WAITING, ESTABLISHED, LOST
  verified INTEGER NOT NULL,
  key_changed INTEGER NOT NULL,
  list_version INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

-- Other devices: those of contacts, and other own ones.
CREATE TABLE peer (
  id INTEGER PRIMARY KEY,
  account BLOB NOT NULL,
  device INTEGER NOT NULL,
  node TEXT NOT NULL,
  mailbox_key BLOB NOT NULL,
  deposit_secret BLOB NOT NULL,
  lane INTEGER,                     -- the sending lane in use; NULL: no letters to it yet
  bundle_given BLOB,                -- with which it was asked to begin a new session
  bundle_taken BLOB,                -- hash of the one with which it last asked us
  UNIQUE (account, device)
) STRICT;

CREATE TABLE sending_lane (
  id INTEGER PRIMARY KEY,
  peer INTEGER NOT NULL,
  first INTEGER NOT NULL,           -- 1: only the letter that begins a contact or a session goes there
  state BLOB NOT NULL
) STRICT;

CREATE TABLE receiving_lane (
  id INTEGER PRIMARY KEY,
  peer INTEGER,                     -- NULL: the first lane of an invitation, whoever takes it
  first INTEGER NOT NULL,           -- 1: only the letter that begins a contact or a session comes here
  mailbox INTEGER NOT NULL,
  second_mailbox INTEGER,           -- where letters may come as well
  state BLOB NOT NULL
) STRICT;

-- Invitations made here.
CREATE TABLE invitation (
  id INTEGER PRIMARY KEY,
  name BLOB NOT NULL UNIQUE,        -- 16 random bytes, for the interface
  link TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  state TEXT NOT NULL,              -- OPEN, USED, REVOKED
  used_by BLOB,
  handle BLOB NOT NULL,
  drawer_key BLOB NOT NULL,
  owner_seed BLOB NOT NULL,
  object BLOB NOT NULL,             -- the sealed object that lies, or is to lie, in the drawer
  last_day INTEGER NOT NULL,
  drawer TEXT NOT NULL,             -- PUT, REMOVE: to be done; LIES, GONE: done
  mailbox INTEGER NOT NULL,
  lane INTEGER NOT NULL
) STRICT;

-- Invitations of others that were looked at or accepted here.
CREATE TABLE taken (
  handle BLOB PRIMARY KEY,
  nonce BLOB NOT NULL,
  host BLOB NOT NULL,               -- the account of the one who invites
  node TEXT NOT NULL,
  drawer_key BLOB NOT NULL,
  expires_at INTEGER NOT NULL,
  introduction BLOB,                -- NULL: not taken out yet
  accepted INTEGER NOT NULL
) STRICT;

CREATE TABLE message (
  arrival INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation BLOB NOT NULL,
  id BLOB NOT NULL,
  author BLOB NOT NULL,
  mine INTEGER NOT NULL,
  text TEXT NOT NULL,
  sent_at INTEGER NOT NULL,
  parents BLOB NOT NULL,            -- ids, 16 bytes each
  position INTEGER NOT NULL,        -- place in the conversation; 0: not shown yet
  show_by INTEGER NOT NULL,         -- shown from then on, even if predecessors are missing
  state TEXT NOT NULL,
  failure TEXT,
  deleted INTEGER NOT NULL,         -- 1: text gone, the id stays known
  UNIQUE (conversation, id)
) STRICT;

CREATE INDEX message_by_place ON message (conversation, position, id);
CREATE INDEX message_unread ON message (conversation, position) WHERE state = 'RECEIVED' AND deleted = 0 AND position > 0;
CREATE INDEX message_early ON message (show_by) WHERE position = 0;

-- Predecessors that have not come yet.
CREATE TABLE missing (
  conversation BLOB NOT NULL,
  parent BLOB NOT NULL,
  child BLOB NOT NULL,
  PRIMARY KEY (conversation, parent, child)
) STRICT, WITHOUT ROWID;

CREATE INDEX missing_by_child ON missing (conversation, child);

-- Shown messages that no other shown one follows.
CREATE TABLE head (
  conversation BLOB NOT NULL,
  message BLOB NOT NULL,
  PRIMARY KEY (conversation, message)
) STRICT, WITHOUT ROWID;

-- How far an own message got on each device of the reader.
CREATE TABLE delivery (
  conversation BLOB NOT NULL,
  message BLOB NOT NULL,
  peer INTEGER NOT NULL,
  state TEXT NOT NULL,              -- SENDING, SENT, DELIVERED, READ
  PRIMARY KEY (conversation, message, peer)
) STRICT, WITHOUT ROWID;

-- The outbox. A letter is encrypted once its lane has room, and stays until its receipt.
CREATE TABLE letter (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  peer INTEGER NOT NULL,
  purpose TEXT NOT NULL,
  message BLOB NOT NULL,            -- message id of its content
  conversation BLOB NOT NULL,
  content BLOB NOT NULL,            -- in clear, to encrypt it again when asked
  created_at INTEGER NOT NULL,
  state TEXT NOT NULL,              -- WAITING, WRAPPED, ACCEPTED, FAILED
  lane INTEGER,                     -- from WRAPPED on
  first_n INTEGER,
  kind INTEGER,
  bytes BLOB,
  accepted_at INTEGER,
  rewraps INTEGER NOT NULL
) STRICT;

CREATE INDEX letter_by_peer ON letter (peer, state);
CREATE INDEX letter_by_message ON letter (message);
CREATE INDEX letter_by_n ON letter (lane, first_n);

-- The numbers of wrapped letters, and their envelopes as long as no node has them.
CREATE TABLE piece (
  n INTEGER NOT NULL,
  letter INTEGER NOT NULL,
  lane INTEGER NOT NULL,
  id_key BLOB NOT NULL,
  message_key BLOB NOT NULL,
  day INTEGER NOT NULL,             -- the wrapping below is for this day and mailbox
  mailbox_key BLOB NOT NULL,
  envelope_id BLOB NOT NULL,
  envelope BLOB,                    -- NULL: the node has it
  not_before INTEGER NOT NULL,
  PRIMARY KEY (letter, n)
) STRICT, WITHOUT ROWID;

CREATE INDEX piece_by_lane ON piece (lane, n);

-- The inbox: letters of which something came, known for 30 days.
CREATE TABLE received (
  lane INTEGER NOT NULL,
  first_n INTEGER NOT NULL,
  state TEXT NOT NULL,              -- PARTIAL, OPENED, FAILED, DROPPED
  message BLOB,                     -- message id, if OPENED
  at INTEGER NOT NULL,
  PRIMARY KEY (lane, first_n)
) STRICT, WITHOUT ROWID;

CREATE INDEX received_by_age ON received (at);

CREATE TABLE received_piece (
  lane INTEGER NOT NULL,
  n INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  position INTEGER NOT NULL,
  count INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (lane, n)
) STRICT, WITHOUT ROWID;

-- Envelopes that no lane expects yet.
CREATE TABLE unmatched (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  mailbox INTEGER NOT NULL,
  day INTEGER NOT NULL,
  envelope_id BLOB NOT NULL,
  envelope BLOB NOT NULL,
  UNIQUE (mailbox, day, envelope_id)
) STRICT;

CREATE TABLE receipt (
  peer INTEGER NOT NULL,
  message BLOB NOT NULL,
  read INTEGER NOT NULL,
  PRIMARY KEY (peer, message, read)
) STRICT, WITHOUT ROWID;
