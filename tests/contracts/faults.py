"""One good feed, and everything that can be wrong with one: the checker's own proof.

A fault is a rule, the place where it must be found, and replacements in the good feed (old, new,
old, new…; the first occurrence each). The tests demand exactly one problem for each.
"""

from pathlib import Path

ADDRESS = "https://media.solutions.example/podcasts/une-question-de-solidarite/feed.xml"
GUID = "408e719e-2c28-58a9-96c9-cef4e8c760fc"
GOOD = (Path(__file__).parent / "good_feed.xml").read_text(encoding="utf-8")


def broken(*replacements: str) -> bytes:
    """Return the good feed with each old text replaced once by the new one that follows it."""
    feed = GOOD
    for old, new in zip(replacements[::2], replacements[1::2], strict=True):
        assert old in feed, f"the good feed does not hold {old}"
        feed = feed.replace(old, new, 1)
    return feed.encode()


def _channel(xml: str) -> tuple[str, str]:
    """Add an element to the channel."""
    return "<podcast:medium>", f"{xml}<podcast:medium>"


def _item(xml: str) -> tuple[str, str]:
    """Add an element to the first item."""
    return "<itunes:duration>906", f"{xml}<itunes:duration>906"


_TITLE = "<title>Comment bien vieillir chez soi\u202f?</title>"
_AUDIO = "/audio-9f8e7d6c5b4a3921.mp3"
_MP3 = f"https://media.solutions.example/episodes/299efbfc-813a-4fe8-9f76-43ca7143cf42{_AUDIO}"
_ENCLOSURE = f'<enclosure url="{_MP3}" length="14501888" type="audio/mpeg"/>'
_GUID1 = "299efbfc-813a-4fe8-9f76-43ca7143cf42</guid>"
_DATE = "<pubDate>Tue, 14 Oct 2025 06:00:00 +0200</pubDate>"
_BUILT = "<lastBuildDate>Tue, 14 Oct 2025 06:30:00 +0200</lastBuildDate>"
_DESCRIPTION = "<description>Une question"
_SELF = f'<atom:link href="{ADDRESS}" rel="self" type="application/rss+xml"/>'
_ART = "/artwork-1f3a5c7e9b2d4f60.jpg"
_OWNER = "podcast@solutions.example</itunes:email>"
_NOTES = "</ul><p>À lire"
_SITE = "https://solutions.example"
_IMAGE = "<title>Une question de solidarité (exemple)</title>\n      <link>"
_LINK = f"<link>{_SITE}/podcasts/une-question-de-solidarite/comment"
_EXPLICIT = "<itunes:explicit>false</itunes:explicit>"
_TXT = '<podcast:txt purpose="applepodcastsverify">05124'
_CATEGORY = '<itunes:category text="Documentary"/>'

# fmt: off
# ruff: noqa: E501 - one fault, one line

