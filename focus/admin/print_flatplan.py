"""The chemin de fer: all pages of a cahier at once, on screen and on one sheet of paper."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.widgets.button import HeaderButton

from focus.admin.print_access import InsertScreen
from focus.forms.print_desk import UploadForm
from focus.print_desk import desk, swaps
from focus.print_desk.flatplan import layout, spreads
from focus.print_desk.refusals import DeskRefused


class DeskScreen(InsertScreen):
    """The chemin de fer."""

    template_name = "focus/admin/print/desk.html"
    page_title = "Chemin de fer"

    def get_header_buttons(self) -> list[HeaderButton]:
        """Lead to what belongs to the whole cahier."""
        pk = (self.insert.pk,)
        return [
            HeaderButton(
                "Imprimer", url=reverse("focus_print:sheet", args=pk), icon_name="doc-full-inverse"
            ),
            HeaderButton(
                "Journal", url=reverse("focus_print:events", args=pk), icon_name="history"
            ),
            HeaderButton(
                "Archives d’éléments",
                url=reverse("focus_print:bundles", args=pk),
                icon_name="download",
            ),
        ]

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Lead back to the page of the cahier."""
        edit = reverse("wagtailadmin_pages:edit", args=(self.insert.pk,))
        return [
            *self.breadcrumbs_items,
            {"url": edit, "label": self.insert.title},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Lay the pages out."""
        slots = desk.slots(self.insert)
        inside = [slot for slot in slots if slot.page.number <= self.insert.page_count]
        return super().get_context_data(
            **{"upload_form": UploadForm(prefix="cahier")}
            | kwargs
            | {
                "slots": inside,
                "spreads": spreads(inside),
                "outside": slots[len(inside) :],
                "approved": sum(slot.is_approved for slot in inside),
                "countdown": desk.countdown(desk.deadline_of(self.insert), timezone.now()),
                "uploads": self.insert.uploads.select_related("page", "uploaded_by").defer(
                    "report"
                )[:5],
            }
        )


class SheetScreen(InsertScreen):
    """The chemin de fer on one A4 in landscape."""

    template_name = "focus/admin/print/sheet.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Lay the pages out as large as they fit."""
        slots = [s for s in desk.slots(self.insert) if s.page.number <= self.insert.page_count]
        return super().get_context_data(
            spreads=spreads(slots),
            layout=layout(len(slots), float(self.insert.width / self.insert.height)),
            countdown=desk.countdown(desk.deadline_of(self.insert), timezone.now()),
            approved=sum(slot.is_approved for slot in slots),
            now=timezone.now(),
        )


class SwapView(InsertScreen):
    """Two pages change places."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Exchange them, or say why not."""
        back = reverse("focus_print:desk", args=(self.insert.pk,))
        numbers = [request.POST.get(name, "") for name in ("first", "second")]
        try:
            if not all(number.isdecimal() and len(number) < 4 for number in numbers):
                raise DeskRefused("Choisissez deux pages de ce cahier.")
            swaps.swap(self.insert.pk, *map(int, numbers), request.user)
        except DeskRefused as refusal:
            messages.error(request, str(refusal))
            return redirect(back)
        messages.success(request, f"Les pages {' et '.join(numbers)} ont échangé leur place.")
        return redirect(f"{back}#page-{numbers[1]}")
