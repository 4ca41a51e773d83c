"""Addresses of the print desk."""

from django.urls import URLPattern, path

from focus.admin import (
    print_approvals,
    print_assets,
    print_events,
    print_flatplan,
    print_page,
    print_uploads,
    print_versions,
)

urlpatterns: list[URLPattern] = [
    # The whole cahier
    path("<int:pk>/", print_flatplan.DeskScreen.as_view(), name="desk"),
    path("<int:pk>/imprimer/", print_flatplan.SheetScreen.as_view(), name="sheet"),
    path("<int:pk>/echanger/", print_flatplan.SwapView.as_view(), name="swap"),
    path("<int:pk>/deposer/", print_uploads.CahierUploadView.as_view(), name="upload_all"),
    path("<int:pk>/journal/", print_events.EventsScreen.as_view(), name="events"),
    path("<int:pk>/archives/", print_assets.BundlesScreen.as_view(), name="bundles"),
    path("archive/<int:pk>/", print_assets.BundleFileView.as_view(), name="bundle_file"),
    # A PDF that came in
    path("pdf/<int:pk>/", print_uploads.UploadScreen.as_view(), name="upload"),
    path("pdf/<int:pk>/etat/", print_uploads.UploadStateView.as_view(), name="upload_state"),
    path("pdf/<int:pk>/fichier/", print_uploads.UploadFileView.as_view(), name="upload_file"),
    # A page
    path("page/<int:pk>/", print_page.PageScreen.as_view(), name="page"),
    path("page/<int:pk>/modifier/", print_page.EditView.as_view(), name="page_edit"),
    path("page/<int:pk>/deposer/", print_uploads.PageUploadView.as_view(), name="upload_page"),
    path("page/<int:pk>/commenter/", print_page.CommentView.as_view(), name="comment"),
    path("page/<int:pk>/lier/", print_page.LinkPageView.as_view(), name="link_page"),
    path(
        "page/<int:pk>/delier/<int:linked>/",
        print_page.UnlinkPageView.as_view(),
        name="unlink_page",
    ),
    path("page/<int:pk>/rouvrir/", print_approvals.ReopenView.as_view(), name="reopen"),
    path("page/<int:pk>/comparer/", print_versions.CompareScreen.as_view(), name="compare"),
    path("page/<int:pk>/element/", print_assets.AssetAddScreen.as_view(), name="asset_add"),
    # A version
    path("version/<int:pk>/bat/", print_approvals.ApproveView.as_view(), name="approve"),
    path("version/<int:pk>/lien/", print_approvals.CreateLinkView.as_view(), name="create_link"),
    path("lien/<int:pk>/retirer/", print_approvals.RevokeLinkView.as_view(), name="revoke_link"),
    path(
        "version/<int:pk>/<slug:kind>/",
        print_versions.VersionFileView.as_view(),
        name="version_file",
    ),
    # An asset
    path("element/<int:pk>/", print_assets.AssetEditScreen.as_view(), name="asset"),
    path(
        "element/<int:pk>/supprimer/",
        print_assets.AssetDeleteScreen.as_view(),
        name="asset_delete",
    ),
    path("element/<int:pk>/fichier/", print_assets.AssetFileView.as_view(), name="asset_file"),
]
