"""Draw every page, wizard step and booth step into ``docs/screens/``, at both sizes of screen.

`python -m tests.pictures.take_all [FOLDER [SCALE [SIZE]]]` drives the real program, without a screen, through
a whole year: first a workspace of its own up to the count, then the finished sample. Takes some minutes.
What could not be read in a picture is told: ``take_all FOLDER 150 1184x680`` is large type on a small screen.
"""

import os
import shutil
import sys
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_QPA_PLATFORMTHEME"] = ""


def main(folder: Path, scale: int = 100, only: str = "") -> None:
    """Draw everything into `folder`, in type of `scale` percent; `only` one size, such as 1184x680."""
    folder = folder.absolute()
    from PySide6.QtCore import QSize

    from gaoxin_vote import bootstrap
    from gaoxin_vote.gui.kit.look import Look
    from gaoxin_vote.gui.kit.settings import Settings
    from tests.pictures.camera import SIZES, Camera, Officer
    from tests.pictures.desk import sample_year, whole_year

    kept = Path(tempfile.mkdtemp(prefix="gaoxin-screens-"))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        os.environ[name] = str(kept)
    (kept / "U盘").mkdir()
    os.chdir(kept)
    if folder.exists():
        shutil.rmtree(folder)
    sizes = (QSize(*map(int, only.split("x"))),) if only else SIZES
    Settings().keep_look(Look(scale))
    app = bootstrap.make_application(["screenshots"])
    try:
        for scenario in (whole_year, sample_year):
            window = bootstrap.make_window(clock, kept / "演示数据2017.gxv")
            sys.excepthook = sys.__excepthook__
            window.resize(SIZES[0])
            window.show()
            camera = Camera(folder / scenario.__name__.replace("_", "-"), window, sizes)
            scenario(Officer(window), camera, kept)
            sys.stdout.writelines(f"cut: {line}\n" for line in camera.cut)
            window.close()
            window.worker.close()
        if not only:
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
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else here, *map(int, sys.argv[2:3]), *sys.argv[3:4])
