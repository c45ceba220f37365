#!/usr/bin/env python3
"""Time superbill beside the Rust crates `edi` 0.4 (GPL-3) and, if asked, `x12-types` 0.12 on one 837P.

    python3 benches/peers/x12.py FILE [--x12-types] [--keep FOLDER]

FILE is any X12 file, best one of tens of megabytes. The program is built in a folder outside of the workspace, which is
kept and used again with --keep. `x12-types` takes minutes and gigabytes to build.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent

MANIFEST = """[workspace]

[package]
name = "x12-peers"
version = "0.0.0"
edition = "2024"
publish = false

[features]
edi = ["dep:edi"]
x12-types = ["dep:x12-types"]

[dependencies]
superbill-x12 = {{ path = "{x12}" }}
edi = {{ version = "0.4", optional = true }}
x12-types = {{ version = "0.12", default-features = false, features = ["v005010"], optional = true }}

[profile.release]
overflow-checks = true
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("--x12-types", action="store_true", help="build and time x12-types too")
    parser.add_argument("--keep", type=pathlib.Path, help="the folder to build in")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or pathlib.Path(temporary)
        (folder / "src").mkdir(parents=True, exist_ok=True)
        (folder / "Cargo.toml").write_text(MANIFEST.format(x12=ROOT / "crates" / "x12"))
        (folder / "src" / "main.rs").write_text((HERE / "x12" / "main.rs").read_text())
        features = "edi,x12-types" if arguments.x12_types else "edi"
        command = ["cargo", "run", "--release", "--quiet", "--features", features, "--", str(arguments.file.resolve())]
        return subprocess.run(command, cwd=folder, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
