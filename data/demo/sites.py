"""Where the demo campus stands: clusters, dormitories, their wings and their outlines.

Nanhu's names and positions: nei1ee/pocketcumt_front libs/locList.js, positions as facts,
converted from GCJ-02. Wenchang's buildings are invented. Wings, levels and outlines are invented.
"""

from dataclasses import dataclass

CAMPUSES = (("nanhu", "南湖校区"), ("wenchang", "文昌校区"))

# id, campus, name, aliases
CLUSTERS = (
    ("taoyuan", "nanhu", "桃苑", "桃苑楼群"),
    ("songyuan", "nanhu", "松苑", "松苑楼群"),
    ("xingyuan", "nanhu", "杏苑", "杏苑楼群"),
    ("zhuyuan", "nanhu", "竹苑", "竹苑楼群"),
    ("meiyuan", "nanhu", "梅苑", "梅苑楼群"),
    ("yanyuan", "nanhu", "研究生公寓", "研苑、研究生楼群"),
    ("beiyuan", "wenchang", "北苑", "文昌北苑"),
    ("nanyuan", "wenchang", "南苑", "文昌南苑"),
    ("dongyuan", "wenchang", "东苑", "文昌东苑"),
)
MALE, FEMALE = "男", "女"


@dataclass(frozen=True)
class Site:
    """One dormitory. `wings` says who lives in each: um, uf, gm, gf = degree group and gender.

    `shape` is its outline: slab, L, U, or "" where nobody has drawn it.
    """

    id: str
    cluster: str
    number: int
    longitude: float | None
    latitude: float | None
    wings: str
    levels: int = 6
    beds: int = 4
    shape: str = "slab"
    angle: float = 0.0
    length: float = 70.0
    public_levels: tuple[int, ...] = ()
    exempt_levels: tuple[int, ...] = ()
    size: float = 1.0


