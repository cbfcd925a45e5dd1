"""The trade at the end of a company's name, told from the brand before it: 海纳恒通 + 信息技术."""

TRADES = frozenset((
    "科技", "技术", "信息", "信息技术", "网络", "软件", "数据", "智能",
    "电子", "电子商务", "商务", "通信", "通讯", "系统", "集成", "互联网",
    "机械", "机电", "机床", "设备", "装备", "精密", "制造", "自动化",
    "工业", "实业", "仪器", "仪表", "电气", "电器", "电力", "能源",
    "新能源", "光电", "光伏", "半导体", "材料", "新材料", "金属", "钢铁",
    "五金", "制品", "塑料", "塑胶", "橡胶", "化工", "化学", "涂料",
    "包装", "印刷", "纸业", "玻璃", "陶瓷", "家具", "家居", "建材",
    "建筑", "建设", "工程", "装饰", "装修", "设计", "园林", "景观",
    "市政", "房地产", "地产", "置业", "物业", "环保", "环境", "水务",
    "贸易", "商贸", "进出口", "国际", "供应链", "物流", "运输", "货运",
    "快递", "仓储", "航空", "食品", "饮料", "餐饮", "酒业", "茶业",
    "农业", "农产品", "生态", "生物", "医药", "药业", "医疗", "器械",
    "健康", "保健", "化妆品", "日化", "服装", "服饰", "纺织", "鞋业",
    "皮革", "汽车", "零部件", "配件", "汽配", "船舶", "文化", "传媒",
    "传播", "广告", "影视", "娱乐", "教育", "培训", "咨询", "企业管理",
    "管理", "服务", "人力资源", "财务", "投资", "资产", "资本", "金融",
    "保险", "担保", "控股", "集团", "发展", "产业", "研究", "开发",
    "销售", "经营", "百货", "超市", "酒店", "旅游", "旅行社",
))  # fmt: skip
LONGEST = 4
SHORTEST = 2
"""Characters of a brand, which is never taken for a trade."""


def brand_of(core: str) -> str:
    """Give what a company's core begins with before its trade; at least two characters."""
    rest = core
    while (cut := _trade(rest)) is not None:
        rest = cut
    return rest


def _trade(text: str) -> str | None:
    for size in range(min(LONGEST, len(text) - SHORTEST), 1, -1):
        if text[-size:] in TRADES:
            return text[:-size]
    return None
