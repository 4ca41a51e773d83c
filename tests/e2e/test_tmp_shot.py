import pytest
from tests.e2e.test_tribunes import *
def test_shot(chief, live_server, tribune, partner):
    other = TribuneFactory(parent=tribune.get_parent().specific, title="Une autre", published=True, signatories=3)
    chief.set_viewport_size({"width": 1280, "height": 1400})
    chief.goto(f"{live_server.url}{reverse('wagtailadmin_pages:edit', args=[other.pk])}#tab-reprise")
    chief.get_by_role("tab", name="Reprise").click()
    chief.wait_for_timeout(800)
    chief.screenshot(path="/tmp/h-newsroom/reprise.png", full_page=True)
    h = chief.get_by_text("Chez les partenaires").last
    h.scroll_into_view_if_needed()
    chief.wait_for_timeout(300)
    chief.screenshot(path="/tmp/h-newsroom/reprise2.png")
