"""Types of personal data, and the tags that stand for it in cleared texts, such as [WORKER 1] or [PHONE] (R1, R2)."""

import re

# In the order of the desk's lists. Of two overlapping proposals the type with the lower rank stays.
RANK_OF_TYPE = {
    "PERSON": 16, "WORKER": 14, "NICKNAME": 15, "HANDLE": 7, "PHONE": 3, "EMAIL": 1, "ADDRESS": 10, "POSTCODE": 4,
    "SCHOOL": 11, "DOB": 5, "PLATE": 9, "PLACE": 12, "ORG": 13, "URL": 2, "ID": 8, "DATE": 6,
}  # fmt: skip
TYPES = tuple(RANK_OF_TYPE)
TAG = re.compile(rf"\[(?:{'|'.join(TYPES)})(?: \d+)?\]")
