from django.urls import path

from hue.channels import views

app_name = "channels"
urlpatterns = [
    path("", views.index, name="index"),
    path("costs/", views.costs, name="costs"),
    path("connect/<slug:slug>/", views.connect, name="connect"),
    path("connect/<slug:slug>/sign-in/", views.sign_in_there, name="sign_in_there"),
    path("back/", views.come_back, name="come_back"),
    path("<int:pk>/sign-in/", views.sign_in_again, name="sign_in_again"),
    path("deliveries/<int:pk>/", views.delivery, name="delivery"),
    path("deliveries/<int:pk>/<slug:verb>/", views.decide, name="decide"),
    path("<int:pk>/", views.account, name="account"),
    path("<int:pk>/dry/", views.dry, name="dry"),
    path("<int:pk>/key/", views.reconnect, name="reconnect"),
    path("<int:pk>/charter/", views.amend, name="amend"),
    path("<int:pk>/owner/", views.hand_over, name="hand_over"),
    path("<int:pk>/<slug:state>/", views.move, name="move"),
]
