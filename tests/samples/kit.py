"""What one unit hands in for the first batch, file by file."""
import forms
import pictures
import texts

SCENES = ["社区老年书法课堂", "智能手机使用培训现场", "居民读书分享会", "非遗剪纸工作室教学", "老年合唱班排练",
          "家长学校亲子讲座", "养老护理技能培训", "农技专家田间授课", "春节写春联活动", "太极拳公益课堂",
          "青少年编程体验课", "残疾人手工编织培训", "消防安全知识讲座", "社区摄影班外拍采风", "面点烘焙技能课堂",
          "银龄学堂结业典礼"]
TITLES = ["幸福课堂开到家门口", "银龄学堂添新彩", "书香满社区学习暖人心", "百姓讲台人人都是主角",
          "指尖上的晚年新生活", "田间课堂结出致富果", "学在身边乐在其中", "一刻钟学习圈温暖万家"]
ACTIVITIES = [
    ("“智慧助老”手机课堂", "智慧助老", "2022年10月18日", "{s}", "{s}", "老年居民", 86, "分组教学，志愿者一对一辅导"),
    ("“百艺雅集”剪纸展示", "百艺雅集工作室", "2022年11月8日", "区文化馆", "{s}", "社区居民", 210, "展示作品百余件，现场体验教学"),
    ("“能者为师”公开课", "能者为师", "2022年11月15日", "{s}", "{s}", "从业人员", 64, "邀请能工巧匠讲授面点制作"),
]


class Kit:
    """u: as units are spoken of ("朝阳区"); bureau: who signs; number: makes texts and phones differ."""

    def __init__(self, u, bureau, number, schools, people):
        self.u, self.bureau, self.number = u, bureau, number
        self.schools, self.people = schools, people  # (school, head), (name, school)
        self.clerk = ["林晓禾", "许知遥", "沈若谷", "陶一帆", "梁思齐"][number % 5]
        self.school = schools[0][0]

    def activities(self, rows=ACTIVITIES, year=2022):
        rows = [tuple(c.format(s=self.school) if isinstance(c, str) else c for c in row) for row in rows]
        return forms.activities(self.bureau, self.clerk, rows, year)

    def exhibit(self, title=None, low=285, high=318, **options):
        title = TITLES[self.number % len(TITLES)] if title is None else title
        assert not title or low > 400 or texts.characters(title) <= 20
        return forms.exhibit(title, texts.body_between(low, high, self.number, u=self.u, s=self.school), **options)

    def scenes(self, count=4, first=None):
        first = self.number * 4 if first is None else first
        return [SCENES[(first + i) % len(SCENES)] for i in range(count)]

    def photo(self, scene, **options):
        options.setdefault("taken", f"2022:{6 + self.number % 4:02d}:{10 + self.number:02d} 09:{10 + len(scene)}:05")
        return pictures.photo(f"{self.u} {scene}", **options)

    def photos(self, folder="", **options):
        return [(f"{folder}{scene}.jpg", self.photo(scene, **options)) for scene in self.scenes()]

    def unit_pairs(self, scan=True):
        out = []
        for i, (school, head) in enumerate(self.schools):
            number = self.number * 10 + i
            data = forms.scan_pdf(school, title=forms.NOTICE + "先进单位申报表") if scan and i == 0 else forms.unit_form_pdf(school, self.u, head, number)
            out += [(f"附件2 先进单位申报表（{school}）.docx", forms.unit_form(school, self.u, head, number)),
                    (f"附件2 先进单位申报表（{school}）盖章.pdf", data)]
        return out

    def person_pairs(self, scan=True):
        out = []
        for i, (name, school) in enumerate(self.people):
            data = forms.scan_pdf(name, title=forms.NOTICE + "先进个人申报表") if scan and i == 0 else forms.person_form_pdf(name, school, i)
            out += [(f"附件4 先进个人申报表-{name}.docx", forms.person_form(name, school, self.number * 10 + i, i)),
                    (f"附件4 先进个人申报表-{name}（盖章）.pdf", data)]
        return out

    def unit_table(self):
        return [("附件3 先进单位汇总表.docx", forms.unit_table(self.bureau, self.u, self.schools, self.clerk)),
                ("附件3 先进单位汇总表（盖章）.pdf", forms.unit_table_pdf(self.bureau, self.u, self.schools, self.clerk))]

    def person_table(self):
        return [("附件5 先进个人汇总表.docx", forms.person_table(self.bureau, self.u, self.people, self.clerk)),
                ("附件5 先进个人汇总表（盖章）.pdf", forms.person_table_pdf(self.bureau, self.u, self.people, self.clerk))]

    def october(self):
        return ([("附件1 示范活动汇总表.docx", self.activities())] + self.unit_pairs() + self.unit_table()
                + self.person_pairs() + self.person_table()
                + [(f"展板素材文稿.docx", self.exhibit())] + self.photos())


