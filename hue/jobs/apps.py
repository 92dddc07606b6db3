from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "hue.jobs"
    label = "jobs"
