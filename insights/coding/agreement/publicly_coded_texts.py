"""Texts that a public page shows under a theme: nobody can code such a text blind, so it is not coded twice.

Those pages belong to higher layers, which answer with the ids (`insights.receivers`).
"""

from typing import Any

from django.dispatch import Signal

from consultation.domain.signal_values import collect_return_values

public_texts_asked = Signal()  # -> a queryset of ids of texts


def publicly_coded_text_ids() -> Any:
    (ids,) = collect_return_values(public_texts_asked)
    return ids
