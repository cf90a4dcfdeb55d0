"""The participation plan (P1, P2): promises about space, voice, audience and influence, made before publication."""
