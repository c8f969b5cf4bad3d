"""The sample mails that people write. A case is a function named after its file:
case_01_chaoyang_complete makes 01-chaoyang-complete.eml. What is right for each stands in
tests/golden/."""
import docx
import forms
import kit
import packing
import pictures
import texts
from clients import Foxmail, Mail, MailMaster, NetEaseWeb, Outlook, QQWeb

HELLO = "老师您好！\n    现报送我区{what}，请查收。\n"
CALL = "2022年全民终身学习活动周材料"


def case_01_chaoyang_complete():
    return Mail(NetEaseWeb, 1, "cyqjyj_demo@126.com", "朝阳区教育局社教科", "朝阳区—终身学习活动周材料", "2022-10-21 09:12:40",
                HELLO.format(what="第一批全部材料") + "\n朝阳区教育局  林晓禾", kit.CHAOYANG.october())


def case_02_jiutai_zip():
    k = kit.JIUTAI
    top = "九台区终身学习活动周材料/"
    files = [(top + "附件1 示范活动汇总表.docx", k.activities()), (top + "展板素材/展板文稿.docx", k.exhibit())]
    files += k.photos(top + "展板素材/照片/")
    files += [(top + "先进单位/" + n, d) for n, d in k.unit_pairs() + k.unit_table()]
    files += [(top + "先进个人/" + n, d) for n, d in k.person_pairs() + k.person_table()]
    return Mail(NetEaseWeb, 2, "jiutai_demo@163.com", "九台社教", "九台区终身学习活动周材料", "2022-10-21 15:03:11",
                "见附件。\n", [("九台区终身学习活动周材料.zip", packing.gbk_zip(files))])


def case_03_nongan_half_pair():
    k = kit.NONGAN
    files = [("附件1：2022年“长春市全民终身学习示范活动”汇总表（农安县）.docx", k.activities()),
             ("附件2：2022年吉林省全民终身学习活动周工作先进单位申报表（农安县麦田社区学校）.docx", k.unit_pairs()[0][1])]
    files += k.unit_table() + k.person_pairs() + k.person_table()
    return Mail(Foxmail, 3, "nongan_demo@163.com", "农安县教育局", "农安县先进单位、先进个人及示范活动材料报送", "2022-10-21 16:40:02",
                "您好！请查收。\n", files)


def case_04_erdao_too_long():
    k = kit.ERDAO
    title = "二道区扎实推进社区教育高质量发展全力打造学习型城区纪实"
    assert texts.characters(title) > 24
    return Mail(QQWeb, 4, "100000104@qq.com", "春江花月", "二道区展板素材", "2022-10-22 10:20:31",
                HELLO.format(what="展板素材文稿，照片随后发"), [("二道区展板素材.docx", k.exhibit(title, 500, 540))])


def case_05_kuancheng_machine_names():
    k = kit.KUANCHENG
    names = ["微信图片_20221020093012.jpg", "mmexport1666236612345.jpg", "IMG_20221020_093012.jpg", "DSC00417.JPG"]
    photos = [(name, k.photo(scene)) for name, scene in zip(names, k.scenes())]
    return Mail(QQWeb, 5, "100000105@qq.com", "清风徐来", "宽城区教育局展板素材及照片", "2022-10-22 11:02:55",
                "老师好，宽城区的展板文稿和照片发给您。\n", [("展板素材—宽城区.docx", k.exhibit())] + photos)


def case_06_unknown_unit():
    text = texts.body_between(285, 318, 9, u="我们", s="学校")
    return Mail(QQWeb, 6, "100000106@qq.com", "山间明月", "材料", "2022-10-22 14:31:09", "请查收\n",
                [("展板文稿.docx", forms.exhibit("邻里学堂其乐融融", text))])


def case_07_conflict():
    k = kit.NANGUAN
    return Mail(NetEaseWeb, 7, "sheqv_demo@126.com", "社区教育", "绿园区示范活动汇总表", "2022-10-22 16:12:00",
                "您好，材料见附件。\n", [("附件1 示范活动汇总表.docx", k.activities())])


