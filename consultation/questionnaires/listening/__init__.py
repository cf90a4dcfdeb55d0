"""The participation gate (P1, P2): space, voice, audience and influence, promised before anyone is asked."""
