from django.urls import path

from hue.subscribers.views import desk, public

# What residents send: "/my-watch/…". The page with the form is a file, "/watch/".
public_urls = (
    [
        path("ask/", public.ask, name="ask"),
        path("code/", public.code, name="code"),
        path("yes/<slug:token>/", public.yes, name="yes"),
        path("own/<slug:token>/", public.own, name="own"),
        path("own/<slug:token>/mine.json", public.mine, name="mine"),
        path("own/<slug:token>/erase/", public.erase, name="erase"),
        path("leave/<slug:token>/", public.leave, name="leave"),
        path("leave/<slug:token>/why/", public.why, name="why"),
    ],
    "watch",
)
app_name = "subscribers"
urlpatterns = [
    path("", desk.index, name="index"),
    path("people/<slug:verb>/", desk.person, name="person"),
    path("lists/<int:pk>/", desk.amend, name="list"),
]
