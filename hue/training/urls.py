from django.urls import path

from hue.training.views import questions

app_name = "training"
urlpatterns = [
    path("questions/", questions.said, name="said"),
    path("questions/ask/", questions.ask, name="ask"),
    path("questions/about/<str:pk>/", questions.ask_about, name="ask_about"),
    path("questions/<int:pk>/", questions.question, name="question"),
    path("questions/<int:pk>/answer/", questions.answer, name="answer"),
    path("questions/<int:pk>/take-back/", questions.take_back, name="take_back"),
]
