from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "hue.channels"
    label = "channels"

    def ready(self) -> None:
        import hue.channels.sitemaps  # noqa: F401  registers the public list
