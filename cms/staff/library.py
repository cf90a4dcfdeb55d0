"""Serves files of Wagtail's media library to admin users. Respondents see published copies instead
(consultation.surveys.frozen_files)."""

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
def show_library_file(request, path):
    try:
        file = default_storage.open(path)
    except (OSError, SuspiciousFileOperation) as error:
        raise Http404 from error
    return FileResponse(file, headers=HEADERS)
