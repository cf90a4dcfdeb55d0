"""The files of Wagtail's library, for those who work in its admin: what respondents see are kept copies of them
(consultation.questionnaires.kept_files), so nobody else needs an address here."""

from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

HEADERS = {
    "Cache-Control": "private, max-age=600",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


@require_safe
@login_required
@permission_required("wagtailadmin.access_admin", raise_exception=True)
def library(request, path):
    try:
        file = default_storage.open(path)
    except (OSError, SuspiciousFileOperation) as error:
        raise Http404 from error
    response = FileResponse(file)
    for name, value in HEADERS.items():
        response[name] = value
    return response
