from django.apps import AppConfig
from django.conf import settings


class DrillConfig(AppConfig):
    name = "hue.drill"
    label = "drill"

    def ready(self) -> None:
        from hue.lib import walls

        if settings.HUE_DRILL:
            walls.build()
