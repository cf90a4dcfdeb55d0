"""The editor panel with the publishing guide, for officers who have not hidden it."""

from typing import Any

from consultation.surveys.starting_points import publishing_guide

EDIT = "consultation.edit_consultation"


def build_guide_panel(page: Any, user: Any, **_: Any) -> dict[str, Any] | None:
    if not user.has_perm(EDIT) or (page.pk and page.is_translation):
        return None
    hidden = publishing_guide.is_guide_hidden(user)
    steps = publishing_guide.build_steps(page, page) if page.pk and not hidden else []
    return {"steps": steps, "hidden": hidden, "number": page.pk or 0}
