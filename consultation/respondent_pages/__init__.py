"""Shared by all respondent pages: origin check, rate limits, encrypted references, precompressed pages.

No session, cookie or user: nothing here identifies a respondent.
"""
