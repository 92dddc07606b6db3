from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "hue.events"
    label = "events"

    def ready(self) -> None:
        import hue.events.sitemaps  # noqa: F401  registers the poster
