"""A command on a terminal of its own, driven from outside: what a person has in front of them, for tests.

Arguments: columns, rows, then the command. Standard input takes a JSON object a line: {"keys": "p"}, {"size": [60, 15]},
{"signal": "SIGTERM"}, {"hangup": true}, {"mode": true}. Standard output gives one a line: {"text": "..."} as the terminal shows it,
{"stopped": true} and {"exit": 130} of the command (a signal as its negative number), {"mode": {"echo": true, "lines": true}}.
"""

import codecs
import fcntl
import json
import os
import pty
import select
import signal
import struct
import sys
import termios


def tell(**fact):
    sys.stdout.write(json.dumps(fact) + "\n")
    sys.stdout.flush()


def set_size(terminal, columns, rows):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def tell_mode(terminal):
    flags = termios.tcgetattr(terminal)[3]
    tell(mode={"echo": bool(flags & termios.ECHO), "lines": bool(flags & termios.ICANON)})


def obey(order, child, terminal):
    """Returns whether the terminal is still there."""
    if "keys" in order:
        os.write(terminal, order["keys"].encode())
    if "size" in order:
        set_size(terminal, *order["size"])
    if "signal" in order:
        os.kill(child, getattr(signal, order["signal"]))
    if "mode" in order:
        tell_mode(terminal)
    if "hangup" in order:
        os.close(terminal)
        return False
    return True


def reap(child):
    """The exit code, or None while the command lives."""
    pid, status = os.waitpid(child, os.WNOHANG | os.WUNTRACED)
    if pid == 0:
        return None
    if os.WIFSTOPPED(status):
        tell(stopped=True)
        return None
    return os.waitstatus_to_exitcode(status)


def main():
    columns, rows, *command = sys.argv[1:]
    child, terminal = pty.fork()
    if child == 0:
        # The size is set before the command can ask for it.
        set_size(0, int(columns), int(rows))
        os.execvp(command[0], command)
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    orders = b""
    open_ends = [terminal, 0]
    code = None
    while code is None or terminal in open_ends:
        ready, _, _ = select.select(open_ends, [], [], 0.02)
        if terminal in ready:
            try:
                data = os.read(terminal, 65536)
            except OSError:
                data = b""
            if data:
                tell(text=decoder.decode(data))
            else:
                tell_mode(terminal)
                open_ends.remove(terminal)
        if 0 in ready:
            data = os.read(0, 65536)
            if not data:
                open_ends.remove(0)
                if code is None:
                    os.kill(child, signal.SIGKILL)
            orders += data
            *lines, orders = orders.split(b"\n")
            for line in lines:
                if not obey(json.loads(line), child, terminal):
                    open_ends.remove(terminal)
        if code is None:
            code = reap(child)
        elif not ready and terminal in open_ends:
            tell_mode(terminal)
            open_ends.remove(terminal)
    tell(exit=code)


main()
