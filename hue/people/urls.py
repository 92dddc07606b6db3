"""The desk's pages about people; and the sign-in, page by page.

Of allauth's pages only these exist: no signing up, no e-mail addresses, no password by mail.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as directory
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.urls import path

from hue.people.gate import public, signed_in
from hue.people.views import force, oneself, people, places, signin

sign_in = [
    path("", signin.front),
    path("invitation/<str:token>/", signin.invitation, name="invitation"),
    path("demonstration/", signin.demonstration, name="demonstration"),
    path("login/", public(account.login), name="account_login"),
    path("logout/", public(account.logout), name="account_logout"),
    path("inactive/", public(account.account_inactive), name="account_inactive"),
    path("reauthenticate/", signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("password/", signed_in(account.password_change), name="account_change_password"),
    path("password/first/", signed_in(account.password_set), name="account_set_password"),
    path("2fa/", signed_in(mfa.index), name="mfa_index"),
    path("2fa/authenticate/", public(mfa.authenticate), name="mfa_authenticate"),
    path("2fa/reauthenticate/", signed_in(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/app/", signed_in(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/app/remove/", signed_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/codes/", signed_in(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "2fa/codes/new/",
        signed_in(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "2fa/codes/file/",
        signed_in(codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("2fa/keys/", signed_in(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path("2fa/keys/add/", signed_in(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("2fa/keys/login/", public(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path(
        "2fa/keys/reauthenticate/",
        signed_in(webauthn.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("2fa/keys/<int:pk>/", signed_in(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
    path(
        "2fa/keys/<int:pk>/remove/",
        signed_in(webauthn.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path(
        "oidc/<str:provider_id>/login/",
        public(signin.if_the_directory_answers(oidc.login)),
        name="openid_connect_login",
    ),
    path(
        "oidc/<str:provider_id>/login/callback/",
        public(signin.if_the_directory_answers(oidc.callback)),
        name="openid_connect_callback",
    ),
    path(
        "directory/cancelled/",
        public(directory.login_cancelled),
        name="socialaccount_login_cancelled",
    ),
    path("directory/error/", public(directory.login_error), name="socialaccount_login_error"),
    path("directory/unknown/", public(directory.signup), name="socialaccount_signup"),
]

app_name = "people"
urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/add/", people.add, name="add"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/roles/", people.change_roles, name="roles"),
    path("people/<int:pk>/place/", people.assign, name="assign"),
    path("people/<int:pk>/suspend/", people.suspend, name="suspend"),
    path("people/<int:pk>/reinstate/", people.reinstate, name="reinstate"),
    path("people/<int:pk>/leave/", people.leave, name="leave"),
    path("people/<int:pk>/practice/", people.start_practice, name="start_practice"),
    path("people/<int:pk>/directory/", people.unlink_directory, name="unlink_directory"),
    path("people/<int:pk>/factor/", people.forget_second_factor, name="forget_factor"),
    path("people/<int:pk>/invite/", people.invite, name="invite"),
    path("permissions/", people.permissions, name="permissions"),
    path("me/", oneself.me, name="me"),
    path("me/public/", oneself.set_public, name="set_public"),
    path("me/phones/<str:pk>/", oneself.forget_phone, name="forget_phone"),
    path("me/second-factor/", oneself.second_factor, name="second_factor"),
    path("people/<int:pk>/details/", people.details, name="details"),
    path("teams/", places.places, name="teams"),
    path("teams/<slug:slug>/", places.team, name="team"),
    path("force/", force.look, name="force"),
    path("priorities/", force.priorities, name="priorities"),
    path("priorities/<slug:slug>/", force.neighbourhood, name="neighbourhood"),
    path("priorities/change/<int:pk>/", force.change_priority, name="change_priority"),
]
