"""Bookmarks and e-mails of before the rooms were renamed lead to the same page at its new address."""

import pytest
from django.urls import resolve

from cms.old_addresses import NEW_PREFIXES


@pytest.mark.parametrize(("old", "new"), NEW_PREFIXES.items())
def test_old_address_redirects_for_good_and_keeps_the_rest(client, old, new):
    reply = client.get(f"/{old}some/7/?language=ur&from=%2Fa%3Fb")
    assert (reply.status_code, reply.url) == (301, f"/{new}some/7/?language=ur&from=%2Fa%3Fb")
    assert client.get(f"/{old}").url == f"/{new}"


@pytest.mark.parametrize("old", NEW_PREFIXES)
def test_old_address_takes_no_form(client, old):
    assert client.post(f"/{old}").status_code == 405


@pytest.mark.parametrize(
    "page", ["staff/short-links/", "staff/task-list/", "insights/saved/", "insights/representation/"]
)
def test_new_address_is_a_page(page):
    assert resolve(f"/{page}").func.__name__ != "redirect_old_address"
    assert page in NEW_PREFIXES.values()
