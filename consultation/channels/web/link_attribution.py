"""Attribution of a form to a printed link: a URL parameter of the landing page and the survey, then part of the signed
form token. It needs no cookie, and the cached survey document stays the same for everyone."""

from consultation.channels.web.form_tokens import FormReferral
from consultation.surveys.landing_page import find_link_name


def find_form_referral(request, page):
    """The FormReferral of the form that this request opens; None without an active printed link of this consultation."""
    name = find_link_name(request)
    known = name and page.printed_links.filter(name=name, off=False).exists()
    return FormReferral(link=name) if known else None
