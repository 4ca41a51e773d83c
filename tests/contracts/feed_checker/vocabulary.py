"""Closed lists of the specifications, typed here and not taken from the code under test."""

NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
}


def _listed(table: str) -> dict[str, frozenset[str]]:
    """Read lines of «parent: child, child» (children may be missing)."""
    lines = (line.partition(":") for line in table.strip().splitlines())
    return {
        parent: frozenset(child.strip() for child in children.split(",") if child.strip())
        for parent, _, children in lines
    }


# Apple, «Apple Podcasts categories» (support 1691), in force since August 2019.
CATEGORIES = _listed("""\
Arts: Books, Design, Fashion & Beauty, Food, Performing Arts, Visual Arts
Business: Careers, Entrepreneurship, Investing, Management, Marketing, Non-Profit
Comedy: Comedy Interviews, Improv, Stand-Up
Education: Courses, How To, Language Learning, Self-Improvement
Fiction: Comedy Fiction, Drama, Science Fiction
Government
Health & Fitness: Alternative Health, Fitness, Medicine, Mental Health, Nutrition, Sexuality
History
Kids & Family: Education for Kids, Parenting, Pets & Animals, Stories for Kids
Leisure: Animation & Manga, Automotive, Aviation, Crafts, Games, Hobbies, \
Home & Garden, Video Games
Music: Music Commentary, Music History, Music Interviews
News: Business News, Daily News, Entertainment News, News Commentary, Politics, \
Sports News, Tech News
Religion & Spirituality: Buddhism, Christianity, Hinduism, Islam, Judaism, Religion, Spirituality
Science: Astronomy, Chemistry, Earth Sciences, Life Sciences, Mathematics, Natural Sciences, \
Nature, Physics, Social Sciences
Society & Culture: Documentary, Personal Journals, Philosophy, Places & Travel, Relationships
Sports: Baseball, Basketball, Cricket, Fantasy Sports, Football, Golf, Hockey, Rugby, Running, \
Soccer, Swimming, Tennis, Volleyball, Wilderness, Wrestling
Technology
True Crime
TV & Film: After Shows, Film History, Film Interviews, Film Reviews, TV Reviews
""")

# Podcast Taxonomy (podcasttaxonomy.com), group: roles; compared in lower case.
ROLES = _listed("""\
creative direction: director, assistant director, executive producer, senior producer, producer, \
associate producer, development producer, creative director
cast: host, co-host, guest host, guest, voice actor, narrator, announcer, reporter
writing: author, editorial director, co-writer, writer, songwriter, guest writer, story editor, \
managing editor, script editor, script coordinator, researcher, editor, fact checker, translator, \
transcriber, logger
audio production: studio coordinator, technical director, technical manager, audio engineer, \
remote recording engineer, post production engineer
audio post-production: audio editor, sound designer, foley artist, composer, theme music, \
music production, music contributor
administration: production coordinator, booking coordinator, production assistant, \
content manager, marketing manager, sales representative, sales manager
visuals: graphic designer, cover art designer
community: social media manager
misc.: consultant, intern
video production: camera operator, lighting designer, camera grip, assistant camera
video post-production: editor, assistant editor
""")

# Licence list of the podcast namespace: any other licence is a custom one and needs its url.
LICENCES = frozenset({"arr", "cc-by-4.0", "cc-by-nc-4.0", "cc-by-nc-nd-4.0", "pod-v4v-1.0"})

# podcast:medium; each has a list variant ending in L, and lists may be mixed.
_MEDIA = (
    "podcast",
    "music",
    "video",
    "film",
    "audiobook",
    "newsletter",
    "blog",
    "publisher",
    "course",
)
MEDIUMS = (*_MEDIA, *(f"{medium}L" for medium in _MEDIA), "mixed")

# Extension of the address: media types that agree with it (Apple, PSP-1, podcast namespace).
TYPES = {
    "mp3": {"audio/mpeg"},
    "m4a": {"audio/x-m4a", "audio/m4a"},
    "mp4": {"video/mp4"},
    "m4v": {"video/x-m4v", "video/m4v"},
    "mov": {"video/quicktime"},
    "pdf": {"application/pdf"},
    "jpg": {"image/jpeg"},
    "png": {"image/png"},
    "vtt": {"text/vtt"},
    "srt": {"application/x-subrip"},
    "json": {"application/json", "application/json+chapters"},
    "html": {"text/html"},
    "txt": {"text/plain"},
}
ENCLOSURES = ("mp3", "m4a", "mp4", "m4v", "mov", "pdf")
IMAGES = ("jpg", "png")
ENCLOSURE_TYPES = tuple(media_type for name in ENCLOSURES for media_type in sorted(TYPES[name]))
TRANSCRIPTS = ("vtt", "srt", "json", "html", "txt")
TRANSCRIPT_TYPES = tuple(sorted(TYPES[name])[0] for name in TRANSCRIPTS)

# ISO 639-1, without the withdrawn codes: a word is a first letter and its second letters.
_LETTERS = (
    "aabefkmnrsvyz baegimnors caehorsuvy daevz eelnostu fafijory gadlnuv haeiortuyz iadegikostu "
    "jav kagijklmnorsuvwy labginotuv mghiklnrsty nabdeglnorvy ocjmrs pailst qu rmnouw "
    "sacdegiklmnoqrstuvw taeghiklnorstwy ugkrz veio wao xh yio zahu"
)
LANGUAGES = frozenset(word[0] + second for word in _LETTERS.split() for second in word[1:])
