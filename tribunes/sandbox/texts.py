"""The words of the examples; each says that it is one."""

_INTRODUCTION = (
    "<p>Ce texte est un exemple, écrit pour essayer l’API\u202f: il n’engage personne et ne se"
    " publie pas.</p>"
)

GARDEN = (
    f"{_INTRODUCTION}"
    "<p>Rue des Tilleuls, douze voisins cultivent ensemble un terrain que personne ne regardait"
    " plus. Le samedi, on y vient pour les tomates\u202f; on y reste pour parler.</p>"
    "<h2>Un banc suffit pour commencer</h2>"
    "<p>Il a fallu un banc, une clé confiée à chacun et <a"
    ' href="https://www.example.org/etude">une étude</a> de quatre pages. Le reste est venu des'
    " habitants.</p>"
    "<blockquote><p>On ne demande plus qui a planté quoi.</p></blockquote>"
)
HALT = (
    f"{_INTRODUCTION}"
    "<p>Les proches qui aident ont besoin d’une halte. Nous demandons une journée de répit par"
    " mois, partout, sans dossier à remplir.</p>"
    "<h2>Ce que change une journée</h2>"
    "<ul><li>dormir</li><li>consulter</li><li>revoir ses amis</li></ul>"
)
BUS = (
    f"{_INTRODUCTION}"
    "<p>Une ligne d’autocar de plus, et le village retrouve son médecin\u00a0: le trajet dure"
    " trente-cinq minutes, trois fois par jour.</p>"
)
KITCHEN = (
    f"{_INTRODUCTION}"
    "<p>Dans cette cuisine partagée, les photographies sont affichées au mur. Elles ne voyagent"
    " pas avec le texte\u00a0: leurs auteurs ne l’ont pas permis.</p>"
)
