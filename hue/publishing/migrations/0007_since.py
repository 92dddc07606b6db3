from django.db import migrations, models
from django.db.models import F


def _as_far_as_we_know(apps, schema_editor):
    """Of what is there already only the arrival is known."""
    posts = apps.get_model("publishing", "Post").objects.using(schema_editor.connection.alias)
    posts.update(since=F("received_at"))


class Migration(migrations.Migration):
    dependencies = [("publishing", "0006_reviews")]

    operations = [
        migrations.AddField("post", "since", models.DateTimeField(null=True)),
        migrations.RunPython(_as_far_as_we_know, migrations.RunPython.noop),
        migrations.AlterField("post", "since", models.DateTimeField()),
    ]
