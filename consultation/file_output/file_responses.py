"""A file that a browser shows or downloads, made for this request and not audited."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def send_file(content: str | bytes, name: str, content_type: str, *, inline: bool = False) -> HttpResponse:
    headers = {"Content-Disposition": content_disposition_header(not inline, name) or ""}
    return HttpResponse(content, content_type=content_type, headers=headers)