# The 34 single faults that feeds in the field show, each as it is met there.
FIELD_FAULTS = [
    ("value", "item/enclosure@length", ' length="14501888" ', " "),
    ("value", "item/enclosure@length", ' length="14501888" ', ' length="0" '),
    ("value", "item/enclosure@url", f'"{_MP3}"', f'"{_AUDIO}"'),
    ("repeated", "item/enclosure", *_item('<enclosure url="https://media.solutions.example/a.mp3" length="1" type="audio/mpeg"/>')),
    ("absent", "item/enclosure", _ENCLOSURE, ""),
    ("value", "item/pubDate", _DATE, "<pubDate>2025-10-14T06:00:00+02:00</pubDate>"),
    ("value", "item/pubDate", _DATE, _DATE.replace("Tue", "Mon")),
    ("unique", "item/guid", "bc3e8f82-947a-4097-af3e-25a6dbca47bf</guid>", _GUID1),
    ("absent", "item/guid", f'<guid isPermaLink="false">{_GUID1}', ""),
    ("permalink", "item/guid", '<guid isPermaLink="false">', "<guid>"),
    ("value", "channel/itunes:explicit", _EXPLICIT, "<itunes:explicit>maybe</itunes:explicit>"),
    ("value", "channel/itunes:explicit", _EXPLICIT, "<itunes:explicit>clean</itunes:explicit>"),
    ("category", "itunes:category", _CATEGORY, '<itunes:category text="Solidarité"/>'),
    ("category", "itunes:category", '"Government"', '"Government &amp; Organizations"'),
    ("absent", "channel/itunes:image", f'<itunes:image href="{ADDRESS[:-9]}{_ART}"/>', ""),
    ("value", "item/itunes:duration", "<itunes:duration>906", "<itunes:duration>PT11S"),
    ("absent", "channel/language", "<language>fr</language>", ""),
    ("value", "channel/language", "<language>fr", "<language>french"),
    ("absent", "item/description", "<description>Des légumes du département dans les assiettes des collèges\u00a0: l’histoire d’un marché public qui a changé de fournisseurs.</description>", ""),
    ("value", "channel/podcast:guid", f"<podcast:guid>{GUID}", "<podcast:guid>une-question"),
    ("namespace", "xmlns:podcast", "org/namespace/1.0", "org/namespace/1.0/"),
    ("value", "channel/podcast:locked", ">yes</podcast:locked>", ">maybe</podcast:locked>"),
    ("value", "item/podcast:transcript@type", ' type="text/vtt"', ""),
    ("value", "item/itunes:episodeType", ">full<", ">special<"),
    ("value", "item/itunes:season", "<itunes:season>1<", "<itunes:season>un<", '<podcast:season name="Vivre ici">1</podcast:season>', ""),
    ("self link", "channel/atom:link", _SELF, ""),
    ("value", "item/content:encoded", f'<a href="{_SITE}', '<a href="'),
    ("value", "item/content:encoded", _NOTES, f"</ul><script>alert(1)</script>{_NOTES[5:]}"),
    ("well-formed", "document", "</item>", ""),
    ("well-formed", "document", "bien vieillir", "bien\x08vieillir"),
    ("repeated", "channel/lastBuildDate", _BUILT, _BUILT * 2),
    ("value", "itunes:owner/itunes:email", _OWNER, _OWNER.replace("@", " chez ")),
    ("unknown", "channel/itunes:podcast", *_channel("<itunes:podcast>oui</itunes:podcast>")),
    ("value", "channel/itunes:image@href", f'<itunes:image href="{ADDRESS[:-9]}{_ART}', f'<itunes:image href="{ADDRESS[:-9]}/artwork'),
]

