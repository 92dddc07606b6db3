"""What the public may send; everything that they only read is a file."""

from django.urls import path

from hue.listening.views import ask

app_name = "ask"
urlpatterns = [
    path("", ask.ask, name="ask"),
    path("<str:pk>/doubt/", ask.doubt, name="doubt"),
]
