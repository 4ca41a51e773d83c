"""What public feeds may carry of a tribune: what the access function says for anyone."""

from django.utils import timezone

from cms.models import Licence
from cms.republication import Republication
from publishing import news
from tribunes.access import ANYONE, Facts, Standing, decide
from tribunes.items import Terms
from tribunes.models import TribunePage
from tribunes.rendering.people import people_of
from tribunes.rendering.terms import terms_of


def republication_of(page: TribunePage, licence: Licence | None) -> Republication:
    """Return what a feed may say of a page that anybody may read, fetched with its relations."""
    now = timezone.now()
    standing = decide(_facts(page, licence), ANYONE, now)
    if licence is None or standing == Standing.EXPIRED:
        return Republication(whole=False)
    return Republication(
        whole=standing == Standing.USABLE,
        licence=licence,
        terms=news_terms(terms_of(page, licence, people_of(page))),
        replies=tuple(map(_reply, page.open_replies)),
        replies_to=_reply(page.open_replies_to) if page.open_replies_to else None,
    )


def news_terms(terms: Terms) -> news.Terms:
    """Return terms as feeds say them."""
    return news.Terms(
        scope=terms.scope,
        editing=terms.editing,
        commercial=terms.commercial,
        territories=terms.territories,
        usage=terms.usage,
        expires=terms.expires,
        credit_line=terms.credit_line,
        required_link=terms.required_link,
        copy_policy=terms.copy_policy,
        tdm=terms.tdm,
    )


def _facts(page: TribunePage, licence: Licence | None) -> Facts:
    return Facts(
        live=page.live,
        embargoed_until=page.embargoed_until,
        licence_code=licence.code if licence else "",
        licence_expires_on=page.licence_expires_on,
        for_web=page.for_web,
        released=True,
    )


def _reply(page: TribunePage) -> news.Reply:
    return news.Reply(id=f"urn:uuid:{page.uuid}", link=page.full_url or "", title=page.title)
