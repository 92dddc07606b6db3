from django.urls import path

from hue.media import views

app_name = "media"
urlpatterns = [path("<slug:pk>/<int:width>/", views.preview, name="preview")]
