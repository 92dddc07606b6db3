from django.apps import AppConfig


class FediverseConfig(AppConfig):
    name = "hue.fediverse"
    label = "fediverse"
