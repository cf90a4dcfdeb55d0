"""robots.txt and the site map; they agree with the headers of consultation.respondents.robots."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.indexing.addresses import absolute, addresses
from consultation.respondents.live import is_live

# Only staff paths are disallowed: other pages carry their own noindex header, which robots must be able to fetch.
STAFF = ("/staff/", "/insights/", "/accounts/", "/documents/", "/api/")


@require_safe
def robots(request):
    closed = [f"Disallow: {path}" for path in STAFF] if is_live() else ["Disallow: /"]
    more = ["", f"Sitemap: {absolute('/sitemap.xml')}"] if is_live() else []
    lines = ["User-agent: *", *closed, *more, ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request):
    context = {"addresses": addresses(), "absolute": absolute("")}
    return render(request, "cms/sitemap.xml", context, content_type="application/xml; charset=utf-8")
