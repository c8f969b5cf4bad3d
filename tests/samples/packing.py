"""Archives as Windows tools make them: GBK names without the UTF-8 flag, and locked ones."""
import io
import random
import zipfile
import zlib

import docx


class GbkInfo(zipfile.ZipInfo):
    """zipfile would write the name in UTF-8 and set bit 11; old tools write the code page's bytes."""

    def _encodeFilenameFlags(self):
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def gbk_zip(files):
    """files: (path, bytes); folders get entries of their own, as 2345好压 writes them."""
    out, folders = io.BytesIO(), set()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files:
            parts = path.split("/")
            for depth in range(1, len(parts)):
                folder = "/".join(parts[:depth]) + "/"
                if folder not in folders:
                    folders.add(folder)
                    archive.writestr(GbkInfo(folder, docx.WHEN), b"")
            info = GbkInfo(path, docx.WHEN)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()


def locked_zip(path, data, password):
    """One entry under the traditional PKWARE encryption (APPNOTE 6.1), which zipfile only reads."""
    keys = [0x12345678, 0x23456789, 0x34567890]
    table = [_row(i) for i in range(256)]

    def update(byte):
        keys[0] = (keys[0] >> 8) ^ table[(keys[0] ^ byte) & 0xFF]
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = (keys[2] >> 8) ^ table[(keys[2] ^ (keys[1] >> 24)) & 0xFF]

    for byte in password:
        update(byte)
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    plain = packer.compress(data) + packer.flush()
    crc = zlib.crc32(data)
    header = random.Random("locked").randbytes(11) + bytes([crc >> 24])
    cipher = bytearray()
    for byte in header + plain:
        mixed = (keys[2] | 2) & 0xFFFF
        cipher.append(byte ^ (((mixed * (mixed ^ 1)) >> 8) & 0xFF))
        update(byte)
    name = path.encode("gbk")
    date = (2022 - 1980) << 9 | 10 << 5 | 20
    common = (b"\x14\x00\x01\x00\x08\x00\x00\x40" + date.to_bytes(2, "little") + crc.to_bytes(4, "little")
              + len(cipher).to_bytes(4, "little") + len(data).to_bytes(4, "little")
              + len(name).to_bytes(2, "little") + b"\x00\x00")
    local = b"PK\x03\x04" + common + name + bytes(cipher)
    central = b"PK\x01\x02\x14\x00" + common + bytes(10) + bytes(4) + name
    end = (b"PK\x05\x06" + bytes(4) + b"\x01\x00\x01\x00" + len(central).to_bytes(4, "little")
           + len(local).to_bytes(4, "little") + b"\x00\x00")
    return local + central + end


def _row(i):
    for _ in range(8):
        i = i >> 1 ^ (0xEDB88320 if i & 1 else 0)
    return i


def rar4(files):
    """Rar 4 as WinRAR 5 and older make it, stored; names in the code page of a Chinese Windows."""
    out = b"Rar!\x1A\x07\x00" + _rar4_block(b"\x73" + bytes(2) + b"\x0D\x00" + bytes(6))
    for name, data in files:
        path = name.encode("gbk")
        out += _rar4_block(b"\x74\x00\x80" + (32 + len(path)).to_bytes(2, "little") + len(data).to_bytes(4, "little") * 2 + b"\x02"
                           + zlib.crc32(data).to_bytes(4, "little") + b"\x00\x60\x78\x54\x14\x30" + len(path).to_bytes(2, "little")
                           + b"\x20\x00\x00\x00" + path) + data
    return out + _rar4_block(b"\x7B\x00\x40\x07\x00")


def _rar4_block(fields):
    return (zlib.crc32(fields) & 0xFFFF).to_bytes(2, "little") + fields


def rar5(files):
    """Rar 5, stored; names are UTF-8."""
    def vint(value):
        out = b""
        while value > 0x7F:
            out, value = out + bytes([value & 0x7F | 0x80]), value >> 7
        return out + bytes([value])

    def block(*fields):
        body = b"".join(f if isinstance(f, bytes) else vint(f) for f in fields)
        body = vint(len(body)) + body
        return zlib.crc32(body).to_bytes(4, "little") + body

    out = b"Rar!\x1A\x07\x01\x00" + block(1, 0, 0)
    for name, data in files:
        path = name.encode()
        out += block(2, 2, len(data), 4, len(data), 0x20, zlib.crc32(data).to_bytes(4, "little"), 0, 0, len(path), path) + data
    return out + block(5, 0, 0)


def seven_zip(files):
    """7z, each file copied as it is (7zFormat.txt of the LZMA SDK)."""
    def number(value):
        return bytes([value]) if value < 0x80 else b"\xFF" + value.to_bytes(8, "little")

    count = number(len(files))
    sizes = b"".join(number(len(data)) for _, data in files)
    sums = b"\x0A\x01" + b"".join(zlib.crc32(data).to_bytes(4, "little") for _, data in files)
    names = b"\x00" + b"".join(name.encode("utf-16-le") + b"\0\0" for name, _ in files)
    streams = (b"\x06\x00" + count + b"\x09" + sizes + b"\x00"
               + b"\x07\x0B" + count + b"\x00" + b"\x01\x01\x00" * len(files) + b"\x0C" + sizes + sums + b"\x00" + b"\x08\x00\x00")
    header = b"\x01\x04" + streams + b"\x05" + count + b"\x11" + number(len(names)) + names + b"\x00\x00"
    packed = b"".join(data for _, data in files)
    start = len(packed).to_bytes(8, "little") + len(header).to_bytes(8, "little") + zlib.crc32(header).to_bytes(4, "little")
    return b"7z\xBC\xAF\x27\x1C\x00\x04" + zlib.crc32(start).to_bytes(4, "little") + start + packed + header
