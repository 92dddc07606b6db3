from django.urls import path

from hue.listening.views import asked, rumours

app_name = "rumours"
urlpatterns = [
    path("rumours/", rumours.register, name="register"),
    path("rumours/new/", rumours.enter, name="enter"),
    # What the public sent in.
    path("rumours/asked/<int:pk>/", asked.asked, name="asked"),
    path("rumours/asked/<int:pk>/take-up/", asked.take_up, name="take_up"),
    path("rumours/asked/<int:pk>/put-away/", asked.drop, name="drop"),
    path("rumours/doubts/<int:pk>/", asked.challenge, name="challenge"),
    path("rumours/doubts/<int:pk>/decide/", asked.decide_challenge, name="decide_challenge"),
    path("rumours/<str:pk>/", rumours.rumour, name="rumour"),
    path("rumours/<str:pk>/change/", rumours.amend, name="amend"),
    path("rumours/<str:pk>/decide/", rumours.decide, name="decide"),
    path("rumours/<str:pk>/split/", rumours.split, name="split"),
    path("rumours/<str:pk>/answer/", rumours.draft_rebuttal, name="draft_rebuttal"),
    path("rumours/<str:pk>/<slug:deed>/", rumours.do, name="do"),
]
