"""Fictional names of people and places: the same random numbers give the same names."""

from random import Random

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
SECOND_SURNAMES = ("欧阳", "上官", "诸葛", "司马", "单", "仇", "解", "查", "区", "盖", "朴", "乜")
GIVEN = {
    "1": "伟强磊军洋勇杰涛明超刚平辉鹏飞波斌凯浩宇华健峰建国志永海德文东立成新春庆振长荣贵福林山",
    "2": "芳娜敏静丽艳娟霞秀兰英华慧红玉梅琳玲雪洁婷倩颖萍桂珍香凤云燕淑芬莲爱月桃巧彩琴春荣",
}
# Characters of the extensions and rarely written ones: forms, files and databases must keep them.
RARE = ("䶮", "犇", "骉", "㛃", "𬀩", "𫍯", "喆", "婳", "翀", "昱", "祎", "𬱖")
MINORITY = (
    ("买买提江·阿不都热西提", "维吾尔族"),
    ("古丽米热·吾守尔江", "维吾尔族"),
    ("扎西多吉次仁", "藏族"),
    ("阿依古丽·木合塔尔·艾则孜", "哈萨克族"),
    ("孛儿只斤·巴雅尔", "蒙古族"),
)
PLACES = (
    "振兴", "光明", "和平", "青云", "沭新", "常林", "滨海", "利民", "朝阳", "文昌", "安泰", "金山", "玉泉", "兴业",
    "长虹", "祥云", "东岳", "南苑", "西湖", "北辰", "华泰", "龙泉", "凤鸣", "紫薇",
)  # fmt: skip
ENDS = ("", "东", "西", "南", "北", "新", "里", "园", "苑", "庄")


def person_name(random: Random, sex: str) -> tuple[str, str]:
    """Name and 民族; one in a hundred is long, one in fifty rare."""
    chance = random.random()
    if chance < 0.01:
        return random.choice(MINORITY)
    surname = random.choice(SECOND_SURNAMES if chance < 0.04 else SURNAMES)
    given = "".join(random.choices(GIVEN[sex], k=1 if random.random() < 0.25 else 2))
    if chance > 0.98:
        given = given[:-1] + random.choice(RARE)
    return surname + given, "汉族" if random.random() < 0.985 else random.choice(("回族", "满族", "苗族", "壮族"))


def place_name(number: int) -> str:
    """The ``number``-th place, from 0: 240 different ones, then again with their round."""
    turn, rest = divmod(number, len(PLACES) * len(ENDS))
    end, place = divmod(rest, len(PLACES))
    return f"{PLACES[place]}{ENDS[end]}{turn + 1 if turn else ''}"
