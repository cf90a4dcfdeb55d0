import pytest


@pytest.fixture(autouse=True)
def keep_connection(monkeypatch):
    """A worker drops old connections; the one that holds a test's transaction must stay."""
    for module in ("cms.operations.scheduler.sweep_worker", "django_tasks_db.management.commands.db_worker"):
        monkeypatch.setattr(f"{module}.close_old_connections", lambda: None)