# What the specifications add, rule by rule.
FAULTS = [
    # the document
    ("size", "document", "<generator>", f"<!--{'x' * 5_000_000}--><generator>"),
    ("encoding", "document", ' encoding="UTF-8"', ""),
    ("encoding", "document", 'encoding="UTF-8"', 'encoding="ISO-8859-1"'),
    ("doctype", "document", "<rss ", "<!DOCTYPE rss><rss "),
    ("doctype", "document", "<rss ", '<!DOCTYPE rss [<!ENTITY e "e">]><rss '),
    ("root", "rss", ' version="2.0">', ' version="0.92">'),
    ("root", "rss", "</channel>", "</channel><channel/>"),
    ("namespace", "xmlns:itunes", "http://www.itunes.com/dtds", "http://www.itunes.com/DTDs"),
    ("namespace", "xmlns:psc", "<rss ", '<rss xmlns:psc="http://podlove.org/simple-chapters" '),
    ("namespace", "xmlns:p", "xmlns:podcast=", 'xmlns:p="https://podcastindex.org/namespace/1.0" xmlns:podcast='),
    ("namespace", "xmlns:None", "<generator>", '<generator xmlns="http://purl.org/rss/1.0/">'),
    # elements
    ("unknown", "item/group", *_item("<group/>")),
    ("unknown", "channel/podcast:images", *_channel("<podcast:images/>")),
    ("misplaced", "item/ttl", *_item("<ttl>60</ttl>")),
    ("misplaced", "item/podcast:locked", *_item("<podcast:locked>no</podcast:locked>")),
    ("misplaced", "channel/podcast:soundbite", *_channel('<podcast:soundbite startTime="1" duration="20"/>')),
    ("attribute", "channel/generator@version", "<generator>", '<generator version="1">'),
    ("attribute", "channel/itunes:image@url", "<itunes:image href=", '<itunes:image url="x" href='),
    ("stray text", "channel", "<generator>", "et aussi<generator>"),
    ("stray text", "channel/itunes:owner", "<itunes:owner>", "<itunes:owner>Nous"),
    ("misplaced", "channel/generator/ttl", "</generator>", "<ttl/></generator>"),
    ("spaces", "item/title", _TITLE, _TITLE.replace("<title>", "<title> ")),
    ("spaces", "item/enclosure@length", '"14501888"', '"14501888 "'),
    ("control", "item/title", "bien vieillir", "bien\x85vieillir"),
    ("absent", "item/title", _TITLE, ""),
    ("absent", "channel/itunes:category", GOOD[GOOD.index("<itunes:cat") : GOOD.index("<itunes:expl")], ""),
    ("absent", "itunes:owner/itunes:email", f"<itunes:email>{_OWNER}", ""),
    ("absent", "channel/item", GOOD[GOOD.index("<item>") : GOOD.index("</channel>")], ""),
    # relations
    ("order", "channel", "<generator>Solutions solidaires</generator>", "", "</channel>", "<generator>Solutions solidaires</generator></channel>"),
    ("order", "item/content:encoded", "<description><![CDATA[<p>Rester", "<content:encoded><![CDATA[<p>Rester", "?</p>]]></description>", "?</p>]]></content:encoded>", "<content:encoded><![CDATA[<p>Rester chez soi quand les forces manquent\u00a0: qui aide, qui paie, qui décide\u202f?</p><ul>", "<description><![CDATA[<ul>", "merci 💛</p>]]></content:encoded>", "merci 💛</p>]]></description>"),
    ("self link", "channel/atom:link@type", ' type="application/rss+xml"/>', ' type="text/xml"/>'),
    ("self link", "channel/atom:link@href", f'href="{ADDRESS}"', f'href="{ADDRESS}/"'),
    ("self link", "channel/atom:link", _SELF, _SELF * 2),
    ("image", "channel/image/title", _IMAGE, _IMAGE.replace("Une", "La")),
    ("image", "channel/image/link", f"{_IMAGE}{_SITE}/", f"{_IMAGE}{_SITE}/autre/"),
    ("category", "channel/itunes:category", '"Society &amp; Culture"', '"society &amp; culture"'),
    ("category", "itunes:category/itunes:category", '"Politics"', '"Documentary"'),
    ("category", "channel/itunes:category", '<itunes:category text="Government"/>', "<itunes:category/>"),
    ("serial", "item/itunes:episode", ">episodic<", ">serial<", "<itunes:episode>1</itunes:episode>", ""),
    ("unique", "item/enclosure", "/dcde81d6-3cfb-442a-95c4-483d612417a7/audio-0a1b2c3d4e5f6071.mp3\" length=\"480653\" type=\"audio/mpeg\"/>", f"/299efbfc-813a-4fe8-9f76-43ca7143cf42{_AUDIO}\" length=\"480653\" type=\"audio/mpeg\"/>"),
    ("permalink", "item/guid", 'isPermaLink="false"', 'isPermaLink="true"'),
    ("type", "item/enclosure@type", '"14501888" type="audio/mpeg"', '"14501888" type="audio/x-m4a"'),
    ("type", "item/podcast:transcript@type", 'type="text/vtt"', 'type="text/html"'),
    ("type", "channel/podcast:trailer@type", 'type="audio/mpeg" season', 'type="video/mp4" season'),
    ("author", "item/author", *_item("<author>redaction@solutions.example (Rédaction)</author>"), "<rss ", '<rss xmlns:dc="http://purl.org/dc/elements/1.1/" ', *_item("<dc:creator>Rédaction</dc:creator>")),
    ("cdata", "item/description", "<description>Trente secondes pour", "<description>&lt;p&gt;Trente&lt;/p&gt;"),
    ("title number", "item/title", _TITLE, "<title>Épisode 2 – Comment bien vieillir\u202f?</title>"),
    ("title number", "item/title", _TITLE, "<title>S1E2 Comment bien vieillir\u202f?</title>"),
    ("title number", "item/title", _TITLE, "<title>#2 – Comment bien vieillir\u202f?</title>"),
    ("numbers", "item/podcast:season", '<podcast:season name="Vivre ici">1', '<podcast:season name="Vivre ici">2'),
    ("numbers", "item/podcast:episode", '<podcast:episode>1', '<podcast:episode>1.5'),
    ("role", "item/podcast:person", 'role="translator"', 'role="traductrice"'),
    ("role", "item/podcast:person", 'group="writing" ', ""),
    ("role", "item/podcast:person", 'group="writing"', 'group="écriture"'),
    ("licence", "channel/podcast:license", ">cc-by-nc-nd-4.0<", ">CC-BY-NC-ND-4.0<"),
    ("licence", "item/podcast:license", f'<podcast:license url="{_SITE}/licence/">', "<podcast:license>"),
    ("soundbite", "item/podcast:soundbite", 'startTime="62.5"', 'startTime="878.5"'),
    ("rrule", "channel/podcast:updateFrequency@dtstart", "INTERVAL=6", "INTERVAL=6;COUNT=4"),
    ("ai-content", "channel/podcast:txt", *_channel('<podcast:txt purpose="ai-content">oui</podcast:txt>')),
    # values of RSS, Atom and content
    ("value", "item/title", _TITLE, "<title/>"),
    ("value", "item/title", _TITLE, f"<title>{'é' * 256}</title>"),
    ("value", "item/title", _TITLE, "<title><![CDATA[Bien <b>vieillir</b>]]></title>"),
    ("value", "item/title", _TITLE, "<title>Vieillir &amp;amp; rester</title>"),
    ("value", "item/link", _LINK, "<link>/comment"),
    ("value", "item/link", _LINK, f"<link>{_SITE}/é"),
    ("value", "item/link", _LINK, "<link>http://solutions.example/c"),
    ("value", "item/link", _LINK, "<link>https://[solutions/c"),
    ("value", "item/link", _LINK, "<link>https://moi:mdp@solutions.example/c"),
    ("value", "channel/description", _DESCRIPTION, f"<description>{'é' * 2000}Une question"),
    ("value", "channel/description", _DESCRIPTION, "<description>&lt;p&gt;Une question"),
    ("value", "item/description", "<p>Rester", f"<p>{'é' * 2000}"),
    ("value", "channel/language", "<language>fr", "<language>fr-France"),
    ("value", "channel/language", "<language>fr", "<language>xx"),
    ("value", "channel/copyright", "<copyright>", "<copyright>© "),
    ("value", "channel/copyright", "<copyright>", "<copyright>2025 "),
    ("value", "channel/managingEditor", *_channel("<managingEditor>redaction@solutions.example</managingEditor>")),
    ("value", "channel/lastBuildDate", _BUILT, _BUILT.replace("2025", "1985").replace("Tue", "Mon")),
    ("value", "channel/lastBuildDate", _BUILT, "<lastBuildDate>Thu, 14 Oct 2100 06:30:00 +0200</lastBuildDate>"),
    ("value", "item/pubDate", _DATE, _DATE.replace("+0200", "CEST")),
    ("value", "item/pubDate", _DATE, _DATE.replace("14 Oct", "34 Oct")),
    ("value", "channel/generator", ">Solutions solidaires</generator>", "></generator>"),
    ("value", "channel/docs", *_channel("<docs>http://www.rssboard.org/rss-specification</docs>")),
    ("value", "channel/ttl", *_channel("<ttl>une heure</ttl>")),
    ("value", "image/url", f"{_ART}</url>", f"{_ART}?largeur=600</url>"),
    ("value", "item/author", *_item("<author>Rédaction</author>")),
    ("value", "item/guid", f">{_GUID1}", ">1234</guid>"),
    ("value", "item/guid@isPermaLink", 'isPermaLink="false"', 'isPermaLink="non"'),
    ("value", "item/enclosure@type", '"14501888" type="audio/mpeg"', '"14501888" type="audio/mp3"'),
    ("value", "item/enclosure@url", f'"{_MP3}"', f'"{_MP3}?X-Amz-Signature=abc"'),
    ("value", "item/enclosure@url", f'"{_MP3}"', f'"{_MP3[:-4]}.ogg"'),
    ("value", "channel/atom:link@href", 'href="https://hub.solutions.example/"', 'href="hub"'),
    ("value", "channel/atom:link@rel", 'rel="hub"', 'rel="hubs"'),
    ("value", "item/content:encoded", "<em>Karim Belhadj</em>", '<em style="x">Karim Belhadj</em>'),
    ("value", "item/content:encoded", "<em>Karim Belhadj</em>", '<em onclick="x()">Karim</em>'),
    ("value", "item/content:encoded", "<em>Karim Belhadj</em>", "<em>Karim Belhadj"),
    ("value", "item/content:encoded", "<em>Karim Belhadj</em>", "Karim Belhadj</em>"),
    ("value", "item/content:encoded", "<em>Karim Belhadj</em>", "<!-- Karim -->"),
    ("value", "item/content:encoded", f'<a href="{_SITE}', '<a href="javascript:alert(1)'),
    ("value", "item/dc:creator", "<rss ", '<rss xmlns:dc="http://purl.org/dc/elements/1.1/" ', *_item("<dc:creator/>")),
    # values of Apple's elements
    ("value", "channel/itunes:author", "<itunes:author>", f"<itunes:author>{'x' * 256}"),
    ("value", "channel/itunes:block", *_channel("<itunes:block>no</itunes:block>")),
    ("value", "channel/itunes:complete", "<itunes:complete>yes", "<itunes:complete>no"),
    ("value", "item/itunes:duration", "<itunes:duration>906", "<itunes:duration>15:06"),
    ("value", "item/itunes:episode", "<itunes:episode>2", "<itunes:episode>0", '<podcast:episode display="Épisode 2">2</podcast:episode>', ""),
    ("value", "itunes:owner/itunes:name", "<itunes:name>", f"<itunes:name>{'x' * 256}"),
    ("value", "channel/itunes:new-feed-url", "<itunes:new-feed-url>https://", "<itunes:new-feed-url>//"),
    ("value", "item/itunes:summary", "<itunes:summary>", f"<itunes:summary>{'x' * 4000}"),
    ("value", "item/itunes:title", "<itunes:title>", "<itunes:title>&lt;i&gt;"),
    ("value", "channel/itunes:type", ">episodic<", ">Épisodique<"),
    ("value", "item/itunes:explicit", f"{_EXPLICIT}\n      <itunes:image", "<itunes:explicit>no</itunes:explicit><itunes:image"),
    # values of the podcast namespace
    ("value", "item/podcast:chapters@url", "/chapters-5e7092b4d6f81a3c.json", "/chapters"),
    ("value", "item/podcast:chapters@type", '"application/json+chapters"', '"application/json"'),
    ("value", "item/podcast:episode", '<podcast:episode>1', '<podcast:episode>un', "<itunes:episode>1</itunes:episode>", ""),
    ("value", "item/podcast:episode@display", 'display="Épisode 2"', f'display="{"x" * 33}"'),
    ("value", "channel/podcast:funding", "Soutenir l’émission", "x" * 129),
    ("value", "channel/podcast:funding@url", f'funding url="{_SITE}/soutenir/"', "funding"),
    ("value", "channel/podcast:guid", f"<podcast:guid>{GUID}", "<podcast:guid>299efbfc-813a-4fe8-9f76-43ca7143cf42"),
    ("value", "item/podcast:license", ">Licence Solutions solidaires 1.0<", f">{'x' * 129}<"),
    ("value", "channel/podcast:license@url", '<podcast:license url="https://', '<podcast:license url="'),
    ("value", "channel/podcast:location", ">Aveyron<", f">{'x' * 129}<"),
    ("value", "channel/podcast:location@rel", 'rel="subject"', 'rel="sujet"'),
    ("value", "channel/podcast:location@geo", '"geo:44.35,2.57"', '"44.35,2.57"'),
    ("value", "channel/podcast:location@osm", '"R7451"', '"7451"'),
    ("value", "channel/podcast:location@country", 'country="FR"', 'country="France"'),
    ("value", "channel/podcast:locked@owner", 'owner="podcast@', 'owner="'),
    ("value", "channel/podcast:medium", "<podcast:medium>podcast", "<podcast:medium>audio"),
    ("value", "channel/podcast:person", ">Nour Delmas<", f">{'x' * 129}<"),
    ("value", "channel/podcast:person@img", "/portrait-5a7c9e1b3d5f7081.jpg", "/portrait-5a7c9e1b3d5f7081"),
    ("value", "channel/podcast:person@href", f'href="{_SITE}/personnes/', 'href="/personnes/'),
    ("value", "channel/podcast:podping@usesPodping", 'usesPodping="false"', ""),
    ("value", "item/podcast:season", '<podcast:season name="Vivre ici">1', '<podcast:season name="Vivre ici">un', "<itunes:season>1</itunes:season>", ""),
    ("value", "item/podcast:season@name", 'name="Vivre ici"', f'name="{"x" * 129}"'),
    ("value", "item/podcast:soundbite", "Ici, personne ne vieillit seul", "x" * 129),
    ("value", "item/podcast:soundbite@startTime", ' startTime="62.5"', ""),
    ("value", "item/podcast:soundbite@duration", 'duration="28"', 'duration="28 s"'),
    ("value", "channel/podcast:trailer", ">Bande-annonce</podcast:trailer>", "></podcast:trailer>"),
    ("value", "channel/podcast:trailer@url", "/audio-0a1b2c3d4e5f6071.mp3", "/audio-0a1b2c3d4e5f6071"),
    ("value", "channel/podcast:trailer@pubdate", 'pubdate="Tue, 02', 'pubdate="Mon, 02'),
    ("value", "channel/podcast:trailer@length", 'length="480653"', 'length="480 ko"'),
    ("value", "channel/podcast:trailer@type", 'type="audio/mpeg" season', 'type="mp3" season'),
    ("value", "channel/podcast:trailer@season", '" season="1"', '" season="0"'),
    ("value", "item/podcast:transcript@url", "/transcript-3c5e7092a4b6d8f0.vtt", "/transcript"),
    ("value", "item/podcast:transcript@type", 'type="text/vtt"', 'type="vtt"'),
    ("value", "item/podcast:transcript@language", '" language="fr"', '" language="français"'),
    ("value", "item/podcast:transcript@rel", 'rel="captions"', 'rel="subtitles"'),
    ("value", "channel/podcast:txt", _TXT, f"{_TXT}{'x' * 4000}"),
    ("value", "channel/podcast:txt@purpose", "applepodcastsverify", "x" * 129),
    ("value", "channel/podcast:updateFrequency", ">Deux épisodes par an<", f">{'x' * 129}<"),
    ("value", "channel/podcast:updateFrequency@complete", 'complete="true"', 'complete="oui"'),
    ("value", "channel/podcast:updateFrequency@dtstart", 'complete="true"', 'dtstart="1er octobre"'),
    ("value", "channel/podcast:updateFrequency@rrule", "FREQ=MONTHLY", "FREQ=SEMESTRIEL"),
]

# What clients survive: the same, but a warning.
WARNINGS = [
    ("absent", "channel/podcast:guid", f"<podcast:guid>{GUID}</podcast:guid>", ""),
    ("absent", "item/pubDate", _DATE, ""),
    ("host", "item/podcast:person", 'role="host" href', 'role="guest" href'),
    ("soundbite", "item/podcast:soundbite", 'duration="28"', 'duration="8"'),
]
