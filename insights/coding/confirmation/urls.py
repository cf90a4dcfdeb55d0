from django.urls import path

from insights.coding.confirmation import views

urlpatterns = [path("<slug:slug>/sample/", views.edit_confirmation_sample, name="confirmation-sample")]
