"""Media on S3-compatible storage (`MEDIA_STORAGE`), still served by this site under MEDIA_URL."""

from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage


class MediaOnObjectStorage(S3Storage):
    def url(self, name: str, *args: object, **kwargs: object) -> str:
        return f"{settings.MEDIA_URL}{filepath_to_uri(name)}"
