"""Counts of the running minute. Unlogged: after a crash nobody misses them, and writing them costs little."""

from django.db import migrations

FORWARD = "CREATE UNLOGGED TABLE accounts_pace (key bytea PRIMARY KEY, minute int NOT NULL, times int NOT NULL)"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_part_of_name")]
    operations = [migrations.RunSQL(FORWARD, "DROP TABLE accounts_pace")]
