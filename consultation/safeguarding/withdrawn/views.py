"""Leads' pages of withdrawn, unread texts: read, then erase or open a case."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from consultation.safeguarding import actions
from consultation.safeguarding.forms import TellForm
from consultation.safeguarding.gate import frame, leads
from consultation.safeguarding.models import WithdrawnText
from consultation.safeguarding.withdrawn import actions as verbs

A_PAGE = 25


@leads
@require_safe
def withdrawn(request):
    rows = WithdrawnText.objects.seen_by(request.user).filter(case__isnull=True).order_by("due", "pk")
    page = Paginator(rows.select_related("read_by"), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "consultation/safeguarding/withdrawn.html", frame(request, page=page))


@leads
@require_POST
def read_withdrawn(request, pk):
    """Read a text; erase it, or keep it with a case because the duty to tell applies."""
    found = get_object_or_404(WithdrawnText.objects.seen_by(request.user), pk=pk)
    verb, error, form = request.POST.get("do", "read"), "", TellForm()
    try:
        if verb == "erase":
            if request.POST.get("sure") == "yes":
                verbs.erase_withdrawn(withdrawn=found, by=request.user)
                messages.success(request, "Erased.")
                return redirect("safeguarding:withdrawn")
            error = "Tick the box first: what is erased cannot be brought back."
        if verb == "tell":
            form = TellForm(request.POST)
            if form.is_valid():
                opened = verbs.tell_of_withdrawn(withdrawn=found, by=request.user, **form.cleaned_data)
                return _to_the_case(request, opened)
            error = "Say how soon, and why."
        words = verbs.read_withdrawn(withdrawn=found, by=request.user)
    except actions.NotAllowed as refused:
        messages.warning(request, str(refused))
        return redirect("safeguarding:withdrawn")
    context = frame(request, withdrawn=found, words=words, form=form, error=error)
    return render(request, "consultation/safeguarding/withdrawn_words.html", context, status=422 if error else 200)


def _to_the_case(request, case):
    messages.success(request, f"{case.name} is open. It holds the words until it is closed.")
    if type(case).objects.seen_by(request.user).filter(pk=case.pk).exists():
        return redirect("safeguarding:case", case.pk)
    return redirect("safeguarding:board")