def case_08_erdao_photos():
    k = kit.ERDAO
    return Mail(QQWeb, 8, "100000104@qq.com", "春江花月", "二道区展板照片", "2022-10-23 09:45:17",
                "老师您好，补上二道区的展板照片四张。\n", k.photos())


def case_09_chaoyang_identical():
    files = [f for f in kit.CHAOYANG.october() if f[0].startswith(("附件1", "附件3", "附件5"))]
    return Mail(NetEaseWeb, 9, "cyqjyj_demo@126.com", "朝阳区教育局社教科", "朝阳区—终身学习活动周材料（再发一次）", "2022-10-23 10:08:44",
                "老师您好！\n    担心上次没有收到，再发一次汇总表。\n\n朝阳区教育局  林晓禾", files)


def case_10_nongan_correction():
    return Mail(Foxmail, 10, "nongan_demo@163.com", "农安县教育局", "回复：农安县先进单位、先进个人及示范活动材料报送（补充）", "2022-10-24 08:57:20",
                "您好！补报先进单位申报表盖章扫描件，请查收。\n", [kit.NONGAN.unit_pairs()[1]])


def case_11_auto_reply():
    return Mail(QQWeb, 11, "100000104@qq.com", "春江花月", "自动回复: 回复：二道区展板素材【材料接收回执】", "2022-10-22 10:26:02",
                "您好，我最近正在休假，邮件已收到，回来后尽快处理。二道区教育局", extra="X-QQ-AUTO-REPLY: true\r\nIn-Reply-To: <ack.0001@126.com>\r\n")


def case_13_question():
    return Mail(MailMaster, 13, "lvyuan_demo@163.com", "绿园区教育局包老师", "请教一个问题", "2022-10-23 15:30:48",
                "老师您好！\n    请问先进个人的名额是每个区几名？展板照片一定要是今年拍的吗？\n    谢谢！\n绿园区教育局 包老师")


