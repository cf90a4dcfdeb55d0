"""Pages to write and approve minority voices. Officers write; readers and officers approve."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from insights.coding.models import ThemeEntry
from insights.releases.minority_views import actions
from insights.releases.minority_views.forms import MinorityVoiceForm
from insights.releases.minority_views.models import APPROVALS, MinorityVoice
from insights.releases.models import Release

SECTION = {"section": "coding"}


def require_permission(permission):
    def guard(view):
        return never_cache(login_required(permission_required(permission, raise_exception=True)(view)))

    return guard


for_approvers, for_officers = (
    require_permission("insights.approve_quote"),
    require_permission("insights.publish_release"),
)


def _get_release(pk):
    return get_object_or_404(Release.objects.select_related("consultation", "codebook_version"), pk=pk)


@for_approvers
@require_safe
def show_minority_voices(request, pk):
    """Every grave theme whose number is hidden, with its summary where one is written."""
    release = _get_release(pk)
    written = {voice.theme_id: voice for voice in MinorityVoice.objects.of(release).prefetch_related("approved_by")}
    rows = [
        _build_theme_row(entry, written.get(entry.theme_id), request.user)
        for entry in actions.hidden_grave_themes(release)
    ]
    return render(request, "insights/releases/minority_views/list.html", SECTION | {"release": release, "rows": rows})


def _build_theme_row(entry, voice, user):
    approvers = list(voice.approved_by.all()) if voice else []
    return {
        "entry": entry,
        "voice": voice,
        "shown": voice is not None and voice.words and len(approvers) >= APPROVALS,
        "approvers": approvers,
        "may_approve": voice is not None and voice.words and user not in approvers and voice.written_by_id != user.pk,
    }


@for_officers
@require_http_methods(["GET", "POST"])
def edit_minority_voice(request, pk, slug):
    release = _get_release(pk)
    entry = get_object_or_404(ThemeEntry, version=release.codebook_version, theme__slug=slug)
    form = MinorityVoiceForm(request.POST or None, initial={"words": actions.earlier_summary(release, entry.theme)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_minority_voice(release=release, theme=entry.theme, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("words", error)
        else:
            messages.success(request, "Saved. Ask two colleagues to approve it.")
            return redirect("insights:minority-views", pk)
    context = SECTION | {"release": release, "entry": entry, "form": form}
    return render(request, "insights/releases/minority_views/write.html", context, status=422 if form.errors else 200)


@require_POST
@for_approvers
def save_voice_approval(request, pk):
    """Approve, or with `stop` remove every approval."""
    voice = get_object_or_404(MinorityVoice, pk=pk)
    try:
        if "stop" in request.POST:
            actions.stop_minority_voice(voice=voice, by=request.user)
        else:
            actions.approve_minority_voice(voice=voice, by=request.user, seen=request.POST.get("seen", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("insights:minority-views", voice.release_id)
