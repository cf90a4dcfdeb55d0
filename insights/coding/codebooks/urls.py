from django.urls import path

from insights.coding.codebooks import views
from insights.coding.codebooks.editing import views as editing

VERSION = "<slug:slug>/versions/<int:number>/"
THEME = f"{VERSION}themes/<slug:theme>/"
urlpatterns = [
    path("", views.show_codebooks, name="codebooks"),
    path("begin/", views.edit_new_codebook, name="begin-codebook"),
    path("<slug:slug>/", views.show_codebook, name="codebook"),
    path("<slug:slug>/draft/", views.save_new_draft, name="begin-codebook-draft"),
    path("<slug:slug>/file/", views.import_codebook, name="import-codebook"),
    path("<slug:slug>/themes/<slug:theme>/", views.show_theme, name="codebook-theme"),
    path(VERSION, views.show_codebook_version, name="codebook-version"),
    path(f"{VERSION}describe/", views.save_description, name="describe-codebook"),
    path(f"{VERSION}approve/", views.save_approval, name="approve-codebook"),
    path(f"{VERSION}set-aside/", views.save_set_aside, name="set-aside-codebook"),
    path(f"{VERSION}since/<int:other>/", views.show_version_comparison, name="compare-codebooks"),
    path(f"{VERSION}codebook.<slug:form>", views.download_codebook, name="codebook-file"),
    path(f"{VERSION}acts/<int:pk>/undo/", editing.save_theme_act_undo, name="undo-theme-act"),
    path(f"{VERSION}themes/add/", editing.edit_new_theme, name="add-theme"),
    path(f"{THEME}edit/", editing.edit_theme, name="edit-theme"),
    path(f"{THEME}phrases/", editing.edit_marked_phrases, name="marked-phrases"),
    path(f"{THEME}place/", editing.save_theme_order, name="shift-theme"),
    *(
        path(f"{THEME}{kind}/", editing.edit_theme_act, {"kind": kind}, name=f"{kind}-theme")
        for kind in editing.THEME_ACT_PAGES
    ),
]
