"""What the checker answers."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning"]

RULES = {
    # the document
    "size": "some readers stop at 5,000,000 bytes",
    "encoding": "UTF-8, declared in the first line (Apple, PSP-1)",
    "well-formed": "XML 1.0; a control character or an unclosed element stops strict readers",
    "doctype": "a feed has no document type: readers refuse or expand entities",
    "root": "one rss element, version 2.0, with one channel",
    "namespace": "each prefix bound to its exact address; readers drop what is bound to another",
    # elements, from the table
    "unknown": "an element that the table of elements does not know",
    "misplaced": "a known element inside the wrong parent",
    "absent": "an element that must be there (error) or is recommended (warning)",
    "repeated": "an element twice where one is allowed",
    "attribute": "an attribute that its element does not have",
    "stray text": "text where only elements belong, or elements where only text belongs",
    "spaces": "a value with outer spaces (PSP-1)",
    "control": "C1 control characters: legal XML, but a sign of a broken conversion",
    "value": "a text or attribute outside what its element takes",
    # relations between elements
    "order": "channel metadata before items, description before content:encoded",
    "self link": "one atom:link rel=self, typed, equal to the address the feed is read from",
    "image": "the RSS image repeats the channel's title and link",
    "category": "Apple's closed list of 2019: 19 parents, 91 children",
    "stored guid": "podcast:guid is the one given once for ever",
    "serial": "every full episode of a serial show has a number (Apple, PSP-1)",
    "unique": "a guid or an enclosure address seen twice is ignored by Apple",
    "permalink": "a guid that is not a URL says isPermaLink=false",
    "type": "the media type agrees with the extension in the address",
    "author": "author beside dc:creator: validators and readers take one of them at random",
    "cdata": "HTML is written in a CDATA section (Apple, PSP-1)",
    "title number": "no season or episode number in a title (Apple)",
    "numbers": "itunes and podcast numbers of one episode are equal",
    "role": "person group and role form a pair of the Podcast Taxonomy",
    "host": "item persons replace the channel's: the host is named again",
    "licence": "a slug of the namespace's list in lower case, or a name with a url",
    "soundbite": "inside the episode (error), 15 to 120 seconds (warning)",
    "rrule": "a rule with COUNT needs dtstart",
    "ai-content": "txt of purpose ai-content is true or false",
    # what the servers answer
    "status": "everything named answers 200",
    "feed bytes": "the address serves the very bytes that were checked",
    "validators": "the feed has an ETag and answers 304 to it",
    "content type": "the server's Content-Type is the one the feed announces",
    "length": "HEAD's Content-Length is the enclosure's length",
    "ranges": "byte ranges answer 206 for media and artwork (Apple)",
    "artwork": "square, 1400 to 3000 pixels, RGB without alpha, real type = extension (Apple)",
    "density": "72 dpi (Apple)",
    "cors": "transcripts and chapters are fetched by browsers",
    "transcript": "parses, in order, inside the episode; VTT lines ≤ 65, SRT ≤ 2 lines of 32",
    "chapters": "JSON chapters 1.2.0, ascending, inside the episode",
}
"""Every rule and why it exists."""


@dataclass(frozen=True)
class Problem:
    """One broken rule: which, how grave, in which place (a path in the feed or an address)."""

    level: Level
    rule: str
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.level} [{self.rule}] {self.where}: {self.message}"


def error(rule: str, where: str, message: str) -> Problem:
    """Return a problem that makes the feed unfit for publication."""
    return Problem("error", rule, where, message)


def warning(rule: str, where: str, message: str) -> Problem:
    """Return a problem that clients survive."""
    return Problem("warning", rule, where, message)
