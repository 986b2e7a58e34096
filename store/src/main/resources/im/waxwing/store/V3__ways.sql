-- Ways of letters, and moving house (spec/store.md §3).

-- Ways that letters may take, in the order in which they are tried: names joined by commas.
ALTER TABLE account ADD COLUMN ways TEXT NOT NULL DEFAULT 'FEDERATED';
ALTER TABLE contact ADD COLUMN ways TEXT;                 -- NULL: as the account says

-- By which way an envelope is to go. NULL: sealed when ids did not say; it is sealed anew.
ALTER TABLE piece ADD COLUMN way TEXT;

-- The node where a mailbox stands, with the admission token that opens it: host:port/KEY/TOKEN.
ALTER TABLE mailbox ADD COLUMN home TEXT NOT NULL DEFAULT '';
UPDATE mailbox SET home = (SELECT home FROM account);
ALTER TABLE mailbox DROP COLUMN node;

-- 1: this device lived there before it moved house.
ALTER TABLE mailbox ADD COLUMN former INTEGER NOT NULL DEFAULT 0;
