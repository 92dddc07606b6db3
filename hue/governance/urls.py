from django.urls import path

from hue.governance.views import elections, packs, policy, stop

app_name = "governance"
urlpatterns = [
    path("policy/", policy.policy, name="policy"),
    path("policy/new/", policy.new_version, name="new_version"),
    path("policy/<int:number>/", policy.version, name="version"),
    path("policy/packs/", packs.take_in, name="take_in"),
    path("policy/packs/out/", packs.take_out, name="take_out"),
    path("policy/packs/<int:pk>/", packs.pack, name="pack"),
    path("policy/packs/<int:pk>/policy.toml", packs.file, name="pack_file"),
    path("policy/packs/<int:pk>/progress/", packs.progress, name="pack_progress"),
    path("policy/packs/<int:pk>/key/", packs.confirm_key, name="confirm_key"),
    path("policy/packs/<int:pk>/agree/", packs.agree, name="agree"),
    path("policy/packs/<int:pk>/drop/", packs.drop, name="drop"),
    path("elections/", elections.elections, name="elections"),
    path("elections/<int:pk>/names/", elections.election_names, name="election_names"),
    path("elections/<int:pk>/end/", elections.end_election, name="end_election"),
    path("stop/", stop.stop, name="stop"),
    path("stop/now/", stop.stop_now, name="stop_now"),
    path("stop/<int:pk>/lift/", stop.lift, name="lift"),
]
