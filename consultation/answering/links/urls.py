"""The public `/go/` address, without a language prefix: a shorter address has fewer typing errors."""

from django.urls import path

from consultation.answering.links.views import go

app_name = "links"
urlpatterns = [path("<str:name>/", go, name="go")]
