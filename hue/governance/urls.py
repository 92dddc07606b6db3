from django.urls import path

from hue.governance import views

app_name = "governance"
urlpatterns = [
    path("policy/", views.policy, name="policy"),
    path("policy/new/", views.new_version, name="new_version"),
    path("policy/<int:number>/", views.version, name="version"),
    path("stop/", views.stop, name="stop"),
    path("stop/now/", views.stop_now, name="stop_now"),
    path("stop/<int:pk>/lift/", views.lift, name="lift"),
]
