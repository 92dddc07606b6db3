from django.apps import AppConfig


class SubscribersConfig(AppConfig):
    name = "hue.subscribers"
    label = "subscribers"

    def ready(self) -> None:
        import hue.subscribers.sitemaps  # noqa: F401  registers the public page of the form
