from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "hue.governance"
    label = "governance"

    def ready(self) -> None:
        from hue.governance.reading import laid_down
        from hue.people import wording

        wording.laid_down = laid_down
