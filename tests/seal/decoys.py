"""What is red or round and no official seal. Each function draws one kind on the page."""
import math

from PIL import Image, ImageDraw, ImageFilter

import marks

RED = "letterhead red_text red_lines square_seal small_round oval_seal box_stamp empty_ring target sign badge " \
      "emblem_logo big_character annotation lantern flag_photo red_photo blue_seal ring_on_text ring_on_square huge_ring " \
      "gear flower triangle border red_table swirl ring_and_star".split()


def _mask(size):
    mask = Image.new("L", (int(size[0]) * marks.OVER, int(size[1]) * marks.OVER), 0)
    return mask, ImageDraw.Draw(mask)


def _done(mask, rng, turn=0.0):
    out = mask.resize((mask.width // marks.OVER, mask.height // marks.OVER), Image.LANCZOS)
    return out.rotate(turn, resample=Image.BICUBIC) if turn else out


def _place(rng, page):
    return rng.uniform(0.2, 0.8) * page.width, rng.uniform(0.15, 0.88) * page.height


def _red(rng):
    return rng.choice([(220, 20, 30), (200, 0, 0), (230, 50, 40), (190, 25, 60)])


def _ring(rng, mm, low=28, high=56, thick=None):
    """A ring and nothing in it; returns mask, draw, middle and radius."""
    d = rng.uniform(low, high) * mm
    mask, draw = _mask((d + 4, d + 4))
    middle, radius = mask.width / 2, mask.width / 2 - 4
    draw.ellipse((middle - radius, middle - radius, middle + radius, middle + radius), outline=255,
                 width=max(2, int((thick or rng.uniform(0.6, 2.0)) * mm * marks.OVER)))
    return mask, draw, middle, radius


def letterhead(rng, page, mm):
    draw = ImageDraw.Draw(page)
    red = _red(rng)
    text = marks.name(rng) + rng.choice(["文件", "", "办公室文件"])
    size = int(min(22 * mm, 0.8 * page.width / len(text)))
    top = rng.uniform(20, 40) * mm
    draw.text((page.width / 2, top + size / 2), text, fill=red, font=marks.font(rng, size), anchor="mm", stroke_width=rng.randrange(2))
    y = top + size + rng.uniform(5, 20) * mm
    draw.line((22 * mm, y, page.width - 22 * mm, y), fill=red, width=max(2, int(rng.uniform(0.4, 1.2) * mm)))
    if rng.random() < 0.4:
        mask, pen = _mask((12 * mm, 12 * mm))
        marks.star(pen, mask.width / 2, mask.height / 2, mask.width * 0.45)
        marks.press(page, _done(mask, rng), red, page.width / 2, y)


def red_text(rng, page, mm):
    draw = ImageDraw.Draw(page)
    red, size = _red(rng), int(rng.uniform(4, 9) * mm)
    face = marks.font(rng, size)
    y = rng.uniform(0.1, 0.5) * page.height
    for _ in range(rng.randrange(3, 18)):
        text = "".join(marks.name(rng) for _ in range(6))[:int(0.8 * page.width / size)]
        draw.text((0.1 * page.width, y), text, fill=red, font=face)
        y += size * rng.uniform(1.2, 1.8)


def red_lines(rng, page, mm):
    draw = ImageDraw.Draw(page)
    for _ in range(rng.randrange(2, 9)):
        x, y = _place(rng, page)
        draw.line((x, y, x + rng.uniform(-90, 90) * mm, y + rng.choice([0, 0, rng.uniform(-60, 60)]) * mm), fill=_red(rng),
                  width=max(2, int(rng.uniform(0.3, 1.5) * mm)))


def red_table(rng, page, mm):
    draw = ImageDraw.Draw(page)
    red, x0, y0 = _red(rng), 0.1 * page.width, rng.uniform(0.1, 0.4) * page.height
    rows, columns, step = rng.randrange(4, 16), rng.randrange(2, 8), rng.uniform(8, 16) * mm
    for i in range(rows + 1):
        draw.line((x0, y0 + i * step, 0.9 * page.width, y0 + i * step), fill=red, width=2)
    for i in range(columns + 1):
        x = x0 + i * 0.8 * page.width / columns
        draw.line((x, y0, x, y0 + rows * step), fill=red, width=2)
    for _ in range(rows * 2):
        draw.text((x0 + rng.random() * 0.7 * page.width, y0 + rng.randrange(rows) * step + 2), marks.name(rng)[:6], fill=red,
                  font=marks.font(rng, int(step * 0.5)))


def square_seal(rng, page, mm):
    for _ in range(rng.randrange(1, 4)):
        side = rng.uniform(12, 42) * mm
        mask, draw = _mask((side, side))
        s = mask.width
        text, carved = rng.choice(["张小禾印", "李大海印", "王春", "赵云山"]), rng.random() < 0.4
        if carved:
            draw.rounded_rectangle((1, 1, s - 2, s - 2), s * rng.uniform(0, 0.15), fill=255)
        else:
            draw.rounded_rectangle((1, 1, s - 2, s - 2), s * rng.uniform(0, 0.2), outline=255, width=max(2, int(s * rng.uniform(.03, .07))))
        face = marks.font(rng, int(s * 0.36))
        for i, char in enumerate(text):
            draw.text((s * (0.72 if i < 2 else 0.28), s * (0.28 if i % 2 == 0 else 0.72)), char, fill=0 if carved else 255, font=face, anchor="mm")
        marks.press(page, marks.worn(rng, _done(mask, rng, rng.uniform(-20, 20))), marks.ink_colour(rng), *_place(rng, page))


def small_round(rng, page, mm):
    marks.press(page, marks.worn(rng, marks.seal(rng, rng.uniform(12, 22) * mm)), marks.ink_colour(rng), *_place(rng, page))


def huge_ring(rng, page, mm):
    marks.press(page, marks.worn(rng, marks.seal(rng, rng.uniform(72, 110) * mm)), marks.ink_colour(rng), page.width / 2, page.height / 2)


def blue_seal(rng, page, mm):
    marks.press(page, marks.worn(rng, marks.seal(rng, rng.uniform(36, 50) * mm)),
                rng.choice([(30, 60, 190), (60, 30, 150), (20, 20, 30), (10, 110, 60)]), *_place(rng, page))


def oval_seal(rng, page, mm):
    mask = marks.seal(rng, rng.uniform(38, 46) * mm)
    mask = mask.resize((mask.width, int(mask.height * rng.uniform(0.62, 0.75))))
    marks.press(page, marks.worn(rng, mask.rotate(rng.uniform(-8, 8), resample=Image.BICUBIC, expand=True)), marks.ink_colour(rng), *_place(rng, page))


def box_stamp(rng, page, mm):
    w, h = rng.uniform(30, 60) * mm, rng.uniform(12, 30) * mm
    mask, draw = _mask((w, h))
    draw.rectangle((2, 2, mask.width - 3, mask.height - 3), outline=255, width=int(mm * 1.6))
    draw.text((mask.width / 2, mask.height / 2), rng.choice(["已审核", "收文专用", "作废", "2022.10.20", "同意上报"]), fill=255,
              font=marks.font(rng, int(mask.height * 0.5)), anchor="mm")
    marks.press(page, marks.worn(rng, _done(mask, rng, rng.uniform(-25, 25))), marks.ink_colour(rng), *_place(rng, page))


def empty_ring(rng, page, mm):
    for _ in range(rng.randrange(1, 4)):
        mask = _ring(rng, mm)[0]
        marks.press(page, marks.worn(rng, _done(mask, rng)), marks.ink_colour(rng), *_place(rng, page))


def ring_and_star(rng, page, mm):
    """A ring, a star in it, and no text."""
    mask, draw, middle, radius = _ring(rng, mm, 36, 48)
    marks.star(draw, middle, middle, radius * rng.uniform(0.2, 0.6))
    marks.press(page, marks.worn(rng, _done(mask, rng)), marks.ink_colour(rng), *_place(rng, page))


def target(rng, page, mm):
    mask, draw, middle, radius = _ring(rng, mm)
    for share in (0.8, 0.6, 0.4, 0.2)[rng.randrange(2)::rng.randrange(1, 3)]:
        r = radius * share
        draw.ellipse((middle - r, middle - r, middle + r, middle + r), outline=255, width=max(2, int(rng.uniform(0.5, 2) * mm * marks.OVER)))
    marks.press(page, _done(mask, rng), _red(rng), *_place(rng, page))


def sign(rng, page, mm):
    """A traffic sign: thick ring, a bar or a black figure."""
    mask, draw, middle, radius = _ring(rng, mm, thick=rng.uniform(2.5, 5))
    if rng.random() < 0.6:
        r = radius * 0.7
        draw.line((middle - r, middle - r, middle + r, middle + r), fill=255, width=int(radius * 0.15))
    x, y = _place(rng, page)
    ImageDraw.Draw(page).text((x, y), rng.choice(["烟", "60", "P", "响", "停"]), fill=(0, 0, 0), font=marks.font(rng, int(radius / marks.OVER)), anchor="mm")
    marks.press(page, _done(mask, rng), _red(rng), x, y)


def badge(rng, page, mm):
    """A full disk with white writing."""
    d = rng.uniform(28, 55) * mm
    mask, draw = _mask((d, d))
    s, middle = mask.width, mask.width / 2
    draw.ellipse((1, 1, s - 2, s - 2), fill=255)
    hole, _ = _mask((d, d))
    pen = ImageDraw.Draw(hole)
    pen.ellipse((s * .06, s * .06, s * .94, s * .94), outline=255, width=max(2, int(s * .015)))
    if rng.random() < 0.6:
        marks.arc_text(hole, marks.name(rng), 1, s * .36, s * .1, s * .08, -math.pi / 2, math.radians(rng.uniform(150, 280)), 1)
    if rng.random() < 0.7:
        marks.star(pen, middle, middle, s * .2)
    mask.paste(0, (0, 0), hole)
    marks.press(page, _done(mask, rng), _red(rng), *_place(rng, page))


def emblem_logo(rng, page, mm):
    """The mark of a school or firm: two rings with small letters between, something full in the middle."""
    mask, draw, middle, radius = _ring(rng, mm, 28, 50)
    inner = radius * rng.uniform(0.6, 0.72)
    draw.ellipse((middle - inner, middle - inner, middle + inner, middle + inner), outline=255, width=max(2, int(radius * rng.uniform(.02, .06))))
    marks.arc_text(mask, "CHANGCHUN OPEN UNIVERSITY" if rng.random() < .5 else marks.name(rng), 1, (radius + inner) / 2, radius * .13, radius * .09,
                   -math.pi / 2, math.radians(rng.uniform(200, 300)), 1)
    draw.pieslice((middle - inner * .7, middle - inner * .7, middle + inner * .7, middle + inner * .7), rng.randrange(360), rng.randrange(400, 640), fill=255)
    marks.press(page, _done(mask, rng), _red(rng), *_place(rng, page))


def big_character(rng, page, mm):
    mask, draw, middle, radius = _ring(rng, mm)
    text = rng.choice(["福", "囍", "奖", "合格", "优秀", "密", "100", "A+"])
    draw.text((middle, middle), text, fill=255, font=marks.font(rng, int(radius * (1.25 if len(text) == 1 else 0.75))), anchor="mm", stroke_width=2)
    marks.press(page, _done(mask, rng, rng.uniform(-20, 20)), _red(rng), *_place(rng, page))


def annotation(rng, page, mm):
    """Red pen: wobbly loops around words, ticks, crosses."""
    draw = ImageDraw.Draw(page)
    for _ in range(rng.randrange(1, 5)):
        x, y = _place(rng, page)
        rx, ry = rng.uniform(12, 30) * mm, rng.uniform(8, 26) * mm
        phase, wobble = rng.uniform(0, 6), rng.uniform(0.02, 0.15)
        points = [(x + rx * (1 + wobble * math.sin(3 * t / 20 + phase)) * math.cos(t / 20), y + ry * (1 + wobble * math.cos(2 * t / 20 + phase)) * math.sin(t / 20))
                  for t in range(rng.randrange(105, 140))]
        draw.line(points, fill=_red(rng), width=max(2, int(rng.uniform(.5, 1.2) * mm)), joint="curve")


def lantern(rng, page, mm):
    draw = ImageDraw.Draw(page)
    x, y = _place(rng, page)
    r = rng.uniform(14, 30) * mm
    draw.rectangle((x - 2 * r, y - 2 * r, x + 2 * r, y + 2 * r), fill=rng.choice([(250, 230, 200), (60, 30, 30), (200, 220, 240)]))
    for i in range(6):
        w = r * math.cos(i * 0.25)
        draw.ellipse((x - w, y - r, x + w, y + r), fill=(200 + 8 * i, 20 + 5 * i, 20), outline=(230, 160, 40), width=2)
    draw.text((x, y), "福", fill=(240, 200, 60), font=marks.font(rng, int(r)), anchor="mm")


def flag_photo(rng, page, mm):
    """A photo with flags and banners in it."""
    w, h = int(rng.uniform(60, 150) * mm), int(rng.uniform(40, 100) * mm)
    photo = Image.new("RGB", (w, h), rng.choice([(140, 170, 210), (190, 180, 160), (90, 110, 80)]))
    draw = ImageDraw.Draw(photo)
    for _ in range(rng.randrange(3, 12)):
        x, y, a = rng.randrange(w), rng.randrange(h), rng.randrange(10, max(11, w // 2))
        colour = rng.choice([(205, 25, 30), (180, 20, 40), (230, 60, 50), (240, 200, 60), (60, 60, 70)])
        rng.choice([draw.rectangle, draw.ellipse])((x - a, y - a // 3, x + a, y + a // 2), fill=colour)
    for _ in range(4):
        draw.text((rng.randrange(w), rng.randrange(h)), marks.name(rng), fill=(250, 240, 230), font=marks.font(rng, 20), anchor="mm")
    page.paste(photo.filter(ImageFilter.GaussianBlur(rng.uniform(0, 2))), (int(rng.random() * max(1, page.width - w)), int(rng.random() * max(1, page.height - h))))


def red_photo(rng, page, mm):
    """Red all over: a stage, a curtain, a crowd in red."""
    w, h = int(rng.uniform(80, 170) * mm), int(rng.uniform(60, 120) * mm)
    base = Image.merge("RGB", [marks.clouds(rng, (w, h), rng.randrange(3, 30)).point(lambda v, k=k, o=o: int(v * k + o))
                               for k, o in ((0.6, 100), (0.4, 0), (0.35, 10))])
    draw = ImageDraw.Draw(base)
    for _ in range(rng.randrange(0, 60)):
        x, y, r = rng.randrange(w), rng.randrange(h), rng.uniform(1, 16) * mm
        draw.ellipse((x - r, y - r, x + r, y + r), fill=(rng.randrange(120, 250), rng.randrange(0, 200), rng.randrange(0, 120)),
                     outline=(rng.randrange(100, 240), 30, 30), width=3)
    page.paste(base, (int(rng.random() * max(1, page.width - w)), int(rng.random() * max(1, page.height - h))))


def ring_on_text(rng, page, mm):
    """Two things: lines of red text, and a ring that happens to lie on them."""
    x, y = _place(rng, page)
    draw = ImageDraw.Draw(page)
    size = int(rng.uniform(4, 8) * mm)
    for i in range(-5, 6):
        draw.text((x, y + i * size * 1.4), marks.name(rng) * 2, fill=_red(rng), font=marks.font(rng, size), anchor="mm")
    marks.press(page, _done(_ring(rng, mm, 32, 50)[0], rng), marks.ink_colour(rng), x, y)


def ring_on_square(rng, page, mm):
    x, y = _place(rng, page)
    marks.press(page, _done(_ring(rng, mm, 32, 50)[0], rng), marks.ink_colour(rng), x, y)
    side = rng.uniform(18, 26) * mm
    mask, draw = _mask((side, side))
    draw.rectangle((2, 2, mask.width - 3, mask.height - 3), outline=255, width=6)
    draw.text((mask.width / 2, mask.height / 2), "印信", fill=255, font=marks.font(rng, int(mask.width * .4)), anchor="mm")
    marks.press(page, _done(mask, rng), marks.ink_colour(rng), x + rng.uniform(-8, 8) * mm, y + rng.uniform(-8, 8) * mm)


def gear(rng, page, mm):
    mask, draw, middle, radius = _ring(rng, mm, 30, 50)
    teeth = rng.randrange(8, 20)
    for i in range(teeth):
        angle = 2 * math.pi * i / teeth
        draw.line((middle + radius * .86 * math.cos(angle), middle + radius * .86 * math.sin(angle), middle + radius * math.cos(angle),
                   middle + radius * math.sin(angle)), fill=255, width=int(radius * 0.16))
    draw.ellipse((middle - radius * .3, middle - radius * .3, middle + radius * .3, middle + radius * .3), fill=255)
    marks.press(page, _done(mask, rng), _red(rng), *_place(rng, page))


def flower(rng, page, mm):
    x, y = _place(rng, page)
    draw, r, n = ImageDraw.Draw(page), rng.uniform(14, 27) * mm, rng.randrange(5, 12)
    for i in range(n):
        angle = 2 * math.pi * i / n
        cx, cy, p = x + r * .6 * math.cos(angle), y + r * .6 * math.sin(angle), r * .42
        draw.ellipse((cx - p, cy - p, cx + p, cy + p), fill=(220, 40 + 5 * i, 60), outline=(170, 10, 30), width=3)


def triangle(rng, page, mm):
    x, y = _place(rng, page)
    r = rng.uniform(15, 28) * mm
    draw = ImageDraw.Draw(page)
    draw.polygon([(x + r * math.cos(-math.pi / 2 + i * 2.094), y + r * math.sin(-math.pi / 2 + i * 2.094)) for i in range(3)], outline=_red(rng), width=8)
    draw.text((x, y + r * .1), "印", fill=_red(rng), font=marks.font(rng, int(r * .6)), anchor="mm")


def border(rng, page, mm):
    """The frame of a certificate."""
    draw, red = ImageDraw.Draw(page), _red(rng)
    for inset, width in ((8, 3), (11, 1), (14, 2)):
        draw.rectangle((inset * mm, inset * mm, page.width - inset * mm, page.height - inset * mm), outline=red, width=max(2, int(width * mm * .5)))
    step = int(6 * mm)
    for x in range(int(9 * mm), int(page.width - 9 * mm), step):
        for y in (11 * mm, page.height - 11 * mm):
            draw.arc((x, y - 3 * mm, x + step, y + 3 * mm), 0, 360, fill=red, width=3)
    draw.text((page.width / 2, 0.25 * page.height), "荣誉证书", fill=red, font=marks.font(rng, int(20 * mm)), anchor="mm")


def swirl(rng, page, mm):
    """A round mark made of bows."""
    x, y = _place(rng, page)
    draw, r, red = ImageDraw.Draw(page), rng.uniform(15, 27) * mm, _red(rng)
    for i in range(rng.randrange(3, 9)):
        p, start = r * rng.uniform(0.3, 1), rng.randrange(360)
        draw.arc((x - p, y - p, x + p, y + p), start, start + rng.randrange(60, 300), fill=red, width=max(2, int(rng.uniform(.5, 3) * mm)))


def draw(kind, rng, page, mm):
    globals()[kind](rng, page, mm)
