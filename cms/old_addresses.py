"""Old addresses of staff pages redirect for good, so that bookmarks, e-mails and saved pages still lead somewhere."""

from django.http import HttpResponsePermanentRedirect
from django.urls import re_path
from django.views.decorators.http import require_safe

NEW_PREFIXES = {
    "staff/building/": "staff/editor/",
    "staff/checks/": "staff/validation/",
    "staff/codes/": "staff/invitation-codes/",
    "staff/due/": "staff/task-list/",
    "staff/get-it-out/": "staff/promotion/",
    "staff/known-words/": "staff/allow-list/",
    "staff/links/": "staff/short-links/",
    "staff/questionnaires/": "staff/exchange/",
    "staff/reading/held/": "staff/reading/awaiting-colleague/",
    "staff/reading/practice/": "staff/reading/seeded-answers/",
    "staff/reading/second-look/": "staff/reading/audit-sample/",
    "staff/stop/": "staff/closing/",
    "insights/manage/checks/": "insights/manage/member-checks/",
    "insights/manage/voices/": "insights/manage/minority-views/",
    "insights/reach/": "insights/representation/",
    "insights/shelf/": "insights/saved/",
    "insights/unheard/": "insights/unanswered/",
}


@require_safe
def redirect_old_address(request, old):
    address = request.get_full_path().removeprefix(f"/{old}")
    return HttpResponsePermanentRedirect(f"/{NEW_PREFIXES[old]}{address}")


urlpatterns = [re_path(f"^{old}", redirect_old_address, {"old": old}) for old in NEW_PREFIXES]
