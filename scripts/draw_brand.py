"""Draws the brand pictures of the integration: a door under a camera's eye."""

from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).parents[1] / "custom_components/hikcentral_connect/brand"
SIZE = 1024
LIGHT = {"ground": "#1f6feb", "door": "#ffffff", "eye": "#0b3d91", "glint": "#9cc7ff"}
DARK = {"ground": "#58a6ff", "door": "#0d1117", "eye": "#c9e2ff", "glint": "#0d1117"}


def draw(colours: dict[str, str]) -> Image.Image:
    """Return the icon, large enough to be scaled down without edges."""
    picture = Image.new("RGBA", (SIZE, SIZE), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((32, 32, 992, 992), 220, fill=colours["ground"])
    pen.rounded_rectangle((300, 330, 724, 912), 40, fill=colours["door"])
    pen.ellipse((620, 610, 680, 670), fill=colours["ground"])
    pen.ellipse((362, 130, 662, 430), fill=colours["door"])
    pen.ellipse((402, 170, 622, 390), fill=colours["eye"])
    pen.ellipse((462, 210, 532, 280), fill=colours["glint"])
    return picture


def main() -> None:
    """Write the icon and logo for light and dark, in both sizes."""
    FOLDER.mkdir(exist_ok=True)
    for prefix, colours in (("", LIGHT), ("dark_", DARK)):
        icon = draw(colours)
        for suffix, size in (("", 256), ("@2x", 512)):
            small = icon.resize((size, size), Image.Resampling.LANCZOS)
            for name in ("icon", "logo"):
                small.save(FOLDER / f"{prefix}{name}{suffix}.png", optimize=True)


if __name__ == "__main__":
    main()
