from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class WiringConfig(AppConfig):
    """Has no tables; its commands are those that need every room."""

    name = "hue.config"
    label = "config"

    def ready(self) -> None:
        # The record can only read aloud the kinds that were imported.
        autodiscover_modules("actions")
