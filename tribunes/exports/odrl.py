"""Terms as a policy of the Open Digital Rights Language (W3C ODRL 2.2), for ninjs."""

import json
from typing import Any

from tribunes.items import Item, Terms

LANGUAGE = "http://www.w3.org/ns/odrl/2/"
_CONTEXT = "http://www.w3.org/ns/odrl.jsonld"


def policy(item: Item, terms: Terms) -> str:
    """Return the terms of an item as JSON-LD.

    What one may do, in which media, where and until when; what is due in return; what is
    forbidden. ODRL knows no «time and place only»: the sentence of the terms rules.
    """
    media = [scope for scope in terms.scope if scope != "extract"]
    permissions = [_permission("reproduce", terms, media)] * bool(media)
    permissions += [_permission("extract", terms, [])] * ("extract" in terms.scope)
    if terms.editing == "with-approval":
        permissions.append({"action": "modify", "duty": [{"action": "obtainConsent"}]})
    forbidden = {
        "modify": terms.editing != "with-approval",
        "commercialize": not terms.commercial,
        "http://www.w3.org/ns/tdmrep/mine": terms.tdm == "reserved",
    }
    return json.dumps(
        {
            "@context": _CONTEXT,
            "@type": "Set",
            "uid": terms.url,
            "target": item.id,
            "permission": permissions,
            "prohibition": [{"action": action} for action, is_so in forbidden.items() if is_so],
        },
        ensure_ascii=False,
    )


def _permission(action: str, terms: Terms, media: list[str]) -> dict[str, Any]:
    limits = [_constraint("media", "isAnyOf", media)] * bool(media)
    limits += [_constraint("spatial", "eq", terms.territories)] * bool(terms.territories)
    if terms.expires:
        until = {"@value": terms.expires.isoformat(), "@type": "xsd:date"}
        limits.append(_constraint("dateTime", "lteq", until))
    return {"action": action, "constraint": limits, "duty": [{"action": "attribute"}]}


def _constraint(left: str, operator: str, right: Any) -> dict[str, Any]:
    return {"leftOperand": left, "operator": operator, "rightOperand": right}
