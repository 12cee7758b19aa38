"""Draw every page, wizard step and booth step into ``docs/screens/``, at both sizes of screen.

`python -m tests.pictures.take_all [FOLDER]` drives the real program, without a screen, through a whole year:
first a workspace of its own up to the count, then the finished sample. Takes some minutes.
"""

import os
import shutil
import sys
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_QPA_PLATFORMTHEME"] = ""


def main(folder: Path) -> None:
    """Draw everything into `folder`."""
    folder = folder.absolute()
    from gaoxin_vote import bootstrap
    from tests.pictures.camera import SIZES, Camera, Officer
    from tests.pictures.desk import sample_year, whole_year

    kept = Path(tempfile.mkdtemp(prefix="gaoxin-screens-"))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        os.environ[name] = str(kept)
    (kept / "U盘").mkdir()
    os.chdir(kept)
    if folder.exists():
        shutil.rmtree(folder)
    app = bootstrap.make_application(["screenshots"])
    try:
        for scenario in (whole_year, sample_year):
            window = bootstrap.make_window(clock, kept / "演示数据2017.gxv")
            sys.excepthook = sys.__excepthook__
            window.resize(SIZES[0])
            window.show()
            scenario(Officer(window), Camera(folder / scenario.__name__.replace("_", "-"), window), kept)
            window.close()
            window.worker.close()
        booth(folder / "booth")
    finally:
        shutil.rmtree(kept)
    app.quit()
    _report(folder)


def booth(folder: Path) -> None:
    """Every step of the booth, both contests."""
    from tests.gui.booth.scenes import booth_pictures
    from tests.pictures.camera import SIZES, save

    for size in SIZES:
        for name, picture in booth_pictures(size):
            save(picture, folder, size, name)


def clock() -> datetime:
    """The same moment in every run, so that pictures change only when the program does."""
    return datetime(2018, 1, 12, 9, 30, tzinfo=timezone(timedelta(hours=8)))


def _report(folder: Path) -> None:
    pictures = sorted(folder.rglob("*.png"))
    size = sum(path.stat().st_size for path in pictures)
    sys.stdout.write(f"{len(pictures)} pictures in {folder}, {size // 1024} KiB\n")


if __name__ == "__main__":
    here = Path(__file__).resolve().parent.parent.parent / "docs" / "screens"
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else here)
