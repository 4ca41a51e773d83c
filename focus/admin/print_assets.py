"""Assets of a page and bundles of all assets."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from focus.admin.print_access import InsertScreen
from focus.forms.print_desk import AssetForm
from focus.models import AssetBundle, Insert, InsertAsset, InsertPage
from focus.print_desk import addresses, assets, bundles


class AssetFormScreen(InsertScreen):
    """The form of an asset."""

    template_name = "focus/admin/print/asset_form.html"

    @property
    def page(self) -> InsertPage:
        """The printed page."""
        return self.found.page

    def asset(self) -> InsertAsset:
        """Return the asset to change."""
        return self.found

    def get_page_title(self) -> str:
        """Name what is changed."""
        return f"{self.found} · page {self.page.number}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form."""
        form = kwargs.pop("form", None) or AssetForm(instance=self.asset())
        return super().get_context_data(form=form, page=self.page, media=form.media, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save the asset."""
        asset = self.asset()
        old_file = asset.file.name
        form = AssetForm(request.POST, request.FILES, instance=asset)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        if "file" in form.changed_data:
            asset.file.save(asset.file.name, asset.file.file, save=False)
        assets.save(asset, request.user, old_file)
        messages.success(request, f"«\u202f{asset.title}\u202f» est enregistré.")
        return redirect("focus_print:page", self.page.pk)


class AssetAddScreen(AssetFormScreen):
    """A new asset of a page."""

    model = InsertPage
    path = "insert"

    @property
    def page(self) -> InsertPage:
        """The printed page."""
        return self.found

    def asset(self) -> InsertAsset:
        """Return a new one."""
        return InsertAsset(page=self.page, uploaded_by=self.request.user)

    def get_page_title(self) -> str:
        """Say for which page."""
        return f"Ajouter un élément à la page {self.page.number}"


class AssetEditScreen(AssetFormScreen):
    """An asset that exists."""

    model = InsertAsset
    path = "page.insert"


class AssetDeleteScreen(InsertScreen):
    """Asks before an asset goes."""

    model = InsertAsset
    path = "page.insert"
    template_name = "focus/admin/print/asset_delete.html"

    def get_page_title(self) -> str:
        """Name it."""
        return f"Supprimer « {self.found} »"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the asset."""
        return super().get_context_data(asset=self.found, page=self.found.page, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Delete it with its file."""
        title, page = self.found.title, self.found.page
        assets.delete(self.found, request.user)
        messages.success(request, f"« {title} » est supprimé.")
        return redirect("focus_print:page", page.pk)


class AssetFileView(InsertScreen):
    """The original of an asset."""

    model = InsertAsset
    path = "page.insert"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to a signed address."""
        return redirect(addresses.download_address(self.found.file, self.found.file.name))


class BundlesScreen(InsertScreen):
    """What partners may have, what they may not and why; archives that were built."""

    model = Insert
    template_name = "focus/admin/print/bundles.html"
    page_title = "Archives d’éléments"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Sort the assets."""
        rows = InsertAsset.objects.filter(page__insert=self.insert).select_related(
            "page", "licence"
        )
        today = timezone.localdate()
        told = [
            (asset, assets.why_left_out(asset, today)) for asset in rows.order_by("page__number")
        ]
        built = self.insert.bundles.select_related("requested_by")[:10]
        return super().get_context_data(
            inside=[asset for asset, reason in told if not reason],
            left_out=[(asset, reason) for asset, reason in told if reason],
            bundles=[(bundle, bundles.is_outdated(bundle)) for bundle in built],
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask for a new archive."""
        bundles.request(self.insert, request.user)
        messages.success(request, "L’archive se prépare : elle apparaît ici dans un instant.")
        return redirect("focus_print:bundles", self.insert.pk)


class BundleFileView(InsertScreen):
    """The archive itself."""

    model = AssetBundle
    path = "insert"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to a signed address, unless rights have ended since."""
        back = reverse("focus_print:bundles", args=(self.insert.pk,))
        if not self.found.file or bundles.is_outdated(self.found):
            messages.error(request, "Cette archive n’est plus à jour : préparez-en une nouvelle.")
            return redirect(back)
        return redirect(addresses.download_address(self.found.file, self.found.file.name))
