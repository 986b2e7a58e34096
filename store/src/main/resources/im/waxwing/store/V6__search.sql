-- Finding messages by their words (spec/store.md §6).

-- The words themselves stay in message; here is the index only. A removed word is found no more at
-- once, and is overwritten when the index's parts are next made one: that is owed then.
CREATE VIRTUAL TABLE message_text USING fts5(
  text,
  content = 'message',
  content_rowid = 'arrival',
  tokenize = 'unicode61 remove_diacritics 2',
  prefix = '2 3'
);
INSERT INTO message_text (message_text) VALUES ('rebuild');

ALTER TABLE account ADD COLUMN words_to_go INTEGER NOT NULL DEFAULT 0;  -- 1: the index holds removed words

CREATE TRIGGER message_text_added AFTER INSERT ON message WHEN new.text <> '' BEGIN
  INSERT INTO message_text (rowid, text) VALUES (new.arrival, new.text);
END;

CREATE TRIGGER message_text_changed AFTER UPDATE OF text ON message WHEN old.text <> new.text BEGIN
  INSERT INTO message_text (message_text, rowid, text) SELECT 'delete', old.arrival, old.text WHERE old.text <> '';
  INSERT INTO message_text (rowid, text) SELECT new.arrival, new.text WHERE new.text <> '';
  UPDATE account SET words_to_go = 1;
END;
