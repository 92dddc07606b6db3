from django.apps import AppConfig


class SubscribersConfig(AppConfig):
    name = "hue.subscribers"
    label = "subscribers"
