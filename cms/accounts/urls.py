"""URLs of sign-in and own account: allauth's pages, except those for tasks that belong to administrators."""

from django.urls import include, path

from cms.accounts import idle_timeout, staff_account_views, views, work_accounts

# Administrators create, name and close accounts.
CLOSED_ALLAUTH_PAGES = [
    "signup/",
    "email/",
    "confirm-email/",
    "confirm-email/<str:key>/",
    "login/code/confirm/",
    "3rdparty/signup/",
    "social/signup/",
    # A work account joins at its first sign-in, by an address that the employer has checked.
    "3rdparty/",
    "social/connections/",
]

urlpatterns = [
    path("start/", views.redirect_to_start_page, name="account_start"),
    path("still-here/", idle_timeout.show_idle_time, name="still-here"),
    path("sessions/", staff_account_views.show_own_sessions, name="my-sessions"),
    path("sessions/end/", staff_account_views.end_own_sessions, name="end-my-session"),
    path("oidc/<str:provider_id>/login/callback/", work_accounts.finish_work_account_sign_in),
    *(path(address, views.raise_not_found) for address in CLOSED_ALLAUTH_PAGES),
    path("", include("allauth.urls")),
]
