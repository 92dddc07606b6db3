from django.urls import include, path

from hue.config.api import api
from hue.people.urls import sign_in
from hue.subscribers.urls import public_urls as my_watch

urlpatterns = [
    path("sign-in/", include(sign_in)),
    path("my-watch/", include(my_watch)),
    path("api/", api.urls),
    path("desk/", include("hue.people.urls")),
    path("desk/", include("hue.governance.urls")),
    path("desk/media/", include("hue.media.urls")),
    path("desk/incidents/", include("hue.incidents.urls")),
    path("desk/events/", include("hue.events.urls")),
    path("desk/fediverse/", include("hue.fediverse.urls")),
    path("desk/subscribers/", include("hue.subscribers.urls")),
    path("desk/channels/", include("hue.channels.urls")),
    path("desk/listening/", include("hue.listening.urls.watches")),
    path("desk/", include("hue.publishing.urls")),
    path("desk/", include("hue.training.urls")),
    path("desk/", include("hue.listening.urls.rumours")),
    path("desk/", include("hue.drill.urls")),
    path("ask/", include("hue.listening.urls.ask")),
    path("desk/", include("hue.desk.urls")),
]

handler500 = "hue.desk.trouble.trouble"
