"""Serves files and documents of Wagtail's media library to admin users. Nothing in it is public: respondents see
published copies instead (consultation.surveys.frozen_files)."""

from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from wagtail.documents import get_document_model

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


@require_safe
@login_required
@permission_required("wagtailadmin.access_admin", raise_exception=True)
def show_document(request, pk, name):
    document = get_object_or_404(get_document_model(), pk=pk)
    if document.filename != name:
        raise Http404
    return show_library_file(request, document.file.name)
