"""The demo, loaded once for all tests of a module and rolled back after them."""

import pytest
from django.db import transaction


@pytest.fixture(scope="module")
def said():
    """What the loaders said while they worked."""
    return []


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, said):
    from cms.demo.demo_loader import load_demo

    with django_db_blocker.unblock(), transaction.atomic():
        load_demo(say=said.append)
        yield
        transaction.set_rollback(True)
