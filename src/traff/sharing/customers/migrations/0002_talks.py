"""A talk is a conversation, not its address; and the list of customers is read by an index."""

import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
from django.db import migrations, models

LED_TO = """
UPDATE customers_{0} t SET talk_id = c.id FROM conversations_conversation c
 WHERE c.id = substring(t.talk_path FROM '/conversations/([0-9]+)/$')::int
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_initial"),
        ("conversations", "0001_initial"),
        ("customers", "0001_initial"),
    ]

    operations = [
        *(
            migrations.AddField(
                model_name=name,
                name="talk",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to="conversations.conversation",
                ),
            )
            for name in ("introduction", "tip")
        ),
        migrations.RunSQL([LED_TO.format(name) for name in ("introduction", "tip")], migrations.RunSQL.noop),
        *(migrations.RemoveField(model_name=name, name="talk_path") for name in ("introduction", "tip")),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                models.OrderBy(models.F("gone_at"), nulls_first=True),
                django.db.models.functions.comparison.Collate(
                    models.Func(
                        django.db.models.functions.text.Lower("name"),
                        models.Value("åäöæøéèü"),
                        models.Value("{|}|}eey"),
                        function="translate",
                        output_field=models.CharField(),
                    ),
                    "C",
                ),
                models.F("id"),
                name="customer_by_name",
            ),
        ),
    ]
