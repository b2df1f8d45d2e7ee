"""The command that tries the loop out on a made directory."""

from pathlib import Path

import click

from directory.checks.simulation import Plan
from directory.checks.simulation import simulate as run
from directory.checks.simulation_words import drawing, table
from directory.web.extensions import db
from directory.web.policy import current_ladder

RATE = click.FloatRange(0, 1)


@click.command("simulate")
@click.option("--organisations", default=500, show_default=True, type=click.IntRange(1), help="How many entries.")
@click.option("--years", default=3, show_default=True, type=click.IntRange(1, 20), help="For how long.")
@click.option("--answer-rate", default=0.5, show_default=True, type=RATE, help="The chance that one email is answered.")
@click.option(
    "--phone-rate", default=0.7, show_default=True, type=RATE, help="The chance that a call reaches somebody."
)
@click.option("--without-contact", default=0.2, show_default=True, type=RATE, help="The share with nobody to ask.")
@click.option("--national", default=0.25, show_default=True, type=RATE, help="The share checked by its website.")
@click.option("--missed", default=0.0, show_default=True, type=RATE, help="The chance that a day's round is missed.")
@click.option("--svg", type=click.Path(dir_okay=False, path_type=Path), help="Draw the figures into this file, too.")
def simulate(
    organisations: int,
    years: int,
    answer_rate: float,
    phone_rate: float,
    without_contact: float,
    national: float,
    missed: float,
    svg: Path | None,
) -> None:
    """Try the checks out for years on a made directory in memory, with the policy of this site.

    Prints how many emails and phone tasks a week to expect, and how much stays confirmed. Touches no data.
    """
    plan = Plan(
        organisations=organisations,
        years=years,
        answer_rate=answer_rate,
        phone_rate=phone_rate,
        without_contact=without_contact,
        national=national,
        missed=missed,
    )
    ladder = current_ladder(db.session())
    db.session.rollback()  # a read that goes on for a minute would keep everybody from writing
    outcome = run(plan, ladder)
    click.echo(table(outcome))
    if svg is not None:
        svg.write_text(drawing(outcome), encoding="utf-8")
        click.echo(f"Drawn: {svg}")
