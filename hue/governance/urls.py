from django.urls import path

from hue.governance import elections, views

app_name = "governance"
urlpatterns = [
    path("policy/", views.policy, name="policy"),
    path("policy/new/", views.new_version, name="new_version"),
    path("policy/<int:number>/", views.version, name="version"),
    path("elections/", elections.elections, name="elections"),
    path("elections/<int:pk>/names/", elections.election_names, name="election_names"),
    path("elections/<int:pk>/end/", elections.end_election, name="end_election"),
    path("stop/", views.stop, name="stop"),
    path("stop/now/", views.stop_now, name="stop_now"),
    path("stop/<int:pk>/lift/", views.lift, name="lift"),
]
