from django.urls import path

from hue.training.views import cases, officers, questions

app_name = "training"
urlpatterns = [
    path("questions/", questions.said, name="said"),
    path("questions/ask/", questions.ask, name="ask"),
    path("questions/about/<str:pk>/", questions.ask_about, name="ask_about"),
    path("questions/<int:pk>/", questions.question, name="question"),
    path("questions/<int:pk>/answer/", questions.answer, name="answer"),
    path("questions/<int:pk>/take-back/", questions.take_back, name="take_back"),
    path("training/", cases.home, name="home"),
    path("training/cases/<slug:slug>/", cases.case, name="case"),
    path("training/officers/<int:pk>/", officers.officer, name="officer"),
    path("training/officers/<int:pk>/mentor/", officers.name_mentor, name="name_mentor"),
    path("training/officers/<int:pk>/ready/", officers.say_ready, name="say_ready"),
    path("training/officers/<int:pk>/not-yet/", officers.say_not_yet, name="say_not_yet"),
    path("training/officers/<int:pk>/end/", officers.end_practice, name="end_practice"),
]
