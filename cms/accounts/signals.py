from django.dispatch import Signal

# Sent in the transaction that suspends all accounts: other credentials are revoked with them.
accounts_suspended = Signal()
