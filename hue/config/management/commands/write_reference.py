"""`hue manage write_reference`: the generated pages of the documentation."""

from typing import Any

from django.core.management.base import BaseCommand

from hue.config import reference, settings


class Command(BaseCommand):
    help = "Writes docs/reference/ from the code."

    def handle(self, *args: Any, **options: Any) -> None:
        for file, text in reference.pages().items():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
            self.stdout.write(str(file.relative_to(settings.BASE)))