SITES = (
    Site("tao1", "taoyuan", 1, 117.138035, 34.218663, ":um", angle=-32, length=62, size=0.9),
    Site("tao2", "taoyuan", 2, 117.137863, 34.217864, "A:um B:um", angle=-32, length=76),
    Site("tao3", "taoyuan", 3, 117.137014, 34.218395, "A:um B:um", shape="L", angle=-32),
    Site("tao4", "taoyuan", 4, 117.137283, 34.217180, "A:uf B:uf", angle=-32, public_levels=(1,)),
    Site("tao5", "taoyuan", 5, 117.136156, 34.217515, "A:um B:uf", shape="U", angle=-32, size=1.2),
    Site("song1", "songyuan", 1, 117.134893, 34.215793, "A:um B:um", angle=53, length=62),
    Site("song2", "songyuan", 2, 117.134512, 34.216051, "A:um B:um", angle=53, length=62),
    Site("song3", "songyuan", 3, 117.134410, 34.215261, "A:uf B:uf", angle=53, length=62),
    Site("song4", "songyuan", 4, 117.133996, 34.215526, "A:um B:um", angle=53, length=62, size=0.8),
    Site("xing1", "xingyuan", 1, 117.132922, 34.215809, "A:um B:um C:um", shape="U", angle=-30),
    Site("xing2", "xingyuan", 2, 117.132535, 34.215261, "A:uf B:uf", angle=-30, exempt_levels=(6,)),
    Site("xing3", "xingyuan", 3, 117.132117, 34.214619, "A:um B:um", shape="L", angle=-30),
    Site("zhu1", "zhuyuan", 1, 117.134126, 34.213766, "A:um B:um", angle=3, length=72),
    Site("zhu2", "zhuyuan", 2, 117.133186, 34.213800, "A:uf B:uf", angle=3, length=72),
    Site("zhu3", "zhuyuan", 3, 117.134035, 34.213105, "A:um B:um", angle=3, length=72, size=1.2),
    Site("zhu4", "zhuyuan", 4, 117.133224, 34.213091, "A:uf B:um", shape="L", angle=3, length=58),
    Site(
        "mei1", "meiyuan", 1, 117.133438, 34.212360, "A:um B:um C:um", shape="U", public_levels=(1,)
    ),
    Site("mei2", "meiyuan", 2, 117.133379, 34.211388, "A:um B:uf", angle=2),
    Site("mei3", "meiyuan", 3, 117.133417, 34.210687, "A:uf B:uf", levels=5, angle=-2),
    Site(
        "yan1",
        "yanyuan",
        1,
        117.134394,
        34.211030,
        "1:gm 2:gm 3:gf 4:gf",
        beds=3,
        angle=4,
        size=0.6,
    ),
    Site("yan2", "yanyuan", 2, 117.134330, 34.210357, "1:gm 2:gm 3:gm", beds=3, angle=4, size=0.7),
    Site("yan3", "yanyuan", 3, 117.134024, 34.209415, "A:gm B:gf", shape="L", public_levels=(1,)),
    Site("bei1", "beiyuan", 1, 117.183100, 34.228600, "A:gm B:gm", beds=3, angle=5),
    Site("bei2", "beiyuan", 2, 117.184300, 34.228650, "A:gm B:gf", beds=3, angle=5, levels=5),
    Site("bei3", "beiyuan", 3, 117.183150, 34.227950, ":gf", beds=3, shape="L", angle=5),
    Site(
        "bei4",
        "beiyuan",
        4,
        117.184350,
        34.227950,
        ":gm",
        levels=9,
        beds=2,
        angle=5,
        length=46,
        public_levels=(1,),
    ),
    Site("nan1", "nanyuan", 1, 117.183400, 34.224300, "A:gm B:gm", angle=-6),
    Site("nan2", "nanyuan", 2, 117.184500, 34.224250, "A:gf B:gf", beds=3, shape="U", angle=-6),
    Site("nan3", "nanyuan", 3, 117.183450, 34.223550, ":gm", levels=5, shape="", size=0.7),
    Site("nan4", "nanyuan", 4, 117.184550, 34.223500, "A:gm B:um", angle=-6, levels=5),
    Site("dong1", "dongyuan", 1, 117.188200, 34.226500, "A:gf B:uf", shape="L", angle=84),
    Site("dong2", "dongyuan", 2, 117.189100, 34.226450, "A:um B:um", angle=84, public_levels=(1,)),
    Site("dong3", "dongyuan", 3, 117.188250, 34.225600, ":uf", levels=5, shape="", size=0.7),
    Site("dong4", "dongyuan", 4, None, None, ":gm", levels=4, beds=3, shape="", exempt_levels=(4,)),
)
GRADUATES_ONLY, UNDERGRADUATES_ONLY, BOTH = "研究生", "本科生", "混合"


def wings(site: Site) -> tuple[tuple[str, str], ...]:
    """Each wing's letter (or unit number, or empty) with the group that lives there."""
    pairs = (part.split(":") for part in site.wings.split())
    return tuple((wing, group) for wing, group in pairs)


def residents(site: Site) -> str:
    """本科生, 研究生 or 混合, from who lives in the wings."""
    kinds = {group[0] for _, group in wings(site)}
    if len(kinds) == 2:
        return BOTH
    return GRADUATES_ONLY if kinds == {"g"} else UNDERGRADUATES_ONLY


def code_pattern(site: Site) -> str:
    """How this building writes its room numbers: 2031, 3-501 or B4051."""
    wing = wings(site)[0][0]
    if not wing:
        return r"^(?P<level>\d)(?P<room>\d{3,})$"
    if wing.isdigit():
        return r"^(?P<wing>\d)-(?P<level>\d)(?P<room>\d{2,})$"
    return r"^(?P<wing>[A-Z])(?P<level>\d)(?P<room>\d{3,})$"


def building_names(site: Site) -> tuple[str, str]:
    """The name and its aliases as people write them."""
    cluster = next(name for id_, _, name, _ in CLUSTERS if id_ == site.cluster)
    n = site.number
    if site.cluster == "yanyuan":
        return f"研究生{n}号公寓", f"研{n}、研{n}楼、研{n}号楼、研究生公寓{n}号楼"
    short = cluster[0]
    if any(site.cluster == id_ and campus == "wenchang" for id_, campus, _, _ in CLUSTERS):
        return f"文昌{cluster}{n}号楼", f"{cluster}{n}号楼、{cluster}{n}、文昌{short}{n}"
    return f"{cluster}{n}号楼", f"{short}{n}、{short}{n}楼、{short}苑{n}、{short}{n}号楼"
