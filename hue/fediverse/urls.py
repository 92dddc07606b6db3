from django.urls import path

from hue.fediverse.views import desk

app_name = "fediverse"
urlpatterns = [
    path("", desk.index, name="index"),
    path("open/", desk.open_account, name="open"),
    path("mine/", desk.mine, name="mine"),
    path("mine/close/", desk.close_mine, name="close_mine"),
    path("block/", desk.block, name="block"),
    path("servers/<int:pk>/unblock/", desk.unblock, name="unblock"),
    path("servers/<int:pk>/send-again/", desk.send_again, name="send_again"),
    path("reports/<int:pk>/read/", desk.read_flag, name="read_flag"),
    path("faults/<int:pk>/try-again/", desk.try_again, name="try_again"),
    path("faults/<int:pk>/let-go/", desk.let_go, name="let_go"),
    path("quotes/<str:pk>/revoke/", desk.revoke_quote, name="revoke_quote"),
    path("<slug:name>/close/", desk.close, name="close"),
    path("<slug:name>/move/", desk.move, name="move"),
    path("<slug:name>/known-as/", desk.know_as, name="know_as"),
]
