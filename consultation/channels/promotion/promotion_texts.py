"""Promotion texts to copy, made of translated interface text; none names the topic."""

from django.utils.html import format_html
from django.utils.translation import override

from consultation.channels.short_links.models import Outlet
from consultation.interface_text import get_text, text_direction
from consultation.surveys.models import Audience

# The channel's own words between the greeting and the link; other channels have no text.
WORD_KEYS_BY_CHANNEL = {
    Outlet.SCHOOL: ["out.school"],
    Outlet.PARENTS: ["out.parents"],
    Outlet.SOCIAL: [],
    Outlet.WEBSITE: [],
}
CHANNELS_FOR_CHILDREN = (Outlet.SCHOOL, Outlet.PARENTS)


def promotion_channels_for(audience):
    """Channels for an audience: schools and parents only for children's surveys."""
    return [each for each in Outlet if audience == Audience.CHILDREN or each not in CHANNELS_FOR_CHILDREN]


def build_promotion_text(link, page):
    """The text for this link's channel and language, in plain lines; "" for a channel without one."""
    if link.channel not in WORD_KEYS_BY_CHANNEL:
        return ""
    with override(link.language):
        lines = [get_text("card.title")]
        if page.lowest_age:
            key = "landing.ages" if page.highest_age else "landing.from"
            lines.append(get_text(key, low=page.lowest_age, high=page.highest_age))
        lines.append(get_text("landing.time", n=page.minutes))
        lines += [get_text(key) for key in WORD_KEYS_BY_CHANNEL[link.channel]]
        if link.channel != Outlet.PARENTS:
            lines.append(get_text("link.free"))
        if until := page.state.can_answer_until:
            lines.append(get_text("link.until", date=until))
        # In right-to-left text a last slash would move to the other end.
        return "\n".join([*lines, link.address.rstrip("/")])


def build_website_card(link, page):
    """HTML to paste into another website. It has no frame, script or image, so that no view of it is tracked."""
    with override(link.language):
        return format_html(
            '<p lang="{}" dir="{}"><a href="{}" rel="noopener noreferrer">{}</a><br>{} {}</p>',
            link.language,
            text_direction(link.language),
            link.address,
            get_text("card.title"),
            get_text("landing.time", n=page.minutes),
            get_text("link.free"),
        )
