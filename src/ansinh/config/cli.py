# SPDX-License-Identifier: MPL-2.0
"""`ansinh`: one command, a subcommand per act. Groups are imported only when they are called,
so that `--help` and the first useful line come at once."""

from __future__ import annotations

import importlib
import sys
from dataclasses import dataclass

import click

from ansinh.rules.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a command lives, one line of help, and what it needs before it runs."""

    target: str
    help: str
    needs: str = "database"  # "nothing" | "server" | "database"


COMMANDS: dict[str, Entry] = {
    "demo": Entry("ansinh.config.commands.demo:demo", "Set up the invented province and open its pages."),
    "test": Entry("ansinh.config.commands.test:test", "Run every check.", "nothing"),
    "serve": Entry("ansinh.config.commands.serve:serve", "Serve the pages on this machine."),
    "worker": Entry("ansinh.config.commands.worker:worker", "Do the work that waits in the queue."),
    "stop": Entry("ansinh.config.commands.stop:stop", "Stop the embedded database.", "nothing"),
    "migrate": Entry("ansinh.config.commands.migrate:migrate", "Update the schema.", "server"),
    "check": Entry("ansinh.config.commands.check:check", "Check this installation.", "server"),
    "law": Entry("ansinh.legislation.commands:law", "Ask the law: who is owed what.", "nothing"),
    "places": Entry("ansinh.places.commands:places", "Administrative units over time."),
    "staff": Entry("ansinh.staff.commands:staff", "Officers and their roles."),
    "import": Entry("ansinh.registry.commands:import_list", "Check and import a list that a commune sent."),
    "register": Entry("ansinh.registry.commands:register", "Duplicates and birthdays of the register."),
    "outreach": Entry("ansinh.outreach.commands:outreach", "Messages, targets, frozen figures."),
    "payees": Entry("ansinh.payees.commands:payees", "Accounts, mandates, review rounds, groups."),
    "report": Entry("ansinh.config.commands.report:report", "Figures of a unit on a day."),
    "payroll": Entry("ansinh.payroll.commands:payroll", "A period's payments: prepare to lock, rebuild."),
    "oversight": Entry("ansinh.oversight.commands:oversight", "Random samples: draw, prove."),
    "population": Entry("ansinh.population.commands:population", "Rounds against the population register."),
    "simulate": Entry("ansinh.disbursement.commands:simulate", "A bank to try against.", "nothing"),
    "sweep": Entry("ansinh.config.commands.sweep:sweep", "Look for what was promised and is not done."),
    "audit": Entry("ansinh.config.commands.audit:audit", "Seal and verify the audit log."),
    "backup": Entry("ansinh.config.commands.backup:backup", "Backups: make, check, restore.", "django"),
    "keys": Entry("ansinh.config.commands.keys:keys", "Field keys: make, rotate."),
    "bench": Entry("ansinh.config.commands.bench:bench", "Measure against the limit.", "nothing"),
    "faults": Entry("ansinh.config.commands.faults:faults", "Pay months under faults.", "nothing"),
    "messages": Entry(
        "ansinh.config.commands.messages:messages", "Refresh the English catalogue.", "nothing"
    ),
    "makemigrations": Entry("ansinh.config.commands.migrate:makemigrations", "Write migrations.", "server"),
}


class LazyGroup(click.Group):
    """Lists commands from COMMANDS and imports one only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        if ctx.resilient_parsing or _asks_for_help(cmd_name):
            prepare("django" if entry.needs == "database" else entry.needs)
        else:
            prepare(entry.needs)
        module, _, name = entry.target.partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in COMMANDS.items()])


def _asks_for_help(name: str) -> bool:
    after = sys.argv[sys.argv.index(name) + 1 :] if name in sys.argv else []
    return "--help" in after or "-h" in after


def prepare(needs: str) -> None:
    """Start what a command needs. The database is imported late: `law` answers without it."""
    if needs == "nothing":
        return
    setup = importlib.import_module("ansinh.config.setup")
    if needs == "database":
        setup.ready()
    elif needs == "django":
        setup.start_django()
    else:
        importlib.import_module("ansinh.config.database").ensure_server()


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with: ansinh demo. Data lives in ANSINH_HOME. Exit codes: 0 done, "
    "1 a check failed, 2 bad use.",
)
@click.version_option(package_name=None, version="0.1.0", prog_name="ansinh")
def ansinh() -> None:
    """An Sinh: pay social protection without cash, to the right person, to the đồng."""


def main() -> None:
    """Entry point: a refusal becomes its sentence and exit code 2, never a traceback."""
    try:
        ansinh.main(standalone_mode=False)
    except click.ClickException as refused:
        refused.show()
        raise SystemExit(refused.exit_code) from None
    except click.exceptions.Exit as done:
        raise SystemExit(done.exit_code) from None
    except click.Abort:
        raise SystemExit(130) from None
    except Refusal as refused:
        click.echo(f"{refused.vi}\n{refused.en}", err=True)
        raise SystemExit(2) from None


if __name__ == "__main__":
    main()
