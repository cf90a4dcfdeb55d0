"""Reads the QR codes of a printed file, as a phone does: from its pixels."""

import pypdfium2
import zxingcpp

DOTS_PER_INCH = 150


def decode_printed_codes(pdf):
    """The address in each code of each page."""
    pages = pypdfium2.PdfDocument(pdf)
    drawn = (page.render(scale=DOTS_PER_INCH / 72).to_pil() for page in pages)
    return [found.text for picture in drawn for found in zxingcpp.read_barcodes(picture)]
