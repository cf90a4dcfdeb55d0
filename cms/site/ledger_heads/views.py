"""Views of two files for outside verification of the decision ledger (insights.decisions.ledger)."""

from pathlib import Path

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from insights.decisions.ledger import check_ledger
from insights.decisions.ledger.models import LedgerHead

FIELDS = ("day", "seq", "hash", "key", "signature")


@require_safe
def show_ledger_heads(request):
    """Every signed head, oldest first. A head covers all entries up to its number without revealing them."""
    signed = list(LedgerHead.objects.order_by("seq").values(*FIELDS))
    about = "Signed heads of the ledger of decisions. Keep a copy; check it with check_ledger.py beside this file."
    return JsonResponse({"about": about, "signed": "voice-ledger|day|seq|hash, Ed25519", "heads": signed})


@require_safe
def show_ledger_checker(request):
    return HttpResponse(Path(check_ledger.__file__).read_bytes(), content_type="text/plain; charset=utf-8")
