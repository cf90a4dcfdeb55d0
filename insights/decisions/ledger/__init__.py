"""The ledger of decisions: hash-chained entries, their verification, and a signed head for each day."""

from insights.decisions.ledger.verifying import problems, proves

__all__ = ["problems", "proves"]
