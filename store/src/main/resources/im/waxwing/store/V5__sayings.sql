-- Replies, reactions, edits, messages taken back or going by themselves; how a conversation is kept
-- (spec/store.md §3).

ALTER TABLE message ADD COLUMN reply_to BLOB;
ALTER TABLE message ADD COLUMN edited_at INTEGER;                    -- NULL: never
ALTER TABLE message ADD COLUMN unsent INTEGER NOT NULL DEFAULT 0;    -- 1: taken back by its writer, text gone
ALTER TABLE message ADD COLUMN expires_after INTEGER NOT NULL DEFAULT 0;  -- s; 0: it stays
ALTER TABLE message ADD COLUMN expires_at INTEGER;                   -- NULL: it stays, or its time has not begun
ALTER TABLE message ADD COLUMN pinned_at INTEGER;                    -- NULL: not pinned

CREATE INDEX message_expiring ON message (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX message_replies ON message (conversation, reply_to) WHERE reply_to IS NOT NULL;
CREATE INDEX message_pinned ON message (conversation, pinned_at) WHERE pinned_at IS NOT NULL;
DROP INDEX message_unread;
CREATE INDEX message_unread ON message (conversation, position)
  WHERE state = 'RECEIVED' AND deleted = 0 AND unsent = 0 AND position > 0;

-- What people changed of messages. Of reactions the last one of a person is kept, of edits all that
-- make the history, the message's first text as version 0 among them.
CREATE TABLE change (
  arrival INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation BLOB NOT NULL,
  message BLOB NOT NULL,
  author BLOB NOT NULL,
  kind TEXT NOT NULL,               -- REACTION, EDIT, UNSEND
  id BLOB NOT NULL,
  version INTEGER NOT NULL,
  sent_at INTEGER NOT NULL,
  text TEXT NOT NULL,
  waiting INTEGER NOT NULL,         -- 1: the message has not come
  UNIQUE (conversation, message, author, kind, version, sent_at, id)
) STRICT;

CREATE INDEX change_waiting ON change (conversation, author, arrival) WHERE waiting = 1;

ALTER TABLE contact ADD COLUMN nickname TEXT;
ALTER TABLE contact ADD COLUMN blocked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contact ADD COLUMN unblocked_at INTEGER;                  -- NULL: nothing was dropped
ALTER TABLE mailbox ADD COLUMN to_renew INTEGER NOT NULL DEFAULT 0;   -- 1: somebody who is blocked now can write there

-- How this account keeps its conversations; those without a row are as the defaults say.
CREATE TABLE conversation (
  id BLOB PRIMARY KEY,
  muted INTEGER NOT NULL DEFAULT 0,
  archived INTEGER NOT NULL DEFAULT 0,
  on_top INTEGER NOT NULL DEFAULT 0,
  marked_unread INTEGER NOT NULL DEFAULT 0,
  draft TEXT NOT NULL DEFAULT '',
  timer INTEGER NOT NULL DEFAULT 0,           -- s, of messages written from now on
  timer_version INTEGER NOT NULL DEFAULT 0,
  timer_at INTEGER NOT NULL DEFAULT 0,
  timer_id BLOB NOT NULL DEFAULT x''
) STRICT, WITHOUT ROWID;

ALTER TABLE account ADD COLUMN typing INTEGER NOT NULL DEFAULT 1;     -- 1: told to contacts, and shown of them
ALTER TABLE account ADD COLUMN read_marks INTEGER NOT NULL DEFAULT 1;
