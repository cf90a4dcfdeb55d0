"""WSGI entry point; preloads the web process."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")
application = get_wsgi_application()

from cms.operations.preload import preload_web_process  # noqa: E402  (needs the loaded apps)

preload_web_process()
