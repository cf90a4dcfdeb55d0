"""robots.txt and the site map; they agree with the headers of consultation.respondent_pages.robots_policy."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.site.feeds.public_addresses import absolute_url, list_public_addresses
from consultation.respondent_pages.live_status import is_site_live

# Only staff paths are disallowed: other pages carry their own noindex header, which robots must be able to fetch.
STAFF = ("/staff/", "/insights/", "/accounts/", "/documents/", "/api/")


@require_safe
def show_robots_file(request):
    closed = [f"Disallow: {path}" for path in STAFF] if is_site_live() else ["Disallow: /"]
    more = ["", f"Sitemap: {absolute_url('/sitemap.xml')}"] if is_site_live() else []
    lines = ["User-agent: *", *closed, *more, ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def show_sitemap(request):
    context = {"addresses": list_public_addresses(), "absolute": absolute_url("")}
    return render(request, "cms/site/feeds/sitemap.xml", context, content_type="application/xml; charset=utf-8")
