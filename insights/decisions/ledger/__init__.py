"""The ledger of decisions: hash-chained entries, their verification, and a signed head for each day."""

from insights.decisions.ledger.ledger_verification import list_ledger_problems, register_proof

__all__ = ["list_ledger_problems", "register_proof"]
