"""The rule whether a form needs an invitation code."""

from consultation.channels.web.form_tokens import FormReferral
from consultation.responses.models import Channel


def needs_invitation_code(page, way=None):
    """Whether a code-only consultation's form was opened without a code: its response is excluded from figures.

    Staff open tablets, paper forms and group sessions, so these need no code.
    """
    way = way or FormReferral()
    return page.code_only and way.channel == Channel.WEB and not way.code
