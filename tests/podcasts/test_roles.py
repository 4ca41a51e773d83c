"""The parts people play."""

from podcasts import roles


def test_the_five_roles_and_their_french_names() -> None:
    assert roles.CHOICES == [
        ("host", "Animation"),
        ("elected", "Élu·e"),
        ("initiative", "Porteur·se d’initiative"),
        ("expert", "Expert·e"),
        ("other", "Autre voix"),
    ]


def test_apps_read_a_host_and_guests() -> None:
    assert roles.TAXONOMY[roles.HOST] == ("host", "cast")
    guests = {roles.TAXONOMY[role] for role in roles.LABELS if role != roles.HOST}
    assert guests == {("guest", "cast")}


def test_a_full_episode_needs_four_voices() -> None:
    assert roles.missing([]) == ["Animation", "Élu·e", "Porteur·se d’initiative", "Expert·e"]
    assert roles.missing(["host", "expert", "expert", "other"]) == [
        "Élu·e",
        "Porteur·se d’initiative",
    ]
    assert roles.missing(["expert", "initiative", "elected", "host"]) == []


def test_a_trailer_may_need_less() -> None:
    assert roles.missing([], (roles.HOST,)) == ["Animation"]
    assert roles.missing(["host"], (roles.HOST,)) == []
