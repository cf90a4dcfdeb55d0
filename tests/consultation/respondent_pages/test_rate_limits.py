"""What counts as one address, and that nobody uses up another's tries."""

import pytest
from django.test import RequestFactory

from consultation.channels.kiosk.kiosk_pins import pin_tries
from consultation.receipts.views import lookup_limit
from consultation.respondent_pages.rate_limits import RateLimit

pytestmark = pytest.mark.any_database


def coming_from(address):
    return RequestFactory().post("/en/receipt/", REMOTE_ADDR=address)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("203.0.113.7", "203.0.113.8", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("2001:db8::1", "2001:db8:0:0:9::", True),
        ("::ffff:203.0.113.7", "::ffff:203.0.113.8", False),
        ("::ffff:203.0.113.7", "203.0.113.7", True),
        ("", "unix:", False),
    ],
)
def test_tries_of_one_address_are_no_tries_of_another(one, other, same):
    limit = RateLimit(times=3)
    for _ in range(3):
        limit.add(coming_from(one))
    assert limit.is_limit_reached(coming_from(one))
    assert limit.is_limit_reached(coming_from(other)) == same


@pytest.mark.parametrize("limit", [lookup_limit, pin_tries])
def test_behind_any_other_proxy_nobody_uses_up_the_tries_of_all(limit):
    """Everyone has the proxy's address there. What a try costs, and how many there are to make, stop a machine."""
    proxied = RequestFactory().post("/en/receipt/", REMOTE_ADDR="10.0.0.2", headers={"x-forwarded-proto": "https"})
    for _ in range(500):
        limit.add(proxied)
    assert not limit.is_limit_reached(proxied)
