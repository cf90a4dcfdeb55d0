"""Editor panels that a room above the page's model draws."""

from typing import Any

from django.dispatch import Signal
from django.utils.functional import cached_property
from wagtail.admin.panels import Panel

from consultation.domain.signal_values import collect_return_values


class SignalPanel(Panel):
    """The first answer to `asked` is the template's context. Without an answer, the panel is hidden."""

    def __init__(self, *, asked: Signal, template: str, **kwargs: Any):
        super().__init__(**kwargs)
        self.asked, self.template = asked, template

    def clone_kwargs(self):
        return super().clone_kwargs() | {"asked": self.asked, "template": self.template}

    class BoundPanel(Panel.BoundPanel):
        @property
        def template_name(self):
            return self.panel.template

        @cached_property
        def answer(self) -> dict[str, Any] | None:
            answers = collect_return_values(self.panel.asked, page=self.instance, user=self.request.user)
            return next((answer for answer in answers if answer is not None), None)

        def is_shown(self):
            return self.answer is not None

        def get_context_data(self, parent_context=None):
            return super().get_context_data(parent_context) | self.answer
