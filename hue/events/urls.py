from django.urls import path

from hue.events import views

app_name = "events"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("<slug:tag>/", views.show, name="show"),
    path("<slug:tag>/edit/", views.edit, name="edit"),
    path("<slug:tag>/guests/", views.invite, name="invite"),
    path("<slug:tag>/guests/<int:pk>/revoke/", views.revoke, name="revoke"),
    path("<slug:tag>/<slug:state>/", views.move, name="move"),
]
