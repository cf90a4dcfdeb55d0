"""What a person picks on the contact form, and how a lead reads it before taking the request.

A request is sealed. Leads see these choices of every request, and its words (name, number, what not to say) once one
of them has taken it.
"""

import json
from dataclasses import dataclass
from typing import Any

from consultation.responses.vault import open_text_if_key_is_here
from consultation.safeguarding.help.needs import AGE_BANDS, NEEDS
from consultation.safeguarding.models import ContactRequest

# A way to reach somebody: its words for leads. Each needs an interface text `contact.way.…`. A request by mailbox is none:
# it opens one.
WAYS = {
    "text": "By text",
    "call": "By a call",
    "email": "By email",
    "school": "At their school",
    "other": "Some other way",
    "mailbox": "They come back with four words",
}
# As on the help page, without what is for adults; each has an interface text `need.…`.
SUBJECTS = {need: words for need, words in NEEDS.items() if need != "adult"}
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Each needs an interface text `contact.time.…`.
TIMES = {"morning": "In the morning", "lunch": "At lunch time", "after": "After school"}


@dataclass(frozen=True)
class ContactChoices:
    """The choices of one request by their codes; `days`: "0" is Monday."""

    way: str = ""
    about: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    age: str = ""

    @classmethod
    def known_in(cls, given: dict[str, Any]) -> "ContactChoices":
        """The choices among values that a form or a sealed request holds. Unknown codes are dropped."""
        return cls(
            way=given["way"] if given.get("way") in WAYS else "",
            about=tuple(code for code in SUBJECTS if code in given.get("about", ())),
            days=tuple(str(day) for day in range(len(DAYS)) if str(day) in given.get("days", ())),
            times=tuple(code for code in TIMES if code in given.get("times", ())),
            age=given["age"] if given.get("age") in AGE_BANDS else "",
        )

    def describe(self) -> list[tuple[str, str]]:
        """[(what it is, the choices in words)] for leads; what was left out is left out."""
        rows = [
            ("About", ", ".join(SUBJECTS[code] for code in self.about)),
            ("Age", self.age),
            ("Reach them", WAYS.get(self.way, "")),
            ("Safe days", ", ".join(DAYS[int(day)] for day in self.days)),
            ("Safe times", ", ".join(TIMES[code] for code in self.times)),
        ]
        return [(name, words) for name, words in rows if words]


def read_choices(contact: ContactRequest) -> ContactChoices:
    """The choices of a request, without a name, a number or a sentence; none of one that is sealed to a lost key, which must
    not hide the others of the list."""
    return ContactChoices.known_in(json.loads(open_text_if_key_is_here(contact.sealed) or "{}"))
