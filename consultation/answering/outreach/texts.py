"""Texts to copy, put together from words that the interface has in each language: none names what is asked about."""

from django.utils.html import format_html
from django.utils.translation import override

from consultation.answering.links.models import Outlet
from consultation.questionnaires.models import Audience
from consultation.words import direction, word

# What stands between the greeting and the link, for each channel that has a text.
OWN = {Outlet.SCHOOL: ["out.school"], Outlet.PARENTS: ["out.parents"], Outlet.SOCIAL: [], Outlet.WEBSITE: []}
FOR_CHILDREN = (Outlet.SCHOOL, Outlet.PARENTS)


def channels_for(audience):
    """Schools and parents are asked to pass on what is for children."""
    return [each for each in Outlet if audience == Audience.CHILDREN or each not in FOR_CHILDREN]


def text(link, page):
    """The whole text for this link's channel and language, in plain lines; "" where the channel has none."""
    if link.channel not in OWN:
        return ""
    with override(link.language):
        lines = [word("card.title"), *_who(page), word("landing.time", n=page.minutes)]
        lines += [word(key) for key in OWN[link.channel]]
        if link.channel != Outlet.PARENTS:
            lines.append(word("link.free"))
        if page.closes:
            lines.append(word("link.until", date=page.closes))
        # Without the last slash: in words that run from the right it would jump to the other end.
        return "\n".join([*lines, link.address.rstrip("/")])


def _who(page):
    if page.lowest_age and page.highest_age:
        return [word("landing.ages", low=page.lowest_age, high=page.highest_age)]
    return [word("landing.from", low=page.lowest_age)] if page.lowest_age else []


def card(link, page):
    """A link to paste into another website: words and an address. No frame, script or picture of ours: nothing tells us,
    or whoever owns that website, that somebody has looked at it."""
    with override(link.language):
        return format_html(
            '<p lang="{}" dir="{}"><a href="{}" rel="noopener noreferrer">{}</a><br>{} {}</p>',
            link.language,
            direction(link.language),
            link.address,
            word("card.title"),
            word("landing.time", n=page.minutes),
            word("link.free"),
        )
