from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "hue.training"
    label = "training"

    def ready(self) -> None:
        from hue.training import about

        about.fill()
