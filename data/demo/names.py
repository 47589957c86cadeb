"""Invented people: names put together from common surnames and given-name characters."""

import numpy as np
import numpy.typing as npt

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶"
    "阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖"
)
GIVEN = {
    "男": "伟强磊军洋勇杰涛超明刚平辉鹏飞鑫波斌宇浩凯健俊帆博文昊天轩泽瑞晨阳旭东航睿哲翔峰志远嘉",
    "女": "芳娜敏静丽艳娟霞秀玲婷雪梅琳颖慧洁莹倩雯佳怡欣悦梦瑶诗涵雨萱思彤可心语嫣若兰晓燕丹宁婧",
}


def names(rng: np.random.Generator, genders: npt.NDArray[np.str_]) -> npt.NDArray[np.str_]:
    """A name for each person: one surname, one or (three in four) two given characters."""
    count = len(genders)
    surname = np.array(list(SURNAMES))[(rng.beta(0.8, 1.6, count) * len(SURNAMES)).astype(int)]
    result = surname
    for given in range(2):
        keep = rng.random(count) < (1.0 if given == 0 else 0.75)
        character = np.where(
            genders == "男", _characters(rng, "男", count), _characters(rng, "女", count)
        )
        result = np.char.add(result, np.where(keep, character, ""))
    return result


def _characters(rng: np.random.Generator, gender: str, count: int) -> npt.NDArray[np.str_]:
    return rng.choice(np.array(list(GIVEN[gender])), count)
