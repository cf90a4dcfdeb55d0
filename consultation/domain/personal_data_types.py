"""Types of personal data, and the tags that stand for it in cleared texts, such as [WORKER 1] or [PHONE] (R1, R2)."""

import re

TYPES = (
    "PERSON", "WORKER", "NICKNAME", "HANDLE", "PHONE", "EMAIL", "ADDRESS", "POSTCODE", "SCHOOL", "DOB", "PLATE",
    "PLACE", "ORG", "URL", "ID", "DATE",
)  # fmt: skip
TAG = re.compile(rf"\[(?:{'|'.join(TYPES)})(?: \d+)?\]")
