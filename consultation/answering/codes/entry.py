"""Whether a form may be opened without an invitation code."""

from consultation.answering.tokens import Way
from consultation.responses.models import Channel


def needs_code(page, way=None):
    """The consultation opens with a code alone, and this form had none. A Send is never refused for it: it is held.

    A tablet, a paper form and a group are opened by staff, who stand for the code."""
    way = way or Way()
    return page.code_only and way.channel == Channel.WEB and not way.code
