"""What the example site says of itself."""

from cms.models import HomePage, InformationPage

INTRO = (
    "<p>Des départements, leurs partenaires et celles et ceux qui agissent : chaque épisode pose"
    " une question de solidarité, et trois voix y répondent.</p>"
    "<p><i>Site d’exemple : les émissions, les personnes et leurs propos sont fictifs.</i></p>"
)
LEGAL = (
    "<p>Ce site est un exemple livré avec le logiciel. Remplacez ce texte avant l’ouverture : la"
    " loi demande le nom de l’éditeur, celui de la personne qui dirige la publication, et le nom,"
    " l’adresse et le téléphone de l’hébergeur.</p>"
)


def load() -> dict[str, list[str]]:
    """Introduce the home page and add the mentions légales, unless an editor already did."""
    home = HomePage.objects.get()
    if not home.intro:
        home.intro = INTRO
        home.save_revision().publish()
    if not InformationPage.objects.exists():
        page = InformationPage(title="Mentions légales", slug="mentions-legales", body=LEGAL)
        home.add_child(instance=page)
        page.save_revision().publish()
    return {}
