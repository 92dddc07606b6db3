from django.apps import AppConfig


class ListeningConfig(AppConfig):
    name = "hue.listening"
    label = "listening"
