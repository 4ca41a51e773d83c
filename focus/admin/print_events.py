"""The log of a cahier."""

from typing import Any

import django_filters
from django.core.paginator import Paginator
from wagtail.admin.filters import WagtailFilterSet

from focus.admin.print_access import InsertScreen
from focus.models import InsertEvent, InsertPage

_PER_SCREEN = 50


class EventFilterSet(WagtailFilterSet):
    """By page, by person, by words."""

    page = django_filters.ModelChoiceFilter(label="Page", queryset=InsertPage.objects.none())
    who = django_filters.ChoiceFilter(label="Qui")
    text = django_filters.CharFilter(label="Contient", lookup_expr="icontains")

    class Meta:
        model = InsertEvent
        fields = ("page", "who", "text")

    def __init__(self, *args: Any, insert_pk: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["page"].queryset = InsertPage.objects.filter(insert=insert_pk)
        names = InsertEvent.objects.filter(insert=insert_pk).order_by("who").values_list("who")
        self.filters["who"].extra["choices"] = [(name, name) for (name,) in names.distinct()]


class EventsScreen(InsertScreen):
    """Everything that happened to a cahier, the latest first."""

    template_name = "focus/admin/print/events.html"
    page_title = "Journal du cahier"
    header_icon = "history"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Filter the events of this cahier."""
        filters = EventFilterSet(
            self.request.GET,
            InsertEvent.objects.filter(insert=self.insert).select_related("page"),
            request=self.request,
            insert_pk=self.insert.pk,
        )
        events = filters.qs if filters.is_valid() else filters.queryset
        return super().get_context_data(
            filters=filters,
            events=Paginator(events, _PER_SCREEN).get_page(self.request.GET.get("p")),
            **kwargs,
        )