CHAOYANG = Kit("朝阳区", "朝阳区教育局", 0, [("朝阳区红枫社区学校", "周一鸣"), ("朝阳区青禾社区教育学校", "郑若溪")],
               [("孟小满", "朝阳区红枫社区学校"), ("田知夏", "朝阳区青禾社区教育学校")])
JIUTAI = Kit("九台区", "九台区教育局", 1, [("九台区河畔社区学校", "高远舟")], [("简云舒", "九台区河畔社区学校")])
NONGAN = Kit("农安县", "农安县教育局", 2, [("农安县麦田社区学校", "秦牧野")], [("范星野", "农安县麦田社区学校")])
ERDAO = Kit("二道区", "二道区教育局", 3, [("二道区石桥社区学校", "汤一凡")], [("龚语迟", "二道区石桥社区学校")])
KUANCHENG = Kit("宽城区", "宽城区教育局", 4, [("宽城区银杏社区学校", "毛景行")], [("欧若水", "宽城区银杏社区学校")])
LVYUAN = Kit("绿园区", "绿园区教育局", 5, [("绿园区春城里社区学校", "费朗月")], [("包清和", "绿园区春城里社区学校")])
YUSHU = Kit("榆树市", "榆树市教育局", 6, [("榆树市稻花社区学校", "乔丰年")], [("庞喜雨", "榆树市稻花社区学校")])
DEHUI = Kit("德惠市", "德惠市教育局", 7, [("德惠市松江社区学校", "申怀瑾")], [("葛明澈", "德惠市松江社区学校")])
GONGZHULING = Kit("公主岭市", "公主岭市教育局", 8, [("公主岭市向阳社区学校", "柏舟")], [("项晚晴", "公主岭市向阳社区学校")])
JINGYUE = Kit("净月区", "净月高新区教育局", 9, [("净月区潭畔社区学校", "牧笛")], [("阮听松", "净月区潭畔社区学校")])
QIKAI = Kit("汽开区", "汽开区教育局", 10, [("汽开区车城社区学校", "凌云志")], [("焦向晚", "汽开区车城社区学校")])
LIANHUASHAN = Kit("莲花山度假区", "莲花山度假区教育局", 11, [("莲花山度假区泉眼社区学校", "游沐阳")], [("路遥知", "莲花山度假区泉眼社区学校")])
SHUANGYANG = Kit("双阳区", "双阳区社区教育学院", 12, [("双阳区鹿乡社区学校", "祁望舒")], [("虞初晴", "双阳区鹿乡社区学校")])
CCOU = Kit("长春开放大学", "长春开放大学", 13, [("长春开放大学社区教育指导中心", "温如玉")], [("白露晞", "长春开放大学社区教育指导中心")])
JINGKAI = Kit("长春经开区", "长春经开区教育局", 14, [("长春经开区海棠社区学校", "闻人和")], [("尹长安", "长春经开区海棠社区学校")])
ZHONGHAN = Kit("中韩示范区", "中韩示范区教育局", 15, [("中韩示范区雁鸣社区学校", "路知远")], [("贺兰舟", "中韩示范区雁鸣社区学校")])
CCXQ = Kit("长春新区", "长春新区教育局", 16, [("长春新区云杉社区学校", "戚万里")], [("任清欢", "长春新区云杉社区学校")])
NANGUAN = Kit("南关区", "南关区教育局", 17, [("南关区平阳里社区学校", "桂子香")], [("祝青山", "南关区平阳里社区学校")])
