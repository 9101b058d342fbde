"""A line for every change of the concepts, so that each process knows when the names it holds are no longer true.

Lines are appended, never counted up in place: two who each make a new topic do not wait for one another.
"""

from django.db import migrations

FORWARD = """
CREATE TABLE search_conceptchange (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE FUNCTION search_concepts_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_conceptchange DEFAULT VALUES;
  RETURN NULL;
END $$;
CREATE TRIGGER search_concepts_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON search_concept
  FOR EACH STATEMENT EXECUTE FUNCTION search_concepts_changed();
"""
BACKWARD = """
DROP TRIGGER search_concepts_changed ON search_concept;
DROP FUNCTION search_concepts_changed;
DROP TABLE search_conceptchange;
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0003_sensitive_concepts")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
