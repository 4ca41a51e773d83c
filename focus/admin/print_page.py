"""One printed page: its versions, its report, its assets, what is said of it, its BAT."""

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from focus.admin.print_access import InsertScreen
from focus.forms.print_desk import (
    CommentForm,
    LinkedPageForm,
    LinkForm,
    PageForm,
    UploadForm,
    WaiverForm,
)
from focus.models import InsertComment, InsertPage, PageVersion
from focus.print_desk import approvals, desk, findings, links
from focus.print_desk.assets import rights_problem
from focus.print_desk.events import name_of, record
from focus.print_desk.refusals import DeskRefused
from publishing.exceptions import PublishingError


class PageScreen(InsertScreen):
    """Everything about one page; ``?version=`` shows an older one."""

    model = InsertPage
    path = "insert"
    template_name = "focus/admin/print/page.html"

    @property
    def page(self) -> InsertPage:
        """The printed page."""
        return self.found

    def get_page_title(self) -> str:
        """Name the page."""
        return str(self.page)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the page, the version that is looked at, and the forms."""
        versions = list(self.page.versions.select_related("approval", "upload").defer("text"))
        slot, version = desk.slot(self.page), self._chosen(versions)
        obstacle = approvals.problem(self.page, version) if version else ""
        made = version.links.select_related("approval") if version else []
        last = max(self.insert.page_count, self.page.number)
        context = {
            "page": self.page,
            "previous": self.page.number - 1 if self.page.number > 1 else None,
            "next": self.page.number + 1 if self.page.number < last else None,
            "versions": versions,
            "version": version,
            "newest": versions[0] if versions else None,
            "groups": findings.by_level(findings.of_version(version)) if version else [],
            "warned": version is not None and findings.warnings(version),
            "obstacle": obstacle,
            "links": [(link, links.spent(link) or obstacle) for link in made],
            "missing": slot.missing,
            "assets": [
                (asset, rights_problem(asset, timezone.localdate()))
                for asset in slot.page.assets.all()
            ],
            "linked": slot.page.linked_pages.all(),
            "comments": self.page.comments.all(),
            "page_form": PageForm(instance=self.page),
            "upload_form": UploadForm(prefix="page"),
            "linked_form": LinkedPageForm(user=self.request.user),
            "comment_form": CommentForm(prefix="comment"),
            "waiver_form": WaiverForm(),
            "link_form": LinkForm(prefix="link"),
        }
        context |= kwargs
        media = context["page_form"].media + context["linked_form"].media
        return super().get_context_data(**context, media=media)

    def _chosen(self, versions: list[PageVersion]) -> PageVersion | None:
        wanted = self.request.GET.get("version")
        chosen = [version for version in versions if str(version.number) == wanted]
        return (chosen or versions or [None])[0]


class PageAction(PageScreen):
    """Something done to a page by a form; one that is wrong comes back with the whole screen."""

    http_method_names = ["post"]
    form_name = ""
    """Name of the form in the context of the screen, if there is one to fill in."""
    done = ""
    """What to say afterwards."""

    def make_form(self) -> BaseForm | None:
        """Return the form that was sent."""
        return None

    def act(self, data: dict[str, Any]) -> HttpResponse | None:
        """Do it, and return where to go if not back to the page; raises DeskRefused."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, or say why not."""
        form = self.make_form()
        if form is not None and not form.is_valid():
            return self.render_to_response(self.get_context_data(**{self.form_name: form}))
        try:
            answer = self.act(form.cleaned_data if form is not None else {})
        except DeskRefused as refusal:
            messages.error(request, str(refusal))
        except PublishingError as error:
            messages.error(request, error.reason)
        else:
            if answer is not None:
                return answer
            messages.success(request, self.done)
        return redirect(reverse("focus_print:page", args=(self.page.pk,)))


class EditView(PageAction):
    """Rubric, headline, state, owner, length."""

    form_name = "page_form"
    done = "La page est enregistrée."

    def make_form(self) -> PageForm:
        """Change a copy: the screen shows the page as it is until it is saved."""
        instance = InsertPage.objects.get(pk=self.page.pk)
        self.form = PageForm(self.request.POST, instance=instance)
        return self.form

    def act(self, data: dict[str, Any]) -> None:
        """Write only what changed: a BAT may be given meanwhile."""
        changed = self.form.changed_data
        if not changed:
            return
        rows = InsertPage.objects.filter(pk=self.page.pk)
        if "state" in changed:
            rows = rows.exclude(state=InsertPage.State.APPROVED)
        if not rows.update(**{name: data[name] for name in changed}):
            raise DeskRefused("Cette page a son BAT depuis : rouvrez-la d’abord.")
        labels = [str(self.form.fields[name].label).lower() for name in changed]
        text = f"Page {self.page.number} modifiée : {', '.join(labels)}"
        if "state" in changed:
            text += f" (« {InsertPage.State(data['state']).label} »)"
        record(self.insert, self.request.user, text, self.page)


class CommentView(PageAction):
    """Somebody says something of the page."""

    form_name = "comment_form"
    done = "Le commentaire est ajouté."

    def make_form(self) -> CommentForm:
        """Return the form that was sent."""
        return CommentForm(self.request.POST, prefix="comment")

    def act(self, data: dict[str, Any]) -> None:
        """Add it."""
        InsertComment.objects.create(
            page=self.page, author=name_of(self.request.user)[:150], text=data["text"]
        )
        text = f"Commentaire sur la page {self.page.number} : {data['text']}"
        record(self.insert, self.request.user, text, self.page)


class LinkPageView(PageAction):
    """One more text that the page prints."""

    form_name = "linked_form"
    done = "Le texte est lié à la page."

    def make_form(self) -> LinkedPageForm:
        """Return the form that was sent."""
        return LinkedPageForm(self.request.POST, user=self.request.user)

    def act(self, data: dict[str, Any]) -> None:
        """Add it."""
        self.page.linked_pages.add(data["linked"])
        text = f"Page {self.page.number} : « {data['linked'].title} » lié"
        record(self.insert, self.request.user, text, self.page)


class UnlinkPageView(PageAction):
    """One text less."""

    done = "Le texte n’est plus lié à la page."

    def act(self, data: dict[str, Any]) -> None:
        """Take it off."""
        linked = get_object_or_404(self.page.linked_pages, pk=self.kwargs["linked"])
        self.page.linked_pages.remove(linked)
        text = f"Page {self.page.number} : « {linked.title} » délié"
        record(self.insert, self.request.user, text, self.page)
