"""Everything under /insights/codebooks/."""

from django.urls import path

from insights.coding.codebooks import views
from insights.coding.codebooks.editing import views as editing

VERSION = "<slug:slug>/versions/<int:number>/"
THEME = f"{VERSION}themes/<slug:theme>/"
urlpatterns = [
    path("", views.codebooks, name="codebooks"),
    path("begin/", views.begin, name="begin-codebook"),
    path("<slug:slug>/", views.codebook, name="codebook"),
    path("<slug:slug>/draft/", views.begin_draft, name="begin-codebook-draft"),
    path("<slug:slug>/file/", views.bring, name="bring-codebook"),
    path("<slug:slug>/themes/<slug:theme>/", views.theme, name="codebook-theme"),
    path(VERSION, views.version, name="codebook-version"),
    path(f"{VERSION}describe/", views.describe, name="describe-codebook"),
    path(f"{VERSION}approve/", views.approve, name="approve-codebook"),
    path(f"{VERSION}set-aside/", views.set_aside, name="set-aside-codebook"),
    path(f"{VERSION}since/<int:other>/", views.compare, name="compare-codebooks"),
    path(f"{VERSION}codebook.<slug:form>", views.as_file, name="codebook-file"),
    path(f"{VERSION}acts/<int:pk>/undo/", editing.undo, name="undo-theme-act"),
    path(f"{VERSION}themes/add/", editing.add, name="add-theme"),
    path(f"{THEME}edit/", editing.edit, name="edit-theme"),
    path(f"{THEME}place/", editing.shift, name="shift-theme"),
    *(path(f"{THEME}{kind}/", editing.act, {"kind": kind}, name=f"{kind}-theme") for kind in editing.WAYS),
]
