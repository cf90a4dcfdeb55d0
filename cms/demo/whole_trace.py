"""Two signed ledger heads in the demo, and one dismissed alert of newer evidence against a decision."""

from datetime import timedelta

from cms.demo.people import only_on_a_demo
from insights.decisions.ledger.actions import sign
from insights.unheard import stale
from insights.unheard.actions import dismiss

REASON = "The lights were ordered before this release. We ask again when they are up."


def show(staff, today):
    only_on_a_demo()
    sign(today - timedelta(days=1))
    alerts = stale.alerts()
    if len(alerts) > 1:
        dismiss(alert=alerts[-1], by=staff["planner"], reason=REASON, today=today)
    sign(today)
