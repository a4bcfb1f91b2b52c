"""Runs one Pulumi program in Python, as Pulumi's own host does: the program's modules are its own, and so is what it prints.

Test tooling, not part of the product. Settings stand in the arguments, configuration in PULUMI_CONFIG and PULUMI_CONFIG_SECRET_KEYS.
Exit code 32: the user has been told what is wrong.
"""

import argparse
import asyncio
import logging
import runpy
import sys
import traceback

import grpc
import pulumi
from pulumi import runtime

ALREADY_REPORTED = 32


def main() -> int:
    arguments = read_arguments()
    runtime.set_all_config(runtime.get_config_env(), runtime.get_config_secret_keys_env())
    runtime.configure(
        runtime.Settings(
            monitor=arguments.monitor,
            engine=arguments.engine,
            organization=arguments.organization,
            project=arguments.project,
            root_directory=arguments.root_directory,
            stack=arguments.stack,
            parallel=arguments.parallel,
            dry_run=arguments.dry_run,
        )
    )
    # A program that fails leaves outputs that nobody awaits; asyncio would complain of each.
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    sys.argv = [arguments.program]
    sys.path.insert(0, arguments.program)
    return run(arguments.program)


def run(program: str) -> int:
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        loop.run_until_complete(runtime.run_in_stack(lambda: runpy.run_path(program, run_name="__main__")))
        return 0
    except pulumi.RunError as error:
        pulumi.log.error(str(error))
    except grpc.RpcError as error:
        # The engine goes away first when something else has failed already, and has said so.
        if error.code() != grpc.StatusCode.UNAVAILABLE:
            pulumi.log.error(error.details())
    except Exception:
        pulumi.log.error("Program failed with an unhandled exception:\n" + traceback.format_exc())
    finally:
        loop.close()
        sys.stdout.flush()
        sys.stderr.flush()
    return ALREADY_REPORTED


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Runs a Pulumi program in Python")
    for name in ["monitor", "engine", "organization", "project", "root-directory", "stack"]:
        parser.add_argument(f"--{name}")
    parser.add_argument("--parallel", type=int)
    parser.add_argument("--dry-run", action="store_true")
    parser.add_argument("program")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
