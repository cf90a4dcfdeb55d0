"""Where files are kept, by address: a folder, or `s3://bucket/folder` on any S3-compatible service.

Keys and address of the service are boto3's own variables (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_ENDPOINT_URL).
"""

from urllib.parse import urlsplit

IN_MEMORY = 8 * 1024 * 1024


def build_media_storage(address):
    if not address:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    # Web processes hand the files on: a browser is sent to no other host.
    return _build_s3(address, "cms.operations.media_storage.MediaOnObjectStorage", file_overwrite=False)


def build_copy_storage(address):
    if address.startswith("s3://"):
        return _build_s3(address, "storages.backends.s3.S3Storage", file_overwrite=True)
    options = {"location": address, "allow_overwrite": True, "file_permissions_mode": 0o600}
    return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}


def _build_s3(address, backend, **options):
    parts = urlsplit(address)
    options |= {"bucket_name": parts.netloc, "location": parts.path.strip("/"), "max_memory_size": IN_MEMORY}
    return {"BACKEND": backend, "OPTIONS": options}
