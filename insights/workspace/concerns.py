"""One way to say that something is not right with words on the screen (D7a), for everyone who sees them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import get_object_or_404, redirect, render

from consultation import handover
from insights.intake.models import Text

REASONS = ("concern", "name")


@login_required
@permission_required("consultation.report_concern", raise_exception=True)
def report(request, pk):
    """Asks which of two it is; then the words are gone from every page at once, and a trained person reads them."""
    text = get_object_or_404(Text, pk=pk)
    reason = request.POST.get("reason", "")
    if request.method == "POST" and reason in REASONS:
        handover.report_words(answer=text.pk, by=request.user, concern=reason == "concern")
        messages.success(
            request, "Thank you for your time. The words are gone from here. A trained person reads them."
        )
        return redirect("insights:coding" if request.user.has_perm("insights.code_themes") else "insights:home")
    context = {"text": text, "missing": request.method == "POST"}
    return render(request, "insights/workspace/concern.html", context)
