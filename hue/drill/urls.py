from django.urls import path

from hue.drill import views

app_name = "drill"
urlpatterns = [
    path("drills/", views.index, name="index"),
    path("drills/begin/", views.begin, name="begin"),
    path("drills/end/", views.end, name="end"),
]
