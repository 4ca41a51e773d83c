"""Addresses and menu of the reports, under ``admin/suivi/``."""

from django.urls import URLPattern, path, reverse_lazy

from tribunes.admin import republications as copies
from tribunes.admin.reports_access import FollowMenuItem
from tribunes.admin.reports_base import Report
from tribunes.admin.reports_detail import PartnerScreen, TribuneScreen
from tribunes.admin.reports_overview import PartnerReport, TribuneReport
from tribunes.admin.reports_replies import ReplyReport
from tribunes.admin.reports_rows import CopyReport, NoticeReport, PullReport
from tribunes.admin.reports_signers import SignerReport

_REPORTS: tuple[tuple[str, type[Report]], ...] = (
    ("", TribuneReport),
    ("partenaires/", PartnerReport),
    ("textes-pris/", PullReport),
    ("reprises/", CopyReport),
    ("avis/", NoticeReport),
    ("signataires/", SignerReport),
    ("droits-de-reponse/", ReplyReport),
)

app_name = "tribunes_reports"
urlpatterns: list[URLPattern] = [
    *(path(where, view.as_view(), name=view.name) for where, view in _REPORTS),
    *(
        path(f"{where}lignes/", view.as_view(results_only=True), name=f"{view.name}_results")
        for where, view in _REPORTS
    ),
    path("tribune/<int:pk>/", TribuneScreen.as_view(), name="tribune"),
    path("partenaire/<int:pk>/", PartnerScreen.as_view(), name="partner"),
    path("reprises/declarer/", copies.DeclareScreen.as_view(), name="declare"),
    path("reprise/<int:pk>/", copies.CopyScreen.as_view(), name="copy"),
    path("reprise/<int:pk>/verifier/", copies.RecheckView.as_view(), name="recheck"),
    path("reprise/<int:pk>/oter/", copies.RemoveView.as_view(), name="remove"),
]


def menu_items() -> list[FollowMenuItem]:
    """Return the entries of the menu «Rapports»."""
    return [
        FollowMenuItem(
            "Suivi des reprises",
            reverse_lazy("tribunes_reports:tribunes"),
            name="tribunes-follow-up",
            icon_name="history",
            order=700,
        ),
        FollowMenuItem(
            "Droits de réponse",
            reverse_lazy("tribunes_reports:replies"),
            name="tribunes-replies",
            icon_name="warning",
            order=710,
        ),
    ]
