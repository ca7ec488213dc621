"""`rlsgraph fmt`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("fmt")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(exists=True, path_type=Path))
@click.option("--check", "is_check", is_flag=True, help="Write nothing; exit code 1 where a file would change.")
def command(paths: tuple[Path, ...], is_check: bool) -> None:
    """Put Turtle files, and those in folders, in the one canonical form: prefixes, subjects and values sorted, one layout.

    Changes are then easy to review. Comments are not part of RDF and are lost.

    \b
    Examples:
      rlsgraph fmt mine/
      rlsgraph fmt --check mine/
    """
    from rlsgraph.formats.turtle import find_unformatted, format_files

    if not is_check:
        for path in format_files(paths):
            click.echo(f"wrote {path}", err=True)
        return
    changed = list(find_unformatted(paths))
    for path, _ in changed:
        click.echo(f"{path} is not in canonical form; `rlsgraph fmt {path}` puts it there")
    raise SystemExit(1 if changed else 0)
