"""Promotion texts to copy, made of translated interface text; none names the topic."""

from django.utils.html import format_html
from django.utils.translation import override

from consultation.answering.links.models import Outlet
from consultation.questionnaires.models import Audience
from consultation.words import direction, word

# The channel's own words between the greeting and the link; other channels have no text.
OWN = {Outlet.SCHOOL: ["out.school"], Outlet.PARENTS: ["out.parents"], Outlet.SOCIAL: [], Outlet.WEBSITE: []}
FOR_CHILDREN = (Outlet.SCHOOL, Outlet.PARENTS)


def channels_for(audience):
    """Channels for an audience: schools and parents only for children's surveys."""
    return [each for each in Outlet if audience == Audience.CHILDREN or each not in FOR_CHILDREN]


def text(link, page):
    """The text for this link's channel and language, in plain lines; "" for a channel without one."""
    if link.channel not in OWN:
        return ""
    with override(link.language):
        lines = [word("card.title"), *_who(page), word("landing.time", n=page.minutes)]
        lines += [word(key) for key in OWN[link.channel]]
        if link.channel != Outlet.PARENTS:
            lines.append(word("link.free"))
        if page.closes:
            lines.append(word("link.until", date=page.closes))
        # In right-to-left text a last slash would move to the other end.
        return "\n".join([*lines, link.address.rstrip("/")])


def _who(page):
    if page.lowest_age and page.highest_age:
        return [word("landing.ages", low=page.lowest_age, high=page.highest_age)]
    return [word("landing.from", low=page.lowest_age)] if page.lowest_age else []


def card(link, page):
    """HTML to paste into another website. It has no frame, script or image, so that no view of it is tracked."""
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
