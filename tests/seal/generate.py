#!/usr/bin/env python3
"""Pages for measuring the seal finder: PDFs as they come in, and what a person sees on them.
    generate.py DIRECTORY --seed N --count N [--wild]
Writes N.pdf and truth.jsonl: {"file", "way", "kind", "seals": [{"x_mm", "y_mm", "diameter_mm"}], "unsure": bool}.
A page is `unsure` when people would argue about it (half a seal at the edge): it counts in no figure.
The same seed gives the same pages. --wild goes beyond the ranges that the finder was looked at with."""
import argparse
import json
import math
import pathlib
import random
import sys

from PIL import Image, ImageDraw

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "samples")]
import camera
import decoys
import marks
import pdf

DPI = 140
MM = DPI / 25.4
SIZE = (int(210 * MM), int(297 * MM))
WORDS = "终身学习活动周组织社区居民参加培训讲座展示品牌项目成果突出经验推广单位人员时间地点内容" \
        "教育服务能力建设示范先进推荐意见负责联系电话邮箱地址年度总结规模特色案例课程队伍志愿"


def sentence(rng, n):
    return "".join(rng.choice(WORDS) for _ in range(n))


def letter(rng, page, draw):
    size = int(rng.uniform(3.8, 5.6) * MM)
    face, y = marks.font(rng, size), rng.uniform(40, 80) * MM
    draw.text((page.width / 2, y), sentence(rng, rng.randrange(8, 20)), fill=(0, 0, 0), font=marks.font(rng, int(size * 1.5)), anchor="mm")
    y += 3 * size
    bottom = rng.uniform(0.5, 0.95) * page.height
    while y < bottom:
        draw.text((25 * MM, y), sentence(rng, rng.randrange(10, int(160 * MM / size))), fill=(20, 20, 20), font=face)
        y += size * rng.uniform(1.5, 1.7)


def table(rng, page, draw):
    x0, x1, y = rng.uniform(15, 28) * MM, page.width - rng.uniform(15, 28) * MM, rng.uniform(25, 60) * MM
    draw.text((page.width / 2, y - 10 * MM), sentence(rng, 14), fill=(0, 0, 0), font=marks.font(rng, int(6 * MM)), anchor="mm")
    columns = sorted([x0, x1] + [rng.uniform(x0, x1) for _ in range(rng.randrange(1, 7))])
    face = marks.font(rng, int(4 * MM))
    while y < page.height - 40 * MM:
        step = rng.choice([9, 11, 14, 40]) * MM
        draw.rectangle((x0, y, x1, y + step), outline=(0, 0, 0), width=rng.randrange(1, 4))
        for a, b in zip(columns, columns[1:]):
            draw.line((a, y, a, y + step), fill=(0, 0, 0), width=2)
            if b - a > 12 * MM:
                draw.text((a + 2 * MM, y + 2 * MM), sentence(rng, rng.randrange(1, max(2, int((b - a) / (4.4 * MM))))), fill=(10, 10, 10), font=face)
        y += step


def sparse(rng, page, draw):
    for _ in range(rng.randrange(1, 7)):
        draw.text((rng.uniform(0.1, 0.5) * page.width, rng.uniform(0.1, 0.9) * page.height), sentence(rng, rng.randrange(4, 16)), fill=(0, 0, 0),
                  font=marks.font(rng, int(rng.uniform(4, 8) * MM)))


def signature(rng, page, x, y):
    """The lines that a seal is pressed on: the unit and the date."""
    draw = ImageDraw.Draw(page)
    face = marks.font(rng, int(rng.uniform(4, 6) * MM))
    draw.text((x, y), marks.name(rng), fill=(0, 0, 0), font=face, anchor="mm")
    draw.text((x, y + 9 * MM), "2022年%d月%d日" % (rng.randrange(9, 12), rng.randrange(1, 29)), fill=(0, 0, 0), font=face, anchor="mm")


def press_seal(rng, page, x, y, wild):
    diameter = rng.uniform(36, 50) if wild else rng.choice([38, 40, 42, 42, 42, 45, 48, rng.uniform(38, 48)])
    mask = marks.seal(rng, diameter * MM)
    marks.press(page, marks.worn(rng, mask, wild), marks.ink_colour(rng, wild), x, y)
    return (x, y, diameter)


