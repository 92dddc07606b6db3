from django.apps import AppConfig


class ListeningConfig(AppConfig):
    name = "hue.listening"
    label = "listening"

    def ready(self) -> None:
        import hue.listening.sitemaps  # noqa: F401  registers the pages
