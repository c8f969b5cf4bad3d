"""The annexes of the notice as filled in by somebody: Word files and the PDFs that belong to them."""
import docx
import pdf
import pictures
import texts
from docx import Cell

NOTICE = "2022年吉林省全民终身学习活动周工作"
OPINIONS = ["县（市）区教育局意见", "市教育局意见", "省教育厅意见"]


def phone(number):
    return f"1990000{number:04d}"  # no such number was ever given out


def declared(bureau, person, number):
    return docx.paragraph(f"填报单位（盖章）：{bureau}\u3000\u3000填报人：{person}\u3000\u3000联系电话：{phone(number)}\u3000\u3000填报日期：2022年10月21日")


def activities(bureau, person, rows, year=2022):
    """附件1. rows: (name, theme, time, place, host, people, number, brief)."""
    heads = ["序号", "活动名称", "活动主题", "时间", "地点", "主办单位", "承办单位", "参与对象", "参与人数", "形式",
             "活动内容简介", "联系人", "联系电话", "备注"]
    lines = [heads]
    for i, (name, theme, time, place, host, people, number, brief) in enumerate(rows, 1):
        lines.append([str(i), name, theme, time, place, bureau, host, people, str(number), "线下", brief, person,
                      phone(100 + i), ""])
    return docx.document(docx.paragraph("附件1"), docx.title(f"{year}年“长春市全民终身学习示范活动”汇总表"),
                         declared(bureau, person, 1), docx.table(lines, len(heads)))


def exhibit(title, paragraphs, caption="展板素材", images=()):
    blocks = [docx.paragraph(caption)] if caption else []
    if title:
        blocks.append(docx.title(title))
    return docx.document(*blocks, docx.body(paragraphs), images=images)


def unit_form(school, u, person, number, year=2022, blank=()):
    value = lambda label, text: "" if label in blank else text
    deeds = "\n".join("\u3000\u3000" + t for t in texts.school_deeds(school))
    rows = [
        [Cell("单位名称"), Cell(value("单位名称", school), span=3)],
        [Cell("单位地址"), Cell(value("单位地址", f"长春市{u}学府街{number}号"), span=3)],
        ["负 责 人", value("负责人", person), "联 系 人", value("联系人", person)],
        ["电\u3000话", value("电话", phone(number)), "邮\u3000箱", value("邮箱", f"school{number}@example.cn")],
        [Cell("单位简介"), Cell(value("单位简介", f"{school}面向居民开展社区教育和老年教育，设有教室八间、阅览室一间。"), span=3)],
        [Cell("主\n要\n事\n迹"), Cell(value("主要事迹", deeds), span=3)],
        [Cell("单位意见"), Cell("同意推荐。\n（盖章）\n2022年10月20日", span=3)],
    ] + [[Cell(label), Cell("（盖章）\n年\u3000月\u3000日", span=3)] for label in OPINIONS]
    return docx.document(docx.paragraph("附件2"), docx.title(f"{year}年吉林省全民终身学习活动周工作先进单位\v申报表"),
                         docx.table(rows, 4))


def person_form(name, school, number, start=0, year=2022, blank=(), sex="女"):
    value = lambda label, text: "" if label in blank else text
    deeds = "\n".join("\u3000\u3000" + t for t in texts.person_deeds(name, start))
    rows = [
        ["姓\u3000\u3000名", value("姓名", name), "性\u3000\u3000别", value("性别", sex), Cell("照\n片", merge="restart")],
        ["民\u3000\u3000族", value("民族", "汉族"), "出生年月", value("出生年月", "1981年6月"), Cell(merge="continue")],
        ["政治面貌", value("政治面貌", "群众"), "文化程度", value("文化程度", "大学本科"), Cell(merge="continue")],
        [Cell("工作单位"), Cell(value("工作单位", school), span=4)],
        ["职\u3000\u3000务", value("职务", "教师"), "职\u3000\u3000称", Cell(value("职称", "中级"), span=2)],
        [Cell("联 系 电 话"), Cell(value("联系电话", phone(number)), span=4)],
        [Cell("主\n要\n事\n迹"), Cell(value("主要事迹", deeds), span=4)],
        [Cell("所在单位意见"), Cell("同意推荐。\n（盖章）\n2022年10月20日", span=4)],
    ] + [[Cell(label), Cell("（盖章）\n年\u3000月\u3000日", span=4)] for label in OPINIONS]
    return docx.document(docx.paragraph("附件4"), docx.title(f"{year}年吉林省全民终身学习活动周工作先进个人\v申报表"),
                         docx.table(rows, 5))


