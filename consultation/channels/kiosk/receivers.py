"""The web form on a tablet: in the kiosk's frame, and followed by its own thank-you page."""

from django.dispatch import receiver

from consultation.channels.kiosk import kiosk_pages
from consultation.channels.web.signals import answers_kept, frame_asked
from consultation.receipts.receipt_offer import encrypt_offer
from consultation.responses.models import Channel


@receiver(frame_asked, sender=Channel.KIOSK, dispatch_uid="kiosk-frame")
def frame_survey(sender, *, request, **kwargs):
    return kiosk_pages.kiosk_frame_for_request(request)


@receiver(answers_kept, sender=Channel.KIOSK, dispatch_uid="kiosk-thanks")
def show_thanks(sender, *, request, page, response_id, seed, kind, closes, soon, written, **kwargs):
    reference = encrypt_offer(response_id, seed)
    told = {"kind": kind, "closes": closes, "soon": soon, "written": written}
    return kiosk_pages.show_kiosk_thanks(request, page, reference=reference, **told)
