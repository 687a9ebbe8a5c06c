"""QR codes as PNG."""

from io import BytesIO


def qr_png(text: str) -> bytes:
    """Return a QR code of ``text``."""
    import segno

    out = BytesIO()
    segno.make_qr(text).save(out, kind="png", scale=8)
    return out.getvalue()
