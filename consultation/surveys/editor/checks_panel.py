"""The editor's list of findings; checks.js also shows them beside each question, and reloads the list after a save."""

from typing import Any

from consultation.surveys.editor.questionnaire_outline import estimate_minutes
from consultation.surveys.validation.findings import get_shared_report


def build_checks_panel(page: Any, user: Any, **_: Any) -> dict[str, Any] | None:
    """None for translations, which have a named checker instead."""
    if page.pk and page.is_translation:
        return None
    # The task that this user may approve is named, because Wagtail hides its button in a menu.
    task = page.current_workflow_task if page.pk else None
    actions = task.specific.get_actions(page, user) if task else []
    return {
        "report": get_shared_report(page) if page.pk else None,
        "page": page,
        "number": page.pk or 0,
        "minutes": estimate_minutes(page),
        "waits_for": task.name if task and any(name == "approve" for name, *_ in actions) else "",
    }
