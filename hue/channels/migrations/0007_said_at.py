from django.db import migrations, models


def as_far_as_it_is_known(apps, schema_editor):
    Account = apps.get_model("channels", "Account")
    for account in Account.objects.using(schema_editor.connection.alias):
        sent = account.deliveries.filter(version__gt=0)
        account.said_at = sent.aggregate(last=models.Max("piece__at"))["last"]
        account.save(update_fields=["said_at"])


class Migration(migrations.Migration):
    dependencies = [("channels", "0006_keys_that_are_renewed")]

    operations = [
        migrations.AddField(
            model_name="account",
            name="said_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(as_far_as_it_is_known, migrations.RunPython.noop),
    ]
