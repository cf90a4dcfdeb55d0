from django.urls import include, path
from wagtail import urls as wagtail_urls

from tests.benchmarks.peers.views import bare

urlpatterns = [path("bare/", bare), path("", include(wagtail_urls))]
