"""Addresses of the partner space, under ``/partenaires/``."""

from django.urls import path

from tribunes.space import (
    catalogue,
    declarations,
    documentation,
    downloads,
    feeds,
    home,
    notices,
    sign_in,
    state,
    terms,
    tokens,
    webhooks,
)

app_name = "partner_space"
urlpatterns = [
    path("", home.HomeView.as_view(), name="home"),
    path("connexion/", sign_in.SignInView.as_view(), name="sign_in"),
    path("connexion/envoyee/", sign_in.LinkSentView.as_view(), name="link_sent"),
    path("entrer/<slug:token>/", sign_in.EnterView.as_view(), name="enter"),
    path("sortir/", sign_in.SignOutView.as_view(), name="sign_out"),
    path("catalogue/", catalogue.CatalogueView.as_view(), name="catalogue"),
    path("catalogue/<uuid:uuid>/", catalogue.TribuneView.as_view(), name="tribune"),
    path("catalogue/<uuid:uuid>/images/<int:pk>/", downloads.PictureView.as_view(), name="picture"),
    path("catalogue/<uuid:uuid>/<slug:name>/", downloads.DownloadView.as_view(), name="download"),
    path("jetons/", tokens.TokensView.as_view(), name="tokens"),
    path("jetons/<uuid:uuid>/remplacer/", tokens.RotateView.as_view(), name="token_rotate"),
    path("jetons/<uuid:uuid>/revoquer/", tokens.RevokeView.as_view(), name="token_revoke"),
    path("adresses-de-flux/", feeds.FeedsView.as_view(), name="feeds"),
    path("adresses-de-flux/<uuid:uuid>/revoquer/", feeds.RevokeView.as_view(), name="feed_revoke"),
    path("webhooks/", webhooks.WebhooksView.as_view(), name="webhooks"),
    path("webhooks/<uuid:uuid>/", webhooks.WebhookView.as_view(), name="webhook"),
    path("webhooks/<uuid:uuid>/secret/", webhooks.SecretView.as_view(), name="webhook_secret"),
    path("webhooks/<uuid:uuid>/supprimer/", webhooks.DeleteView.as_view(), name="webhook_delete"),
    path("webhooks/<uuid:uuid>/<slug:act>/", webhooks.ActView.as_view(), name="webhook_act"),
    path(
        "webhooks/<uuid:uuid>/envois/<uuid:message>/rejouer/",
        webhooks.ReplayView.as_view(),
        name="webhook_replay",
    ),
    path("reprises/", declarations.DeclarationsView.as_view(), name="declarations"),
    path("reprises/<uuid:uuid>/", declarations.DeclareView.as_view(), name="declare"),
    path("avis/", notices.NoticesView.as_view(), name="notices"),
    path("avis/<uuid:uuid>/", notices.NoticeView.as_view(), name="notice"),
    path("conditions/", terms.TermsView.as_view(), name="terms"),
    path("etat/", state.StateView.as_view(), name="state"),
    path("documentation/", documentation.DocumentationView.as_view(), name="documentation"),
    path("documentation/mirror.py", documentation.MirrorView.as_view(), name="mirror"),
    path("documentation/erreurs/", documentation.ErrorsView.as_view(), name="errors"),
]
