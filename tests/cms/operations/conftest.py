"""A folder for backups, and a site with one consultation."""

import pytest

from tests.factories import consultation, question


@pytest.fixture
def folder(settings, tmp_path):
    settings.BACKUP_DIR = tmp_path / "backups"
    settings.VAR_DIR = tmp_path
    settings.DEMO = False  # a backup of a development database is refused
    return settings.BACKUP_DIR


@pytest.fixture
def site(home, folder):
    return consultation(home, items=[question("a", options=["Yes", "No"]), question("b", "long_text")])


@pytest.fixture
def auditor(client_as):
    return client_as("auditor")