def unit_rows(u, schools):
    return [[str(i), u, school, "事业单位", person, person, phone(200 + i), "长期开展社区教育，成绩突出", ""]
            for i, (school, person) in enumerate(schools, 1)]


def person_rows(u, people):
    return [[str(i), u, name, "女", "汉族", "1981.06", "群众", "本科", school, "教师/中级", phone(300 + i), ""]
            for i, (name, school) in enumerate(people, 1)]


UNIT_HEADS = ["序号", "县（市）区", "单位名称", "单位性质", "负责人", "联系人", "联系电话", "主要事迹（简）", "备注"]
PERSON_HEADS = ["序号", "县（市）区", "姓名", "性别", "民族", "出生年月", "政治面貌", "学历", "工作单位", "职务/职称",
                "联系电话", "备注"]


def unit_table(bureau, u, schools, person):
    """附件3. schools: (name, head)."""
    rows = [UNIT_HEADS] + unit_rows(u, schools)
    rows += [[str(i)] + [""] * 8 for i in range(len(rows), len(rows) + 2)]  # what the template left over
    return docx.document(docx.paragraph("附件3"), docx.title(NOTICE + "先进单位汇总表"), declared(bureau, person, 2),
                         docx.table(rows, 9))


def person_table(bureau, u, people, person):
    """附件5. people: (name, school)."""
    rows = [PERSON_HEADS] + person_rows(u, people)
    rows.append([Cell(f"填表人：{person}", span=12)])
    return docx.document(docx.paragraph("附件5"), docx.title(NOTICE + "先进个人汇总表"), declared(bureau, person, 3),
                         docx.table(rows, 12))


def unit_form_pdf(school, u, person, number):
    return pdf.with_text("2022年吉林省全民终身学习活动周工作先进单位\v申报表",
                         [f"单位名称：{school}", f"单位地址：长春市{u}学府街{number}号", f"负责人：{person}", "主要事迹："]
                         + texts.school_deeds(school) + ["单位意见：同意推荐。（盖章） 2022年10月20日"])


def person_form_pdf(name, school, start=0):
    return pdf.with_text("2022年吉林省全民终身学习活动周工作先进个人\v申报表",
                         [f"姓名：{name}", f"工作单位：{school}", "主要事迹："] + texts.person_deeds(name, start)
                         + ["所在单位意见：同意推荐。（盖章） 2022年10月20日"])


def unit_table_pdf(bureau, u, schools, person):
    return table_pdf("先进单位", bureau, person, 2, [UNIT_HEADS] + unit_rows(u, schools))


def person_table_pdf(bureau, u, people, person):
    return table_pdf("先进个人", bureau, person, 3, [PERSON_HEADS] + person_rows(u, people))


def table_pdf(what, bureau, person, number, rows):
    """The Word table as it comes out of a printer driver: row by row."""
    head = f"填报单位（盖章）：{bureau} 填报人：{person} 联系电话：{phone(number)} 填报日期：2022年10月21日"
    return pdf.with_text(NOTICE + what + "汇总表", [head] + [" ".join(row) for row in rows])


def scan_pdf(seed, pages=1, sealed=True, grey=False, title=None):
    return pdf.scanned([pictures.scan(f"{seed} {i}", sealed and i == pages - 1, grey=grey, title=None if i else title)
                        for i in range(pages)])


def summary(u, s, low=1620, high=1800):
    return docx.document(docx.title(f"{u}2022年全民终身学习活动周工作总结"), docx.body(texts.body_between(low, high, 0, u=u, s=s)))


def case(title, u, s, start):
    return docx.document(docx.title(title), docx.body(texts.body_between(600, 760, start, u=u, s=s)))
