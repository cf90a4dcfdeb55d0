"""The public `/go/` address, without a language prefix: a shorter address has fewer typing errors."""

from django.urls import path

from consultation.channels.short_links.views import follow_code_link, follow_printed_link

app_name = "links"
urlpatterns = [
    path("<str:name>/", follow_printed_link, name="go"),
    path("<str:name>/code/", follow_code_link, name="code"),
]
