"""Signals of the web form to the channels that show it in a page of their own. The sender is the form's channel."""

from django.dispatch import Signal

frame_asked = Signal()  # kwargs request -> arguments of render_survey for the frame around the form
answers_kept = Signal()  # kwargs request, page, response_id, seed, kind, closes, soon, written -> the page after Send


def ask_channel(signal, channel, **asked):
    """The answer of the channel's receiver, or None if the channel has none."""
    return next((answer for _, answer in signal.send(sender=channel, **asked)), None)
