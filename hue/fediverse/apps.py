from django.apps import AppConfig


class FediverseConfig(AppConfig):
    name = "hue.fediverse"
    label = "fediverse"

    def ready(self) -> None:
        import hue.fediverse.sitemaps  # noqa: F401  registers what is served to other servers
