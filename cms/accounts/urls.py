"""URLs of sign-in and own account: allauth's pages, except those for tasks that belong to administrators."""

from django.urls import include, path

from cms.accounts import idle, mine, views, work_accounts

# Administrators create, name and close accounts.
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
