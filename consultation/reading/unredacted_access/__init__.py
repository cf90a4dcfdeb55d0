"""Unredacted access: opening the sealed original of a decided answer for a reason that is recorded."""