def case_14_dehui_damaged():
    k = kit.DEHUI
    form = k.person_pairs()[0][1]
    zipped = packing.gbk_zip([("附件3 先进单位汇总表.docx", k.unit_table()[0][1])])
    files = [("附件1 示范活动汇总表.docx", k.activities()), ("附件4 先进个人申报表-葛明澈.docx", form[:len(form) // 2]),
             ("先进单位材料.zip", zipped[:len(zipped) * 2 // 3]), ("附件5 先进个人汇总表.docx", b"")]
    return Mail(NetEaseWeb, 14, "dehui_demo@126.com", "德惠市教育局", "德惠市活动周材料", "2022-10-24 09:20:00", HELLO.format(what="材料").replace("我区", "我市"), files)


def case_15_gongzhuling_locked():
    data = packing.locked_zip("公主岭市/附件1 示范活动汇总表.docx", kit.GONGZHULING.activities(), b"gzl2022")
    return Mail(MailMaster, 15, "gzl_demo@163.com", "公主岭市教育局", "公主岭市教育局报送材料", "2022-10-24 10:11:12",
                "您好，材料已加密，密码另行电话告知。\n", [("公主岭市活动周材料.zip", data)])


def case_16_jingyue_forwarded():
    k = kit.JINGYUE
    inner = Mail(NetEaseWeb, 160, "tanpan_demo@126.com", "潭畔学校", "净月高新区示范活动和先进个人材料", "2022-10-23 17:02:00",
                 "净月高新区教育局材料，请转交领导小组办公室。\n",
                 [("附件1 示范活动汇总表.docx", k.activities())] + k.person_pairs() + k.person_table())
    return Mail(Outlook, 16, "clerk_demo@example.com", "老同学", "转发: 活动周材料", "2022-10-24 11:30:00",
                "代为转发，原邮件见附件。\n", forwarded=[inner.bytes()])


def case_17_qikai_forwarded_inline():
    k = kit.QIKAI
    text = ("老师好，汽开区材料转给您。\n\n\n-------- 转发邮件信息 --------\n发件人：\"车城学校\" <checheng_demo@163.com>\n"
            "发送日期：2022-10-23 20:11:05\n收件人：qikai_demo@126.com\n主题：活动材料\n\n汽开区教育局：附上展板素材和照片。\n")
    return Mail(NetEaseWeb, 17, "qikai_demo@126.com", "汽开社教", "Fw:汽开区活动材料", "2022-10-24 13:05:36", text,
                [("展板素材文稿.docx", k.exhibit())] + k.photos())


def case_18_lianhuashan_nil():
    k = kit.LIANHUASHAN
    return Mail(MailMaster, 18, "lhs_demo@163.com", "莲花山度假区", "莲花山度假区活动周材料", "2022-10-24 14:00:00",
                "老师您好！\n    现报送莲花山度假区示范活动汇总表和先进单位材料。今年我区无先进个人推荐。\n",
                [("附件1 示范活动汇总表.docx", k.activities())] + k.unit_pairs() + k.unit_table())


def case_19_lvyuan_cloud_link():
    link = "https://mail.163.com/large-attachment-download/index.html?p=X-NETEASE-HUGE-ATTACHMENT&amp;file=DEMO0001&amp;title=x"
    html = ("<html><body><div>老师您好，绿园区教育局的材料较大，用超大附件发送。</div><div id=\"divNeteaseBigAttach\"><b>从网易163邮箱发来的超大附件</b>"
            f"<div><a href=\"{link}\" class=\"bigattach\">绿园区全部材料.rar</a> (128.03M, 2022年11月9日 13:35 到期) <a href=\"{link}\">下载</a></div></div></body></html>")
    return Mail(MailMaster, 19, "lvyuan_demo@163.com", "绿园区教育局包老师", "绿园区活动周材料", "2022-10-24 15:20:00",
                "老师您好，绿园区教育局的材料较大，用超大附件发送。\n从网易163邮箱发来的超大附件\n绿园区全部材料.rar (128.03M, 2022年11月9日 13:35 到期)\n"
                + link.replace("&amp;", "&") + "\n", html=html)


def case_20_shuangyang_school():
    k = kit.SHUANGYANG
    return Mail(QQWeb, 20, "100000120@qq.com", "鹿乡学校", "双阳区社区教育学院报送先进个人材料", "2022-10-24 16:45:00",
                "双阳区社区教育学院报送先进个人材料，请审阅。\n", k.person_pairs() + k.person_table())


def case_21_ccou():
    k = kit.CCOU
    logo = pictures.other_format("logo", "PNG", (160, 48))
    html = "<html><body><div>各位老师：现报送长春开放大学的展板素材。</div><div><img src=\"cid:logo@ccou\"></div></body></html>"
    return Mail(Outlook, 21, "ccou_demo@example.edu.cn", "长春开放大学社区教育处", "长春开放大学展板素材", "2022-10-25 08:40:00",
                "各位老师：现报送长春开放大学的展板素材。\n", [("长春开放大学展板素材文稿.docx", k.exhibit())] + k.photos(), html=html,
                inline=[("logo@ccou", "image001.png", logo)])


def case_22_jingkai_picture_for_pdf():
    k = kit.JINGKAI
    word = k.person_pairs()[0]
    return Mail(QQWeb, 22, "100000122@qq.com", "海棠依旧", "长春经开区先进个人", "2022-10-25 09:30:00", "请查收\n",
                [word, ("附件4 先进个人申报表-尹长安（盖章）.jpg", pictures.scan("尹长安"))] + k.person_table())


def case_23_zhonghan_mismatch():
    k = kit.ZHONGHAN
    people = k.people + [("方既白", "中韩示范区雁鸣社区学校")]
    form = forms.person_form(*k.people[0], 150, year=2021, blank=("主要事迹", "出生年月"))
    return Mail(NetEaseWeb, 23, "zhonghan_demo@163.com", "中韩示范区", "中韩示范区先进个人申报材料", "2022-10-25 10:10:10",
                "您好，现报送中韩示范区先进个人材料。\n",
                [("先进个人申报表 贺兰舟.docx", form), ("先进个人申报表 贺兰舟 盖章.pdf", forms.scan_pdf("贺兰舟", title=forms.NOTICE + "先进个人申报表")),
                 ("先进个人汇总表.docx", forms.person_table(k.bureau, k.u, people, k.clerk)),
                 ("先进个人汇总表 盖章.pdf", forms.person_table_pdf(k.bureau, k.u, people, k.clerk))])


def case_24_ccxq_thin():
    k = kit.CCXQ
    names = ["活动照片.jpg", "学习活动.jpg", "社区老年舞蹈队排练.jpg"]
    photos = [(name, k.photo(name, size=(800, 600), at_least=40_000)) for name in names]
    text = [p for p in texts.body_between(285, 318, 4, u=k.u, s=k.school)]
    return Mail(Foxmail, 24, "ccxq_demo@163.com", "长春新区教育局", "长春新区教育局活动周材料", "2022-10-25 11:11:11",
                "长春新区教育局报送材料。\n", [("展板素材.docx", forms.exhibit("", text)), ("附件1 示范活动汇总表.docx", k.activities(rows=()))] + photos)


def case_25_nanguan_embedded():
    k = kit.NANGUAN
    rows = list(kit.ACTIVITIES) + [("暑期社区夏令营", "能者为师", "2022年7月20日", "{s}", "{s}", "青少年", 40, "暑期手工与阅读")]
    exhibit = k.exhibit(images=[k.photo(s, size=(1200, 900), at_least=60_000) for s in k.scenes()])
    table = k.activities(rows=rows)
    return Mail(NetEaseWeb, 25, "nanguan_demo@126.com", "南关区教育局", "南关区教育局终身学习活动周材料", "2022-10-25 14:14:14",
                "南关区教育局材料，请查收。\n",
                [("南关区展板素材（含照片）.docx", exhibit), ("附件1 示范活动汇总表.docx", table), ("附件1 示范活动汇总表 - 副本.docx", table),
                 ("通讯录.xlsx", xlsx()), ("会议通知.txt", "十月二十日下午两点在会议室开会。\n".encode("gbk"))])


def case_26_jingkai_pair_differs():
    k = kit.JINGKAI
    other = ["单位名称：山前老年学校", "主要事迹：", "多年来组织门球、舞蹈、模特和民乐等文艺队伍参加演出，承办了两届金秋艺术节，丰富了退休生活。",
             "食堂与图书角同步改造，新添轮椅通道，邀请医院定期坐诊，为学员测量血压血糖，建立随访台账。"]
    import pdf
    wrong = pdf.with_text("2022年吉林省全民终身学习活动周工作先进单位\v申报表", other)
    return Mail(QQWeb, 26, "100000122@qq.com", "海棠依旧", "长春经开区先进单位申报表", "2022-10-25 15:00:00", "请查收\n",
                [k.unit_pairs()[0], ("附件2 先进单位申报表（长春经开区海棠社区学校）盖章.pdf", wrong)] + k.unit_table())


def case_27_gongzhuling_odd_formats():
    k = kit.GONGZHULING
    scene = pictures.other_format
    return Mail(NetEaseWeb, 27, "gzl_demo@163.com", "公主岭市教育局", "公主岭市展板照片", "2022-10-25 16:16:16", "公主岭市教育局展板照片。\n",
                [("社区老人学习葫芦丝.png", scene("png", "PNG")), ("健身气功晨练展示.bmp", scene("bmp", "BMP")),
                 ("乡村大集流动书车.tif", scene("tif", "TIFF")), ("妇女刺绣技能培训.jpg", k.photo("刺绣"))])


def case_28_yushu_late():
    k = kit.YUSHU
    files = [f for f in k.october() if not f[0].endswith(".jpg") and "展板" not in f[0]]
    return Mail(NetEaseWeb, 28, "yushu_demo@126.com", "榆树市教育局", "榆树市终身学习活动周材料", "2022-10-26 09:12:00",
                "您好！因停电耽误，现报送榆树市第一批材料，请谅解。\n榆树市教育局", files)


def case_29_chaoyang_december():
    k = kit.CHAOYANG
    files = [("朝阳区2022年全民终身学习活动周工作总结.docx", forms.summary(k.u, k.school)),
             ("典型活动案例一：把课堂搬到傍晚.docx", forms.case("把课堂搬到傍晚：夜校里的新生活", k.u, k.school, 2)),
             ("典型活动案例二：漂流书架进楼道.docx", forms.case("漂流书架进楼道：一本书串起一栋楼", k.u, k.school, 7))]
    files += [(f"{scene}.jpg", k.photo(scene, taken="2022:11:16 10:05:00")) for scene in k.scenes(8, first=8)]
    return Mail(NetEaseWeb, 29, "cyqjyj_demo@126.com", "朝阳区教育局社教科", "朝阳区第二批材料：总结、案例和活动照片", "2022-12-05 10:30:00",
                HELLO.format(what="年度工作总结、典型活动案例2个和规模与特色照片8张") + "\n朝阳区教育局  林晓禾", files)


def case_50_shuangyang_unsealed():
    k = kit.SHUANGYANG
    (word, (pdf, _)), (table, (table_pdf, _)) = k.person_pairs()[:2], k.person_table()
    return Mail(QQWeb, 50, "100000150@qq.com", "鹿乡学校", "双阳区先进个人申报表和汇总表", "2022-10-24 09:20:00",
                "双阳区先进个人材料，请查收。\n",
                [word, (pdf, forms.scan_pdf("unsealed", sealed=False)), table, (table_pdf, forms.scan_pdf("grey", grey=True))])


def case_51_shuangyang_scanner_names():
    """What an app on a telephone calls its scans says nothing, and the table comes before the form."""
    k = kit.SHUANGYANG
    (word, _), (table, _) = k.person_pairs()[:2], k.person_table()
    title = forms.NOTICE + "先进个人"
    return Mail(QQWeb, 51, "100000151@qq.com", "鹿乡学校", "双阳区先进个人申报表和汇总表", "2022-10-24 09:40:00",
                "双阳区先进个人材料，盖章的是手机扫描的，请查收。\n",
                [word, table, ("扫描全能王 2022-10-24 09.21.pdf", forms.scan_pdf("app one", title=title + "汇总表")),
                 ("扫描全能王 2022-10-24 09.22.pdf", forms.scan_pdf("app two", title=title + "申报表"))])


def case_52_shuangyang_wrong_scan():
    """The file is called the table of people, what was scanned is the table of units."""
    k = kit.SHUANGYANG
    (word, (pdf, form)), (table, (table_pdf, _)) = k.person_pairs()[:2], k.person_table()
    return Mail(QQWeb, 52, "100000152@qq.com", "鹿乡学校", "双阳区先进个人申报表和汇总表", "2022-10-24 10:05:00",
                "双阳区先进个人材料，请查收。\n",
                [word, (pdf, form), table, (table_pdf, forms.scan_pdf("mixed up", title=forms.NOTICE + "先进单位汇总表"))])


def xlsx():
    """The smallest workbook that opens: one sheet, two cells."""
    import io
    import zipfile
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = [
        ("[Content_Types].xml", '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
         f'<Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{types}.worksheet+xml"/></Types>'),
        ("_rels/.rels", docx.RELS.replace("word/document.xml", "xl/workbook.xml")),
        ("xl/workbook.xml", f'<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="{main}" xmlns:r="{docx.R}"><sheets><sheet name="通讯录" sheetId="1" r:id="rId1"/></sheets></workbook>'),
        ("xl/_rels/workbook.xml.rels", f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{docx.R}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'),
        ("xl/worksheets/sheet1.xml", f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{main}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>科室</t></is></c><c r="B1" t="inlineStr"><is><t>分机</t></is></c></row></sheetData></worksheet>')]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts:
            archive.writestr(zipfile.ZipInfo(name, docx.WHEN), data)
    return out.getvalue()


def big():
    """About 20 MB: everything of the first batch with photos as a camera leaves them."""
    k = kit.CHAOYANG
    files = [f for f in k.october() if not f[0].endswith(".jpg")]
    files += [(f"{scene}.jpg", k.photo(scene, size=(4000, 3000), at_least=3_300_000)) for scene in k.scenes()]
    return Mail(NetEaseWeb, 99, "cyqjyj_demo@126.com", "朝阳区教育局社教科", "朝阳区—终身学习活动周材料（原图）", "2022-10-21 09:12:40",
                HELLO.format(what="第一批全部材料"), files)
