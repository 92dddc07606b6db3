"""Entries wait for their seal in a table of their own, and nothing switches the guard off."""

from django.db import migrations, models

FORWARD = """
CREATE FUNCTION audit_waits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_unsealed (entry_id) VALUES (NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER waits AFTER INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_waits();
INSERT INTO audit_unsealed (entry_id)
  SELECT id FROM audit_entry WHERE NOT EXISTS
    (SELECT FROM audit_seal WHERE audit_seal.entry_id = audit_entry.id);
ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER only_grows;
ALTER TABLE audit_seal ENABLE ALWAYS TRIGGER only_grows;
"""
BACKWARD = """
ALTER TABLE audit_seal ENABLE TRIGGER only_grows;
ALTER TABLE audit_entry ENABLE TRIGGER only_grows;
DROP TRIGGER waits ON audit_entry;
DROP FUNCTION audit_waits();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [
        migrations.CreateModel(
            name="Unsealed",
            fields=[
                ("entry_id", models.BigIntegerField(primary_key=True, serialize=False)),
            ],
            options={"verbose_name_plural": "unsealed"},
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
