"""A tribune in one format, and its pictures: what the API gives to a token, for people."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from tribunes import pulls
from tribunes.api.links import links_of
from tribunes.api.live import Live
from tribunes.api.source import Found
from tribunes.exports import FORMATS, Wish
from tribunes.facts import reader_of
from tribunes.models import Pull
from tribunes.space.views import SpaceView


class DownloadView(SpaceView):
    """A file in one of the formats."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, uuid: UUID, name: str) -> HttpResponse:
        """Hand the file over and note that it was taken."""
        source = Live(reader_of(self.partner))
        found = _found(source, uuid)
        form, item = FORMATS.get(name), found.item
        if form is None:
            raise Http404
        wish = Wish(links=links_of(item), pictures=lambda: source.contents(item))
        answer = HttpResponse(form.write(item, wish), content_type=form.content_type)
        file = f"{item.slug}-v{item.version}.{form.suffix}"
        answer["Content-Disposition"] = f'attachment; filename="{file}"'
        taken = [(found.record_id, item)]
        pulls.note(taken, partner=self.partner, door=Pull.Door.SPACE, format=name)
        return answer


class PictureView(SpaceView):
    """A picture that may travel, to be looked at."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
        """Lead to where it is read."""
        source = Live(reader_of(self.partner))
        found = _found(source, uuid)
        for picture in found.item.pictures:
            if picture.id == pk:
                return HttpResponseRedirect(source.picture(found, picture))
        raise Http404


def _found(source: Live, uuid: UUID) -> Found:
    if (found := source.find(uuid)) is None:
        raise Http404
    return found
