"""Without a language in front: the shorter an address, the fewer mistakes."""

from django.urls import path

from consultation.answering.links.views import go

app_name = "links"
urlpatterns = [path("<str:name>/", go, name="go")]