def seals_on(rng, page, wild):
    """Returns kind, list of (x, y, diameter) in pixels and mm, and whether people would argue."""
    inside = lambda: (rng.uniform(30, 180) * MM, rng.uniform(40, 268) * MM)
    kind = rng.choices(["one", "several", "overlapping", "with_decoy", "edge", "cut"], [58, 10, 5, 17, 6, 4])[0]
    if kind in ("one", "with_decoy"):
        if kind == "with_decoy":
            decoys.draw(rng.choice("letterhead red_lines square_seal small_round box_stamp annotation border emblem_logo flag_photo".split()), rng, page, MM)
        x, y = inside()
        if rng.random() < 0.8:
            signature(rng, page, x, y)
        return kind, [press_seal(rng, page, x, y, wild)], False
    if kind == "several":
        found = []
        for _ in range(rng.randrange(2, 4)):
            for _ in range(50):
                x, y = inside()
                if all(math.hypot(x - f[0], y - f[1]) > 56 * MM for f in found):
                    found.append(press_seal(rng, page, x, y, wild))
                    break
        return kind, found, False
    if kind == "overlapping":
        x, y = rng.uniform(50, 140) * MM, inside()[1]
        away, angle = rng.uniform(26, 40) * MM, rng.uniform(0, 2 * math.pi)
        return kind, [press_seal(rng, page, x, y, wild), press_seal(rng, page, x + away * math.cos(angle), y + away * 0.6 * math.sin(angle), wild)], False
    side, cut = rng.choice([0, 1]), (rng.uniform(-1, 1.5) if kind == "edge" else rng.uniform(8, 24)) * MM
    x = page.width - 21 * MM + cut if side else 21 * MM - cut
    seal = press_seal(rng, page, x, inside()[1], wild)
    return kind, [seal], kind == "cut"


def draw_page(rng, wild):
    page = Image.new("RGB", SIZE, (255, 255, 255))
    draw = ImageDraw.Draw(page)
    rng.choice([letter, letter, table, table, table, sparse])(rng, page, draw)
    if rng.random() < 0.58:
        kind, seals, unsure = seals_on(rng, page, wild)
        return page, kind, seals, unsure
    kinds = [] if rng.random() < 0.04 else [rng.choice(decoys.RED)]
    if kinds and rng.random() < 0.4:
        kinds.append(rng.choice(decoys.RED))
    for kind in kinds:
        decoys.draw(kind, rng, page, MM)
    return page, "no:" + "+".join(kinds), [], False


def make(seed, wild):
    rng = random.Random(f"seal page {seed} {wild}")
    page, kind, seals, unsure = draw_page(rng, wild)
    way = rng.choices(["clean", "scan", "photo", "grey"], [22, 42, 30, 6])[0]
    if way == "grey":
        page = page.convert("L").convert("RGB")
    picture, size, place = {"clean": camera.clean, "scan": camera.scan, "photo": camera.photo, "grey": camera.scan}[way](rng, page, wild)
    if way == "grey":  # a scanner that knows no colour
        image = Image.open(camera.io.BytesIO(picture)).convert("L").convert("RGB")
        picture = camera._jpeg(image, 80, 0)
    short = 210 / min(size)  # millimetres a pixel, as the finder takes the shorter side
    found = []
    for x, y, diameter in seals:
        u, v = place(x, y)
        r = diameter / 2 * MM
        across = [math.hypot(place(x + r * math.cos(a), y + r * math.sin(a))[0] - u, place(x + r * math.cos(a), y + r * math.sin(a))[1] - v)
                  for a in (0, 1.57, 3.14, 4.71)]
        found.append({"x_mm": round(u * short, 1), "y_mm": round(v * short, 1), "diameter_mm": round(sum(across) / 2 * short, 1)})
    if any(not 30 < f["diameter_mm"] < 54 for f in found):
        unsure = True  # a photo from afar or close up: outside of what a page can be taken for
    points = rng.choice([595, 595, 595, 1000, 2480]) if way != "clean" else 595
    return wrap(picture, size, points), {"way": way, "kind": kind, "seals": found, "unsure": unsure}


def wrap(picture, size, points):
    """A PDF of one page that is the picture, its shorter side `points` long."""
    width, height = (points, points * size[1] / size[0]) if size[0] < size[1] else (points * size[0] / size[1], points)
    image = pdf.stream(picture, b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode" % size)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.2f %.2f] /Contents 5 0 R /Resources << /XObject << /Im0 4 0 R >> >> >>" % (width, height)
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>", page, image,
               pdf.stream(b"q %.2f 0 0 %.2f 0 0 cm /Im0 Do Q\n" % (width, height)), b"<< /Producer (intsig.com pdf producer) >>"]
    return pdf.write(objects, 6)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("directory", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--wild", action="store_true")
    options = parser.parse_args()
    options.directory.mkdir(parents=True, exist_ok=True)
    with open(options.directory / "truth.jsonl", "w", encoding="utf-8") as out:
        for i in range(options.count):
            data, truth = make(options.seed * 1_000_000 + i, options.wild)
            name = f"{i:05}.pdf"
            (options.directory / name).write_bytes(data)
            print(json.dumps({"file": name, **truth}, ensure_ascii=False), file=out)


if __name__ == "__main__":
    main()
