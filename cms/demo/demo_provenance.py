"""Two signed ledger heads in the demo."""

from datetime import timedelta

from cms.demo.demo_staff import require_demo
from insights.decisions.ledger.actions import sign_head


def sign_ledger_heads(today):
    require_demo()
    sign_head(today - timedelta(days=1))
    sign_head(today)
