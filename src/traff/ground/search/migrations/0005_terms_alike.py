"""Words by their trigrams, for what is misspelt. No counts in the condition: they change in place, and would no longer."""

from django.db import migrations

FORWARD = "CREATE INDEX search_term_alike ON search_term USING gin (text gin_trgm_ops) WHERE text NOT LIKE '#%'"


class Migration(migrations.Migration):
    dependencies = [("search", "0004_concept_changes")]
    operations = [migrations.RunSQL(FORWARD, "DROP INDEX search_term_alike")]
