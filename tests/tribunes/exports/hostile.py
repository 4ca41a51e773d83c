"""Items in which every text tries to be something else."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from tests.tribunes import items
from tribunes.items import Correction, Credit, Item, Picture, Reply, Terms

_NASTY = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '<a href="javascript:alert(1)">lien</a>',
    "<a href='//mal.invalid/x'>lien</a>",
    '<img src="/relative.jpg">',
    '<img src="https://ok.invalid/a.jpg" onload="alert(1)">',
    "<figure><figcaption>sans image</figcaption></figure>",
    "</article></main></body>",
    "<article class=x>",
    "<h6>bas</h6>",
    "<h2>haut</h2>",
    "<h4></h4>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1&gt;">',
    "<template><h2>x</h2></template>",
    "<!-- commentaire -->",
    "<![CDATA[ x ]]>",
    "]]>",
    "&#60;script&#62;",
    "&nbsp;",
    '<p style="color:red" class=a id=b>x<br>y<br><b>z</b></p>',
    "<ul><li><p>a<br></p></li></ul>",
    "<table><tr><td colspan=9>a<table><tr><th>b</th></tr></table></td></tr></table>",
    "<iframe src=https://mal.invalid></iframe>",
    "\x00\x08\ud800\ufffe",
    "=HYPERLINK(1)",
    "\u202f",
]
texts = st.lists(st.sampled_from(_NASTY) | st.text(max_size=8), max_size=4).map("".join)
_DATES = st.just(date(2026, 11, 20))


def _with_texts(kind: type, fixed: dict[str, Any]) -> st.SearchStrategy:
    hostile = {
        field.name: texts for field in fields(kind) if field.type == "str" or field.type is str
    }
    return st.builds(kind, **{**hostile, **{name: st.just(v) for name, v in fixed.items()}})


_credits = st.sampled_from(["author", "signatory"]).flatmap(
    lambda role: _with_texts(Credit, {"role": role, "id": items.AUTHOR.id})
)
_addresses = st.sampled_from(["https://a.invalid/?b=1&c='\"<>é", items.SITE])
_pictures = st.builds(
    lambda picture, href: replace(picture, href=href),
    _with_texts(
        Picture,
        {"id": 7, "length": 1, "width": 1, "height": 1, "expires": None, "licence_url": items.SITE,
         "original": ""},
    ),
    _addresses,
)  # fmt: skip
_corrections = st.sampled_from(["minor", "significant", "high"]).flatmap(
    lambda severity: _with_texts(
        Correction, {"version": 1, "date": date(2026, 11, 20), "severity": severity}
    )
)
_terms = _with_texts(
    Terms,
    {"scope": ("web",), "editing": "none", "commercial": False, "expires": None, "tdm": "reserved",
     "copy_policy": "noindex", "url": items.SITE, "required_link": items.SITE},
)  # fmt: skip


@st.composite
def hostile_items(draw: st.DrawFn) -> Item:
    """Draw an item of any kind."""
    item = draw(st.sampled_from(list(items.EVERY_KIND.values())))
    pictures = tuple(draw(st.lists(_pictures, max_size=1)))
    return replace(
        item,
        headline=f"Titre {draw(texts)}",
        standfirst=draw(texts),
        html=draw(texts),
        editorial_note=draw(texts),
        people=tuple(draw(st.lists(_credits, max_size=2))),
        subjects=tuple(draw(st.lists(texts, max_size=2))),
        opening=pictures[0] if pictures else None,
        pictures=pictures,
        terms=draw(_terms),
        corrections=tuple(draw(st.lists(_corrections, max_size=2))),
        retraction=item.retraction and replace(item.retraction, reason=draw(texts)),
        replies_to=draw(
            st.none() | st.just(Reply(id=items.AUTHOR.id, href=items.SITE, url=items.SITE))
        ),
    )
