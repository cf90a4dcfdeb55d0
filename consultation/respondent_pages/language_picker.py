"""The languages of the top bar: each by its own name, with the address of the same page in it; and the easy-read and
clear-print switches, which travel from page to page in forms and are never stored.

No cookie remembers a language: it is in the address, and `/` asks the browser.
"""

from django.conf import settings
from django.http import HttpResponseRedirect
from django.utils.translation import get_language_from_request
from django.views.decorators.http import require_safe

from consultation.interface_text import LANGUAGES

SWITCHES = ("easy", "letters")


@require_safe
def redirect_to_language(request):
    """The home page in the first language of Accept-Language that the site has."""
    return HttpResponseRedirect(f"/{get_language_from_request(request)}/")


def repeat_posted_page(request, *, path="", form="", again="1", **fields):
    """Context of a page that answers a form: what its picker needs to show the same page in another language. `request`
    None: the page knows its path.

    Each language is a button. It sends the page's own `form`, with all that is typed, or hidden `fields`; the view sees
    `again` in what it gets, shows the page anew and stores nothing.
    """
    resent = {"path": path or request.path_info, "form": form or "repeated", "own": bool(form), "again": again}
    return {"repeated": resent | {"fields": fields}}


def list_picker_links(path, own_links=()):
    """[(language, address)] in every interface language: a page's `own_links`, else the same path.

    Where a page is not translated, a language leads to its home page.
    """
    own, codes = {language.code: address for language, address in own_links}, dict(settings.LANGUAGES)
    rest = "" if own else path.partition("/")[2].partition("/")[2]
    return [(each, own.get(each.code, f"/{each.code}/{rest}")) for each in LANGUAGES if each.code in codes]


def parse_switches(data):
    """Names of the switches that are on in form or query data."""
    return tuple(name for name in SWITCHES if data.get(name))
