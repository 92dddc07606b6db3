from django.urls import path

from hue.listening.views import rumours

app_name = "listening"
urlpatterns = [
    path("rumours/", rumours.register, name="register"),
    path("rumours/new/", rumours.enter, name="enter_rumour"),
    path("rumours/<str:pk>/", rumours.rumour, name="rumour"),
    path("rumours/<str:pk>/change/", rumours.amend, name="amend_rumour"),
    path("rumours/<str:pk>/decide/", rumours.decide, name="decide_rumour"),
    path("rumours/<str:pk>/second/", rumours.second, name="second_rumour"),
    path("rumours/<str:pk>/seen/", rumours.see, name="see_rumour"),
    path("rumours/<str:pk>/check/", rumours.check, name="check_rumour"),
    path("rumours/<str:pk>/show/", rumours.show, name="show_rumour"),
    path("rumours/<str:pk>/open-again/", rumours.reopen, name="reopen_rumour"),
]
