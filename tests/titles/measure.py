#!/usr/bin/env python3
"""Draws forms and tables as scanners leave them, calls the files what scanners call them, and counts how many the
program takes for what they are.
    measure.py PROGRAM DIRECTORY [--seed N] [--count N] [--least SHARE]
Exit status 1 when fewer than SHARE of the pages were told. Names and places on the pages are invented."""
import argparse
import io
import json
import pathlib
import random
import subprocess
import sys

from PIL import Image, ImageDraw, ImageFilter, ImageFont

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "samples"))
import pdf  # noqa: E402

FONTS = ("/usr/share/fonts/truetype/arphic/uming.ttc", "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")
WEEK = ("2022年吉林省全民终身学习活动周工作", "长春市2022年全民终身学习活动周", "")
PAPERS = {"unit-forms": ("先进单位申报表", "先进单位推荐表"), "person-forms": ("先进个人申报表", "先进个人推荐审批表"),
          "unit-table": ("先进单位汇总表",), "person-table": ("先进个人汇总表",), "demo-activities": ("示范活动汇总表",)}
CELLS = ("姓  名", "性  别", "民  族", "工作单位", "联系电话", "职  务", "主要事迹")


def page(rng, title):
    """One sheet at 200 dpi, seen by a scanner that is neither straight nor clean."""
    wide = title.endswith("汇总表") and rng.random() < 0.5
    width, height = (2339, 1654) if wide else (1654, 2339)
    image = Image.new("L", (width, height), rng.choice((255, 248, 236)))
    draw = ImageDraw.Draw(image)
    face = rng.choice(FONTS)
    head, text = ImageFont.truetype(face, rng.choice((40, 44, 50))), ImageFont.truetype(face, 30)
    draw.text((150, 110), f"附件{rng.randrange(1, 6)}", 25, text)
    y = 190
    lines = [rng.choice(WEEK) + title]
    if len(lines[0]) > 14 and rng.random() < 0.6:  # as Word breaks it
        cut = len(lines[0]) - len(title)
        lines = [line for line in (lines[0][:cut], title) if line]
    for line in lines:
        draw.text(((width - draw.textlength(line, head)) / 2, y), line, 20, head)
        y += 74
    draw.text((160, y + 20), "填报单位（盖章）：青河社区教育学校", 30, text)
    draw.text((width - 520, y + 20), "2022年10月20日", 30, text)
    y += 80
    step = (width - 300) // 4
    for row in range(7):
        draw.line((150, y, width - 150, y), 60, 3)
        for k in range(5):
            draw.line((150 + k * step, y, 150 + k * step, y + 96), 60, 3)
        for k in range(4):
            draw.text((170 + k * step, y + 30), CELLS[(row + k) % len(CELLS)], 30, text)
        y += 96
    image = image.rotate(rng.uniform(-0.8, 0.8), fillcolor=250, resample=Image.BICUBIC)
    image = image.filter(ImageFilter.GaussianBlur(rng.choice((0.5, 0.9, 1.3))))
    grain = Image.frombytes("L", (width // 2, height // 2), rng.randbytes((width // 2) * (height // 2))).resize(image.size)
    image = Image.blend(image, grain, rng.choice((0.04, 0.08, 0.12)))
    scale = rng.choice((0.6, 0.75, 1))
    out = io.BytesIO()
    image.resize((int(width * scale), int(height * scale))).convert("RGB").save(out, "JPEG", quality=rng.choice((40, 60, 80)))
    return pdf.scanned([out.getvalue()], wide)


def main():
    parser = argparse.ArgumentParser(description="Count the titles of scans that are read.")
    parser.add_argument("program")
    parser.add_argument("directory", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--least", type=float, default=0)
    options = parser.parse_args()
    options.directory.mkdir(parents=True, exist_ok=True)
    rng, wanted = random.Random(f"titles {options.seed}"), {}
    for number in range(options.count):
        item = rng.choice(sorted(PAPERS))
        title = rng.choice(PAPERS[item])
        path = options.directory / f"扫描{number:04d}.pdf"
        path.write_bytes(page(rng, title))
        wanted[path.name] = (item, title)
    run = subprocess.run([options.program, "check", "--json", *sorted(map(str, options.directory.glob("扫描*.pdf")))],
                         capture_output=True, text=True)
    if run.returncode not in (0, 1):
        sys.exit(f"check: status {run.returncode}\n{run.stderr}")
    told = wrong = 0
    for line in run.stdout.splitlines():
        document = json.loads(line)["documents"][0]
        if document["name"] not in wanted:
            continue
        item, title = wanted[document["name"]]
        if document["item"] == item:
            told += 1
        else:
            wrong += document["item"] is not None
            print(f"{document['name']}: {title} was taken for {document['item']}")
    print(f"{told} of {len(wanted)} titles were told, {wrong} taken for another")
    return 0 if told >= options.least * len(wanted) and wrong == 0 else 1


sys.exit(main())
