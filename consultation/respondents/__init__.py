"""What every page that a respondent sees shares: where a POST may come from, limits, references, quick documents.

No session, no cookie, no user: nothing here knows who someone is.
"""
