"""Style sheets and scripts, named by what is in them."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.exceptions import ImproperlyConfigured


class Assets(ManifestStaticFilesStorage):
    """Says in a sentence what Django says by a traceback."""

    def stored_name(self, name: str) -> str:
        try:
            stored: str = super().stored_name(name)
        except ValueError as missing:
            raise ImproperlyConfigured(
                f"{name} is not among the collected style sheets and pictures: run "
                "`hue manage collectstatic --no-input` first (`hue run` does it by itself)."
            ) from missing
        return stored
