from django.urls import path

from hue.desk import record, views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("queues/<slug:slug>/", views.queue, name="queue"),
    path("alarms/<int:pk>/", views.alarm, name="alarm"),
    path("presence/", views.presence, name="presence"),
    # The record.
    path("record/", record.entries, name="record"),
    path("record/chain/", record.chain, name="record_chain"),
    path("record/<int:pk>/", record.entry, name="record_entry"),
    path("record/<int:pk>/open/", record.open_personal, name="record_open"),
    path("record/<int:pk>/shred/", record.shred_personal, name="record_shred"),
    path("wall/", views.wall, name="wall"),
    path("service-worker.js", views.worker, name="worker"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
]
