from django.urls import path, register_converter
from django.urls.converters import StringConverter

from hue.publishing import elsewhere, passing, reviewing, together, views
from hue.publishing.decisions import DECISIONS

app_name = "publishing"


class Verb(StringConverter):
    regex = "|".join(DECISIONS)


register_converter(Verb, "verb")

urlpatterns = [
    path("phone/", views.phone, name="phone"),
    path("practice/", views.practice, name="practice"),
    path("posts/new/", views.compose, name="compose"),
    path("posts/elsewhere/", elsewhere.elsewhere, name="elsewhere"),
    path("posts/check/", views.check, name="check"),
    path("posts/", views.published, name="published"),
    path("posts/pass-on/", passing.pass_on, name="pass_on"),
    path("posts/mine/", views.mine, name="mine"),
    path("posts/undo/<str:token>/", views.undo, name="undo"),
    path("sample/", reviewing.sample, name="sample"),
    path("sample/<int:pk>/", reviewing.judge, name="judge"),
    path("sample/back/", reviewing.take_back, name="sample_back"),
    path("guard/", reviewing.guard_report, name="guard_report"),
    path("guard/report.csv", reviewing.guard_report_csv, name="guard_report_csv"),
    path("queues/<slug:slug>/together/", together.together, name="together"),
    path("media/<slug:pk>/<int:width>/", views.picture, name="picture"),
    path("posts/<str:pk>/", views.item, name="item"),
    path("posts/<str:pk>/<verb:verb>/", views.decide, name="decide"),
]
