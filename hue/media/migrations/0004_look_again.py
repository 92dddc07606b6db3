import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F


def on_their_day(apps: Apps, schema: BaseDatabaseSchemaEditor) -> None:
    rows = apps.get_model("media", "Picture").objects.using(schema.connection.alias)
    rows.exclude(review_at=None).update(look_again_at=F("review_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("media", "0003_what_a_picture_shows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="picture",
            name="described_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="picture",
            name="look_again_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="picture",
            index=models.Index(
                condition=models.Q(("look_again_at__isnull", False)),
                fields=["look_again_at"],
                name="pictures_to_look_at_again",
            ),
        ),
        migrations.RunPython(on_their_day, migrations.RunPython.noop),
    ]
