"""The record: entries as they happened, and the seals that chain them. Both only ever grow."""

from django.db import models


class Entry(models.Model):
    """One thing somebody did. Who is frozen here as it was then: no key leads to a person's row."""

    kind = models.CharField(max_length=60, db_index=True)
    at = models.DateTimeField(db_index=True)
    by_id = models.CharField(max_length=40, db_index=True)
    by_name = models.CharField(max_length=120)
    by_role = models.CharField(max_length=60)
    subject = models.CharField(max_length=80, db_index=True)  # "post:0h3k…"
    data = models.JSONField(default=dict)
    # Personal data, sealed with the key of `SealedKey`; what is hashed is this ciphertext.
    personal = models.TextField(default="")
    key_id = models.CharField(max_length=40, default="")

    class Meta:
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.at:%Y-%m-%d %H:%M:%S}"


class Seal(models.Model):
    """The place of an entry in the chain. `digest` covers `previous` and the sealed text."""

    number = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="seal")
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    signature = models.TextField(default="")  # of the last of each batch; the chain signs the rest
    sealed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:12]}"


class Unsealed(models.Model):
    """Entries that wait for the sealer. The database itself notes them, as they are inserted:
    looking for entries without a seal would cost more with every year of the record."""

    entry_id = models.BigIntegerField(primary_key=True)

    class Meta:
        verbose_name_plural = "unsealed"

    def __str__(self) -> str:
        return str(self.entry_id)


class SealedKey(models.Model):
    """The key to the personal data of one entry, itself sealed. To delete it is to shred."""

    id = models.CharField(max_length=40, primary_key=True)
    sealed = models.TextField()
    about = models.CharField(max_length=80, db_index=True)  # whose data: "officer:12"

    def __str__(self) -> str:
        return self.id
