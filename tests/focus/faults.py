"""A database that refuses one table: the fault in the middle of a transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_BREAK = {
    "sqlite": [
        "CREATE TRIGGER broken BEFORE UPDATE ON {table}"
        " BEGIN SELECT RAISE(ABORT, 'the disk is broken'); END"
    ],
    "postgresql": [
        "CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'the disk is broken'; END $$",
        "CREATE TRIGGER broken BEFORE UPDATE ON {table} EXECUTE FUNCTION broken()",
    ],
}
_MEND = {
    "sqlite": ["DROP TRIGGER broken"],
    "postgresql": ["DROP TRIGGER broken ON {table}", "DROP FUNCTION broken()"],
}


@contextmanager
def broken(table: str) -> Iterator[None]:
    """Let every change of a table fail, for the length of the block."""
    _execute(_BREAK, table)
    yield
    _execute(_MEND, table)


def _execute(statements: dict[str, list[str]], table: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement.format(table=table))
