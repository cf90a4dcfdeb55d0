"""Who may open a page of staff, and the refusal that every verb shares. Below all other rooms."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Literal

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

type View = Callable[..., HttpResponseBase]
type Permission = str | Callable[..., bool]

METHODS = {"GET": require_safe, "POST": require_POST, "": require_http_methods(["GET", "HEAD", "POST"])}


class NotAllowed(Exception):
    """A verb is refused: a state, a person or a missing reason stands against it. The message is for the user."""


def refuse_for(reason: str) -> None:
    """Refuse a verb for the reason that a policy gives; an empty one is none."""
    if reason:
        raise NotAllowed(reason)


def require_words(text: str, reason: str = "Say why.") -> None:
    """Refuse a verb whose text is missing."""
    refuse_for("" if text.strip() else reason)


def require_second_person(by: Any, first: int | None, reason: str) -> None:
    """Refuse a verb to the person (by primary key) whose own work waits for somebody else."""
    refuse_for(reason if by.pk == first else "")


def require_permission(by: Any, permission: Permission, *of: Any) -> None:
    """Refuse a verb to a person without the permission: a name, or a policy, which takes the person and `of`."""
    if not has_permission(by, permission, *of):
        raise PermissionDenied("Your role cannot do this.")


def list_people_with(permission: str) -> Any:
    """Everyone whose role gives this permission, by name."""
    found = get_user_model().objects.with_perm(permission, backend="django.contrib.auth.backends.ModelBackend")
    return found.order_by("last_name", "first_name", "email")


SEES_CONSULTATIONS = ("consultation.edit_consultation", "consultation.safety_check")


def may_see_consultations(user: Any) -> bool:
    """Officers, who run them, and leads, who check them: the list of all, the home of each, and what is due."""
    return any(user.has_perm(name) for name in SEES_CONSULTATIONS)


def may_see_sessions(user: Any) -> bool:
    """Who runs group sessions, and who may see what was sent from them."""
    return any(user.has_perm(name) for name in ("consultation.run_sessions", "consultation.read_cleared"))


def is_head_of_service(user: Any) -> bool:
    """Whether this is the person whom alerts reach in the end: by the address that the site's operator has set."""
    head = settings.HEAD_OF_SERVICE_EMAIL
    return bool(head) and user.email.casefold() == head.casefold()


def staff_view(
    *permissions: Permission,
    method: Literal["GET", "POST", ""] = "",
    hidden: bool = False,
    to_post: Permission | None = None,
    return_to: Callable[[HttpRequest], str] = HttpRequest.get_full_path,
    error_pages: Mapping[type[Exception], View] | None = None,
    signed_out_post: View | None = None,
) -> Callable[[View], View]:
    """Decorator of a staff page: signed in, and each permission held (a name, or a policy that takes the user).

    Others get 403, or 404 where nobody else may know that the page exists (`hidden`). `method`: what the page answers, GET
    (with HEAD) or POST; "" is both. `to_post`: what a POST needs besides. `return_to`: the address after sign-in.
    `error_pages`: the view that answers an exception of the page. `signed_out_post`: the view that hands back what somebody
    sends who was signed out meanwhile.
    No browser keeps the page: words on it may be withdrawn.
    """
    pages = error_pages or {}

    def decorate(view: View) -> View:
        view = METHODS[method](view)

        @never_cache
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated and signed_out_post and request.method == "POST":
                return signed_out_post(request, *args, **kwargs)
            if not request.user.is_authenticated:
                return redirect_to_login(return_to(request))
            if not all(has_permission(request.user, each) for each in permissions):
                raise Http404 if hidden else PermissionDenied
            if request.method == "POST" and to_post and not has_permission(request.user, to_post):
                raise PermissionDenied
            try:
                return view(request, *args, **kwargs)
            except tuple(pages) as error:
                return next(page for kind, page in pages.items() if isinstance(error, kind))(request)

        return guarded

    return decorate


def has_permission(user: Any, permission: Permission, *of: Any) -> bool:
    return user.has_perm(permission) if isinstance(permission, str) else permission(user, *of)
