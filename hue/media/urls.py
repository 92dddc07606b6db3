from django.urls import path

from hue.media import views

app_name = "media"
urlpatterns = [
    path("portrait/", views.portrait, name="portrait"),
    path("portrait/take-back/", views.take_back_portrait, name="take_back_portrait"),
    path("<str:pk>/facts/", views.picture_facts, name="picture_facts"),
    path("<str:pk>/approve/", views.approve_picture, name="approve_picture"),
]
