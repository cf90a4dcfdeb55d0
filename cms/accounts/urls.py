"""allauth's pages, without those that only an administrator may do, and the way from sign-in to work."""

from django.urls import include, path

from cms.accounts import idle, mine, views, work_accounts

# Accounts are made, named and closed by an administrator.
CLOSED = [
    "signup/",
    "email/",
    "confirm-email/",
    "confirm-email/<str:key>/",
    "login/code/confirm/",
    "3rdparty/signup/",
    "social/signup/",
]

urlpatterns = [
    path("start/", views.start, name="account_start"),
    path("still-here/", idle.still_here, name="still-here"),
    path("sessions/", mine.sessions, name="my-sessions"),
    path("sessions/end/", mine.end, name="end-my-session"),
    path("oidc/<str:provider_id>/login/callback/", work_accounts.callback),
    *(path(address, views.not_here) for address in CLOSED),
    path("", include("allauth.urls")),
]
