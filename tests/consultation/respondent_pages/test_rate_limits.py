"""What counts as one address, and that nobody uses up another's tries."""

import pytest
from django.test import RequestFactory

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
