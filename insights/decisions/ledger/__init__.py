"""The ledger of decisions: what was done, chained; whether it is whole; and its daily head, signed for everyone."""

from insights.decisions.ledger.verifying import problems, proves

__all__ = ["problems", "proves"]
