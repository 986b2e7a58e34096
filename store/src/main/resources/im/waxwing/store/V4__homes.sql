-- Homes at nodes and in onion networks (spec/store.md §3). A place is host:port/KEY of a node or
-- onion:host:port/ID of a network; with the right to open mailboxes there, host:port/KEY/TOKEN of a
-- node.

-- HOME: this device lives there. FORMER: it did before it moved house. INVITATION: for its guest.
ALTER TABLE mailbox ADD COLUMN role TEXT NOT NULL DEFAULT 'INVITATION';
UPDATE mailbox SET role = 'FORMER' WHERE former = 1;
UPDATE mailbox SET role = 'HOME' WHERE id = (SELECT mailbox FROM account);
ALTER TABLE mailbox DROP COLUMN former;

-- Where devices of others can be written to.
CREATE TABLE peer_mailbox (
  peer INTEGER NOT NULL,
  position INTEGER NOT NULL,        -- in the order in which the device names them
  place TEXT NOT NULL,
  mailbox_key BLOB NOT NULL,
  deposit_secret BLOB NOT NULL,
  PRIMARY KEY (peer, position)
) STRICT, WITHOUT ROWID;
INSERT INTO peer_mailbox SELECT id, 0, node, mailbox_key, deposit_secret FROM peer;
ALTER TABLE peer DROP COLUMN node;
ALTER TABLE peer DROP COLUMN mailbox_key;
ALTER TABLE peer DROP COLUMN deposit_secret;

-- What comes through a lane comes to the device's own mailboxes, those of now and before, or to that
-- of an invitation, or to both.
CREATE TABLE lane_of_reader (
  id INTEGER PRIMARY KEY,
  peer INTEGER,                     -- NULL: the first lane of an invitation, whoever takes it
  first INTEGER NOT NULL,           -- 1: only the letter that begins a contact or a session comes here
  own INTEGER NOT NULL,             -- 1: to the device's own mailboxes
  invitation INTEGER,               -- a mailbox where letters may come as well
  state BLOB NOT NULL
) STRICT;
INSERT INTO lane_of_reader
  SELECT id, peer, first, mailbox = (SELECT mailbox FROM account),
    CASE WHEN mailbox = (SELECT mailbox FROM account) THEN second_mailbox ELSE mailbox END, state
  FROM receiving_lane;
DROP TABLE receiving_lane;
ALTER TABLE lane_of_reader RENAME TO receiving_lane;

-- Where an invitation's drawer stands, with the right to lay it.
ALTER TABLE invitation ADD COLUMN home TEXT NOT NULL DEFAULT '';
UPDATE invitation SET home = coalesce(
  (SELECT home FROM mailbox WHERE mailbox.id = invitation.mailbox), (SELECT home FROM account));
ALTER TABLE taken RENAME COLUMN node TO place;

-- Whoever allowed what was the default may use an onion network as well, as it is the default.
UPDATE account SET ways = 'FEDERATED,ONION' WHERE ways = 'FEDERATED';
ALTER TABLE account DROP COLUMN home;
ALTER TABLE account DROP COLUMN mailbox;

-- What a carrier keeps of an onion network; only it can read that.
CREATE TABLE network_memory (
  network BLOB PRIMARY KEY,
  bytes BLOB NOT NULL
) STRICT;
