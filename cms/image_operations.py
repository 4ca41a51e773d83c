"""What Wagtail may do to a picture, beside its own operations."""

from typing import Any

from wagtail.images.image_operations import FilterOperation

_SAYS_TOO_MUCH = ("exif", "xmp", "comment", "XML:com.adobe.xmp")


class BareOperation(FilterOperation):
    """«bare»: nothing of what the camera noted, such as where somebody lives, comes along."""

    def construct(self) -> None:
        """Take no argument."""

    def run(self, willow: Any, image: Any, env: dict[str, Any]) -> Any:
        """Forget the notes; Willow and Pillow would write them again."""
        for name in _SAYS_TOO_MUCH:
            willow.image.info.pop(name, None)
        return willow
