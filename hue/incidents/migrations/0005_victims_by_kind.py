"""Incidents from before get what a new one of their kind gets."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

WITH_VICTIM = (
    ["burglary", "robbery", "vehicle_crime", "theft", "shoplifting", "criminal_damage", "violence"]
    + ["domestic", "fraud"]
)  # fmt: skip


def by_kind(apps: Apps, schema: BaseDatabaseSchemaEditor) -> None:
    rows = apps.get_model("incidents", "Incident").objects.using(schema.connection.alias)
    rows.filter(kind__in=WITH_VICTIM).update(has_victim=True)


class Migration(migrations.Migration):
    dependencies = [("incidents", "0004_who_is_concerned")]
    operations = [migrations.RunPython(by_kind, migrations.RunPython.noop)]
