"""Who may open a page of staff, and the refusal that every verb shares. Below all other rooms."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache

type View = Callable[..., HttpResponseBase]


class NotAllowed(Exception):
    """A verb is refused: a state, a person or a missing reason stands against it. The message is for the user."""


def require_permission(by: Any, permission: str | Callable[..., bool], *of: Any) -> None:
    """Refuse a verb to a person without the permission: a name, or a policy, which takes the person and `of`."""
    if not (by.has_perm(permission) if isinstance(permission, str) else permission(by, *of)):
        raise PermissionDenied("Your role cannot do this.")


def staff_view(*permissions: str | Callable[[Any], bool], hidden: bool = False) -> Callable[[View], View]:
    """Decorator of a staff page: signed in, and each permission held (a name, or a policy that takes the user).

    Others get 403, or 404 where nobody else may know that the page exists (`hidden`). No browser keeps the page:
    words on it may be withdrawn.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not all(_is_held(permission, request.user) for permission in permissions):
                raise Http404 if hidden else PermissionDenied
            return view(request, *args, **kwargs)

        return never_cache(login_required(guarded))

    return decorate


def _is_held(permission: str | Callable[[Any], bool], user: Any) -> bool:
    return user.has_perm(permission) if isinstance(permission, str) else bool(permission(user))
