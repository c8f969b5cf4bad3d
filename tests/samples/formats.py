"""Sample mails in formats that people send without knowing it; see cases.py."""
import kit
import rtf
from clients import Mail, QQWeb


def case_40_shuangyang_rtf():
    k = kit.SHUANGYANG
    form, scan = k.unit_pairs()
    return Mail(QQWeb, 40, "100000120@qq.com", "鹿乡学校", "双阳区社区教育学院报送先进单位和展板文稿", "2022-10-24 17:05:00",
                "双阳区社区教育学院报送，请审阅。\n",
                [(form[0].replace(".docx", ".doc"), rtf.of(form[1])), scan, ("展板素材文稿.rtf", rtf.of(k.exhibit()))])
