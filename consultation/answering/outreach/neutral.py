"""What a poster, a card or a text may say of a consultation.

Whoever takes a picture of a square, carries a card or follows a link in front of others must not be marked by what it
asks about. So the words are the same for every consultation: "We want to hear from you". Only one that touches nothing
hard may stand on a poster with its title, and only when an officer asks for it.
"""

from consultation.questionnaires.forms import LOUD


def may_be_named(content):
    """Nothing in it is marked as hard, nothing opens help, and its title and summary are quiet."""
    hard = any(item.get("sensitive") or item.get("help") for item in content["items"])
    spoken = [*content["title"].values(), *content["summary"].values()]
    return not hard and not any(LOUD.search(text or "") for text in spoken)
