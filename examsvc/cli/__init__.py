"""`examsvc …`: every command says what went wrong in one line and exits non-zero."""

import sys
from pkgutil import resolve_name

import click

COMMANDS = {
    "bank": ("bank:bank", "题库 Files, registered versions and keys of item banks."),
    "db": ("database:db", "Bring the database schema up to date, or check that it is."),
    "demo": ("demo:demo", "Place the demo unless it is there already, and print its address and log-ins."),
    "openapi": ("serving:openapi", "Print the OpenAPI description."),
    "paper": ("papers:paper", "Papers drawn from the banks."),
    "receipt": ("receipts:receipt", "作答回执 Check what the service signed when it stored answers."),
    "registry": ("registry:registry", "Windows and histories of the filing procedure 备案."),
    "rehearse": (
        "rehearsing:rehearse",
        "Let synthetic candidates sit a paper over the real protocol, and certify what this machine holds.",
    ),
    "serve": ("serving:serve", "Serve the web application."),
    "user": ("people:user", "Accounts of people who log in with a name and a password."),
    "verify": ("verifying:verify", "Prove a certificate again from raw answers and marks."),
    "worker": ("serving:worker", "Run the sweeps and the jobs in a process of their own."),
}
"""Where each command is and what it does, so that the list of them is told without loading the service."""


class Commands(click.Group):
    """Loads a command when it is called: most of its time goes into loading what it works with."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 (click's)
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = resolve_name(f"{__package__}.{COMMANDS[cmd_name][0]}")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 (click's)
        with formatter.section("Commands"):
            formatter.write_dl([(name, told) for name, (_, told) in COMMANDS.items()])


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="examsvc")
def cli() -> None:
    """专项职业能力考核: exam delivery, scoring and certificates."""


def main() -> None:
    """Run the command line; what is expected to go wrong becomes one line and a status (`faults`)."""
    try:
        cli(prog_name="examsvc")
    except Exception as fault:
        from examsvc.cli import faults  # noqa: PLC0415 (it loads SQLAlchemy, to know its faults)

        told = faults.told(fault)
        if told is None:
            raise
        for line in told.lines:
            click.echo(f"examsvc: {line}", err=True)
        sys.exit(told.status)
