"""Whether the site is live, remembered for PUBLISHED_SECONDS: public pages carry a notice until it is. A process that has
just begun and reaches no database takes it to be: such a page says that something is broken anyway."""

from django.conf import settings

from consultation.domain.process_cache import CachedValue
from consultation.domain.signal_values import collect_return_values
from consultation.respondent_pages.signals import live_state_asked

live_status = CachedValue(
    lambda _: all(collect_return_values(live_state_asked)),
    lambda: settings.PUBLISHED_SECONDS,
    without_database=lambda: True,
)
is_site_live = live_status.get
