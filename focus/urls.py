"""Public addresses that are not pages."""

from django.urls import URLPattern, path

from focus.print_desk.approval_views import ApprovalPdfView, ApprovalView

urlpatterns: list[URLPattern] = [
    path("bat/<slug:token>/", ApprovalView.as_view(), name="focus_approval"),
    path("bat/<slug:token>/pdf/", ApprovalPdfView.as_view(), name="focus_approval_pdf"),
]
