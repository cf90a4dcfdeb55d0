"""Leads' pages of withdrawn, unread texts: read, then erase or open a case."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render

from consultation.access import NotAllowed
from consultation.safeguarding.forms import OpenCaseForm, WithdrawnActionForm
from consultation.safeguarding.lead_access import build_lead_context, lead_view, redirect_to_case
from consultation.safeguarding.models import WithdrawnText
from consultation.safeguarding.withdrawn_texts import actions as verbs

PAGE_SIZE = 25


@lead_view(method="GET")
def show_withdrawn_texts(request):
    rows = WithdrawnText.objects.seen_by(request.user).filter(case__isnull=True).order_by("due", "pk")
    page = Paginator(rows.select_related("read_by"), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request, "consultation/safeguarding/withdrawn_texts/list.html", build_lead_context(request, page=page)
    )


@lead_view(method="POST")
def show_withdrawn_text(request, pk):
    """Read a text; erase it, or keep it with a case because the duty to tell applies."""
    found = get_object_or_404(WithdrawnText.objects.seen_by(request.user), pk=pk)
    error, form = "", OpenCaseForm()
    try:
        chosen = WithdrawnActionForm.of(request).chosen()
        if chosen["do"] == "erase":
            if chosen["sure"]:
                verbs.erase_withdrawn_text(withdrawn=found, by=request.user)
                messages.success(request, "Erased.")
                return redirect("safeguarding:withdrawn")
            error = "Tick the box first: what is erased cannot be brought back."
        if chosen["do"] == "tell":
            form = OpenCaseForm(request.POST)
            if form.is_valid():
                opened = verbs.open_case_from_withdrawn(withdrawn=found, by=request.user, **form.cleaned_data)
                return redirect_to_case(request, opened, "It holds the words until it is closed.")
            error = "Say how soon, and why."
        words = verbs.read_withdrawn_text(withdrawn=found, by=request.user)
    except NotAllowed as refused:
        messages.warning(request, str(refused))
        return redirect("safeguarding:withdrawn")
    context = build_lead_context(request, withdrawn=found, words=words, form=form, error=error)
    return render(
        request, "consultation/safeguarding/withdrawn_texts/text.html", context, status=422 if error else 200
    )
