"""URLs of the staff account pages."""

from django.urls import path

from cms.accounts import agreement_views, people
from cms.api import pages as programs

app_name = "people"
urlpatterns = [
    path("", people.people, name="list"),
    path("new/", people.new, name="new"),
    path("agreements/", agreement_views.agreements, name="agreements"),
    path("agreements/<int:pk>/end/", agreement_views.end, name="end-agreement"),
    path("programs/", programs.programs, name="programs"),
    path("programs/<int:pk>/revoke/", programs.revoke, name="revoke-program"),
    path("<int:pk>/", people.detail, name="detail"),
    path("<int:pk>/give/", people.give, name="give"),
    path("<int:pk>/take/<slug:role>/", people.take, name="take"),
    path("<int:pk>/close/", people.close, name="close"),
    path("<int:pk>/sign-out/", people.sign_out, name="sign-out"),
    path("<int:pk>/second-factor/", people.forget_factor, name="forget-factor"),
    path("<int:pk>/link/", people.link, name="link"),
    path("requests/<int:pk>/", people.answer, name="answer"),
]
