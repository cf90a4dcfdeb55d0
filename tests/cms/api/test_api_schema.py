"""The API answers as its OpenAPI document says, whatever is asked: schemathesis draws requests from the document."""

import pytest
import schemathesis
from django.core.cache import caches
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.api.models import Scope
from cms.wsgi import application

QUIET = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def document(db):
    """The API by its own document, asked through the site's WSGI application on the connection of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.slow
def test_no_request_is_answered_otherwise_than_the_document_says(document, release, public, let_in):
    token = let_in(*Scope.values, per_minute=9999)[1]
    operations = [found.ok() for found in document.get_all_operations()]
    came = set()
    for operation in operations:

        @QUIET
        @given(case=operation.as_strategy(), known=st.booleans())
        def ask(case, known):
            caches["limits"].clear()
            for name, there in {"pk": release.pk, "code": public.slug}.items():
                if known and name in (case.path_parameters or {}):
                    case.path_parameters[name] = there
            response = case.call_and_validate(headers={"Authorization": f"Bearer {token}"})
            came.add((case.operation.label, response.status_code))

        ask()
    assert {label for label, status in came if status == 200} == {each.label for each in operations}
