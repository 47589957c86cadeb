"""What a database administrator reads before the tables of docs/campus-database.md."""

INTRODUCTION = """\
# 校园数据库约定

本页由数据模型生成(`python -m data docs`),请勿手工修改。
`python -m data check 数据库地址` 把任意一个数据库与本页逐项比对,只读不写。

This page is the contract between the university's data and the dashboard. It is generated from the
models. Fill the tables below directly, by views over your own tables, or by importing ledgers; the
pages only ever SELECT from them. Run `python -m data check URL` to compare a database with it.

## 两个架构

- `campus`:本页列出的各表,由学校填写:直接写入、用视图提供,或导入台账。页面只做 SELECT。
- `dashboard`:看板自己的表:汇总、刷新记录、账号、审计。由 `python -m data create` 建立,不需填写。

SQLite(内置默认)没有架构:两边的表同在一个文件里,表名互不重复。
PostgreSQL(15 及以上)用这两个架构。同一套查询在两种数据库上运行。

## 约定

- **日期含当日**:终止日期、撤销日期、停用日期当天仍然有效;空表示至今(住宿时段的空表示至学期末)。
- **历史保留**:变动时给旧行填终止日期,另起一行;不要改写旧行,往日的数字才不会变。
- **空值写 NULL**,不写空串、0 或“无”;唯一的例外是没有分区的楼层,`wing` 写空串。
- **编号是文本**,保留前导零,一经使用不再改变;不同年份的同一个人、同一栋楼用同一个编号。
- **取值**:有“允许的取值”的列只能是所列的词,一字不差。
- **多出的表和列**不读取,可以留着。

| 类型 | PostgreSQL | SQLite 中存成 |
| --- | --- | --- |
| 文本 | varchar、text | 文本 |
| 整数 | smallint、integer、bigint | 整数 |
| 小数 | double precision、real、numeric、整数 | 数 |
| 日期 | date | 文本 `2026-09-01` |
| 时刻 | time | 文本 `19:30:00` |
| 日期时间 | timestamp | 文本 `2026-09-01 19:30:00`,校园当地时间 |
| 是/否 | boolean | 1 或 0 |
| JSON | json、jsonb | 文本 |

## 用视图提供

表名、列名与本页相同即可,表和视图可以混用:先用 `python -m data --database 地址 create` 建成全部空表,
再把自己已有的换成视图。例如学生取自学生工作系统(CASCADE 只去掉别的表对它的外键,不删数据):

```sql
DROP TABLE campus.student CASCADE;
CREATE VIEW campus.student AS
SELECT xh AS id,
       xm AS name,
       CASE xb WHEN '1' THEN '男' WHEN '2' THEN '女' END AS gender
FROM xsgl.xs_jbxx;
```

行数多的表(走访学生、活动参与)宜用带索引的物化视图。
换好之后运行 `python -m data check 地址`:视图没有主键和外键,重复、缺失的编号由它找出。

## PostgreSQL 的角色

`campus_owner` 填写约定的表,`cockpit` 运行看板:对 `campus` 只读,对 `dashboard` 读写。

```sql
CREATE ROLE campus_owner LOGIN PASSWORD '请更换';
CREATE ROLE cockpit LOGIN PASSWORD '请更换';
CREATE SCHEMA campus AUTHORIZATION campus_owner;
CREATE SCHEMA dashboard AUTHORIZATION cockpit;
```

用管理员账号运行一次 `python -m data --database 地址 create`,然后授权:

```sql
GRANT USAGE ON SCHEMA campus TO cockpit;
GRANT SELECT ON ALL TABLES IN SCHEMA campus TO cockpit;
ALTER DEFAULT PRIVILEGES FOR ROLE campus_owner IN SCHEMA campus
    GRANT SELECT ON TABLES TO cockpit;

GRANT ALL ON ALL TABLES IN SCHEMA campus TO campus_owner;
GRANT ALL ON ALL SEQUENCES IN SCHEMA campus TO campus_owner;
GRANT ALL ON ALL TABLES IN SCHEMA dashboard TO cockpit;
GRANT ALL ON ALL SEQUENCES IN SCHEMA dashboard TO cockpit;
```

## 允许导入台账

看板平时只读 `campus`。要用 `python -m data import` 或 `/ledger` 页导入台账的,
再给 `cockpit` 写入要导入的那些表的权限;全部允许时:

```sql
GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA campus TO cockpit;
GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA campus TO cockpit;
ALTER DEFAULT PRIVILEGES FOR ROLE campus_owner IN SCHEMA campus
    GRANT INSERT, UPDATE, DELETE ON TABLES TO cockpit;
ALTER DEFAULT PRIVILEGES FOR ROLE campus_owner IN SCHEMA campus
    GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO cockpit;
```

用视图提供的表不能导入:请在来源系统中修改。没有授权的表,导入会说明是哪一张,什么也不写。

## 填表顺序
"""
