"""What the site adds to the admin."""

from wagtail.snippets.models import register_snippet

from cms.viewsets import AddressBookGroup, ReferenceGroup

register_snippet(AddressBookGroup)
register_snippet(ReferenceGroup)
