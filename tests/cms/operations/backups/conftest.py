import pytest


@pytest.fixture
def folder(settings, tmp_path):
    settings.BACKUP_DIR = tmp_path / "backups"
    settings.VAR_DIR = tmp_path
    return settings.BACKUP_DIR
