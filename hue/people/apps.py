from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "hue.people"
    label = "people"

    def ready(self) -> None:
        from hue.pages import shell
        from hue.people import sitemaps  # noqa: F401  registers its pages
        from hue.people.identity import identity

        shell.identity = identity
