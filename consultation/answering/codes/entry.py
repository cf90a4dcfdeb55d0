"""The rule whether a form needs an invitation code."""

from consultation.answering.tokens import Way
from consultation.responses.models import Channel


def needs_code(page, way=None):
    """Whether a code-only consultation's form was opened without a code: its response is excluded from figures.

    Staff open tablets, paper forms and group sessions, so these need no code.
    """
    way = way or Way()
    return page.code_only and way.channel == Channel.WEB and not way.code
