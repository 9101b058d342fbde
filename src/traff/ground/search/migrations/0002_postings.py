"""The tables that are only ever counted over: terms, postings, forward arrays; and what keeps their copies true.

search_posting      one row a term and entry, wide enough that a sum over what an asker may read touches nothing else
search_entryterms   the entry's own terms: to move or take away its postings by their keys
search_term         texts and document frequencies, the latter over open content alone
search_termdelta    changes of these: appended, folded in periodically, because counters in place make writers queue

A term's id is the CRC-32 of its text, so that no writer ever waits for another's new word.
A term's tf is 32 · (stands in the title) + (times in the text, at most 31).
Three counters stand among the terms: #entries, #length (summed) and #threads, of what is open.
"""

from django.db import migrations

FORWARD = """
CREATE TABLE search_term (id int PRIMARY KEY, text text COLLATE "C" NOT NULL, df bigint NOT NULL) WITH (fillfactor = 70);
CREATE INDEX search_term_text ON search_term (text) ;
CREATE TABLE search_termdelta (term_id int NOT NULL, d bigint NOT NULL, text text);
CREATE INDEX search_termdelta_term ON search_termdelta (term_id) INCLUDE (d);
CREATE TABLE search_posting (
  term_id int NOT NULL, entry_id int NOT NULL, thread_id int NOT NULL, audience_id int NOT NULL, at int NOT NULL,
  tf smallint NOT NULL, is_open bool NOT NULL,
  PRIMARY KEY (term_id, entry_id) INCLUDE (thread_id, audience_id, at, tf, is_open)
) WITH (autovacuum_vacuum_insert_scale_factor = 0.01);
CREATE TABLE search_entryterms (entry_id int PRIMARY KEY, terms int[] NOT NULL, tfs smallint[] NOT NULL);

CREATE FUNCTION search_count(entry search_entry, sign int) RETURNS void LANGUAGE sql AS $$
  WITH counted AS (SELECT terms FROM search_entryterms WHERE entry_id = entry.id)
  INSERT INTO search_termdelta (term_id, d)
    SELECT unnest(terms), sign FROM counted
    UNION ALL SELECT counter.id, sign * counter.number FROM counted, (VALUES
      (-1571826073, 1), (-746142866, entry.length), (-533112705, (entry.thread_id = entry.id)::int)) AS counter (id, number);
$$;

CREATE FUNCTION search_entry_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.is_open THEN PERFORM search_count(OLD, -1); END IF;
  DELETE FROM search_posting p USING (SELECT unnest(terms) AS id FROM search_entryterms WHERE entry_id = OLD.id) term
   WHERE p.term_id = term.id AND p.entry_id = OLD.id;
  DELETE FROM search_entryterms WHERE entry_id = OLD.id;
  DELETE FROM search_authored WHERE entry_id = OLD.id;
  DELETE FROM search_entry WHERE thread_id = OLD.id AND id <> OLD.id;
  RETURN NULL;
END $$;
CREATE TRIGGER search_entry_gone AFTER DELETE ON search_entry FOR EACH ROW EXECUTE FUNCTION search_entry_gone();

CREATE FUNCTION search_entry_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.is_open AND NOT NEW.is_open THEN PERFORM search_count(OLD, -1); END IF;
  IF NEW.is_open AND NOT OLD.is_open THEN PERFORM search_count(NEW, 1); END IF;
  UPDATE search_posting p SET audience_id = NEW.audience_id, is_open = NEW.is_open
    FROM (SELECT unnest(terms) AS id FROM search_entryterms WHERE entry_id = NEW.id) term
   WHERE p.term_id = term.id AND p.entry_id = NEW.id;
  UPDATE search_authored SET audience_id = NEW.audience_id, is_open = NEW.is_open WHERE entry_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER search_entry_moved AFTER UPDATE OF audience_id, is_open ON search_entry FOR EACH ROW
  WHEN (OLD.audience_id <> NEW.audience_id OR OLD.is_open <> NEW.is_open) EXECUTE FUNCTION search_entry_moved();

CREATE FUNCTION search_entries_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  TRUNCATE search_posting, search_entryterms, search_termdelta, search_term;
  RETURN NULL;
END $$;
CREATE TRIGGER search_entries_emptied AFTER TRUNCATE ON search_entry FOR EACH STATEMENT EXECUTE FUNCTION search_entries_emptied();
"""
BACKWARD = """
DROP TRIGGER search_entry_gone ON search_entry;
DROP TRIGGER search_entry_moved ON search_entry;
DROP TRIGGER search_entries_emptied ON search_entry;
DROP FUNCTION search_entry_gone, search_entry_moved, search_entries_emptied, search_count;
DROP TABLE search_term, search_termdelta, search_posting, search_entryterms;
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
