from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "hue.publishing"
    label = "publishing"

    def ready(self) -> None:
        from hue.publishing import about

        about.fill()
        import hue.publishing.sitemaps  # noqa: F401  registers the pages
        from hue.audit import seal
        from hue.pages import index

        index.head = seal.head
