"""A PDF made while its reader waits, as an audited download."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from consultation.file_output.pdf import pdf_press
from consultation.file_output.spreadsheets import deliver_file

NO_PDF_LIBRARY = "This machine cannot make a PDF: Pango is missing. Print the page instead."


def deliver_pdf(
    request: HttpRequest, template: str, context: dict[str, Any], *, back: str, kind: str, name: str, **data: Any
) -> HttpResponseBase:
    """The PDF of a template (see `render_pdf`). A machine that cannot make one says so on the page `back`. The rest is as
    `deliver_file` takes it."""
    try:
        made = pdf_press.render_pdf(template, context)
    except pdf_press.PdfUnavailable:
        messages.error(request, NO_PDF_LIBRARY)
        return redirect(back)
    return deliver_file(
        by=request.user,
        kind=kind,
        name=f"{name}.pdf",
        content_type="application/pdf",
        write=lambda file: 0 * file.write(made),
        form="pdf",
        **data,
    )
