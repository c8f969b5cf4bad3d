"""Sample mails in formats that people send without knowing it; see cases.py."""
import kit
import ole
import packing
import pictures
import rtf
from clients import Foxmail, Mail, NetEaseWeb, Outlook, QQWeb


def case_40_shuangyang_rtf():
    k = kit.SHUANGYANG
    form, scan = k.unit_pairs()
    return Mail(QQWeb, 40, "100000120@qq.com", "鹿乡学校", "双阳区社区教育学院报送先进单位和展板文稿", "2022-10-24 17:05:00",
                "双阳区社区教育学院报送，请审阅。\n",
                [(form[0].replace(".docx", ".doc"), rtf.of(form[1])), scan, ("展板素材文稿.rtf", rtf.of(k.exhibit()))])


def case_41_dehui_xls():
    k = kit.DEHUI
    return Mail(NetEaseWeb, 41, "dehui_demo@126.com", "德惠市教育局", "德惠市示范活动汇总表", "2022-10-24 18:20:00",
                "德惠市教育局报送示范活动汇总表，请查收。\n", [("附件1 示范活动汇总表.xls", ole.xls(k.activities()))])


def case_42_ccou_winmail():
    k = kit.CCOU
    return Mail(Outlook, 42, "ccou_demo@example.edu.cn", "长春开放大学社区教育处", "长春开放大学展板素材", "2022-10-25 09:40:00", "\n",
                [("winmail.dat", ole.winmail("各位老师：现报送长春开放大学的展板素材。", [("长春开放大学展板素材文稿.docx", k.exhibit())]))])


def case_43_kuancheng_not_word():
    page = "<html><head><meta charset=\"utf-8\"></head><body><p>宽城区终身学习活动周展板素材</p></body></html>".encode()
    old = ole.compound([("WordDocument", b"\xDC\xA5\x65\0" + bytes(8) + "旧版文稿".encode("gbk") + bytes(600))])
    return Mail(QQWeb, 43, "100000105@qq.com", "清风徐来", "宽城区教育局材料", "2022-10-25 10:02:55", "宽城区教育局报送，请查收。\n",
                [("展板素材文稿.doc", page), ("附件1 示范活动汇总表.doc", old),
                 ("宽城区照片.part1.rar", b"Rar!\x1A\x07\0" + ole.le(0, 2)
                  + b"\x73" + ole.le(1, 2) + ole.le(13, 2) + bytes(6)),
                 ("宽城区材料.exe", b"MZ" + bytes(300) + b"PK\3\4")])


def case_44_nanguan_pan():
    return Mail(Foxmail, 44, "nanguan_demo@126.com", "南关区教育局", "南关区教育局展板照片", "2022-10-24 11:00:00",
                "南关区教育局展板照片较大，放在网盘里：\n通过网盘分享的文件：南关区展板照片.zip\n链接: https://pan.baidu.com/s/1DemoDemo?pwd=demo 提取码: demo\n有效期7天\n")


def case_45_jiutai_rar_in_7z():
    k = kit.JIUTAI
    form, scan = k.person_pairs()
    people = packing.seven_zip([("先进个人/" + n, d) for n, d in k.person_table()]
                               + [("先进个人/申报表.rar", packing.rar4([form, scan]))])
    return Mail(Foxmail, 45, "jiutai_demo@163.com", "九台社教", "九台区展板和先进个人材料", "2022-10-24 13:20:09", "九台区教育局报送，请查收。\n",
                [("九台区展板.rar", packing.rar5([("展板文稿.docx", k.exhibit())] + k.photos("照片/"))),
                 ("九台区先进个人.7z", people)])


def case_46_lvyuan_borrowed_photos():
    k, other = kit.LVYUAN, kit.CHAOYANG
    own, borrowed = k.scenes(), other.scenes()[0]
    files = [(f"{scene}.jpg", k.photo(scene)) for scene in own[:3]]
    files.append((f"{own[3]}.jpg", pictures.copied(other.photo(borrowed))))
    return Mail(NetEaseWeb, 46, "lvyuan_demo@126.com", "绿园区教育局", "绿园区展板素材", "2022-10-24 15:45:30", "绿园区教育局报送展板文稿和照片，请查收。\n",
                [("展板素材文稿.docx", k.exhibit())] + files)
