"""Two signed ledger heads in the demo, and one dismissed alert of newer evidence against a decision."""

from datetime import timedelta

from cms.demo.demo_staff import require_demo
from insights.decisions.ledger.actions import sign_head
from insights.decisions.unanswered import contradicted_decisions
from insights.decisions.unanswered.actions import dismiss_alert

REASON = "The lights were ordered before this release. We ask again when they are up."


def sign_ledger_heads(staff, today):
    require_demo()
    sign_head(today - timedelta(days=1))
    alerts = contradicted_decisions.list_alerts()
    if len(alerts) > 1:
        dismiss_alert(alert=alerts[-1], by=staff["planner"], reason=REASON, today=today)
    sign_head(today)
