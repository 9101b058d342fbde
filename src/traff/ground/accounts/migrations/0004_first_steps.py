from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_pace")]
    operations = [
        migrations.AddField("person", "shown_around_at", models.DateTimeField(blank=True, null=True)),
    ]
