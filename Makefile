# 学生社区驾驶舱的常用命令;make help 列出全部。Windows 的对应命令见 README。

PYTHON := .venv/bin/python
DEMO ?=                   # 例如 make demo DEMO="--students 40000 --terms 8"
LOCK ?=                   # 例如 make lock LOCK=--upgrade
DEMO_DATABASE := var/community.db
DEMO_BUILT := var/demo.built
# fonts-wqy-zenhei 使打印出的 PDF 可以检索;libatomic1 供 Playwright 自带的 Node.js 使用
BROWSER := chromium fonts-noto-cjk fonts-wqy-zenhei libatomic1

.DELETE_ON_ERROR:
.PHONY: help run test demo environment format lock bench screenshots

help: ## 列出这些命令
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' Makefile | expand -t 20

# 指定了自己的数据库(DASHBOARD_DATABASE_URL)时,不建立演示数据
run: environment $(if $(DASHBOARD_DATABASE_URL),,$(DEMO_BUILT)) ## 安装所需并启动演示站,只能从本机访问
	DASHBOARD_DEMO_SIGN_IN=1 $(PYTHON) app.py

test: environment ## 安装所需并运行全部检查
	@.ci/packages $(BROWSER) postgresql
	@.ci/test

demo: environment ## 重新生成演示校园
	rm -f $(DEMO_BUILT)
	@$(MAKE) --no-print-directory $(DEMO_BUILT)

$(DEMO_BUILT): | environment
	$(PYTHON) -m data --database sqlite:///$(DEMO_DATABASE) demo $(DEMO)
	$(PYTHON) -m data --database sqlite:///$(DEMO_DATABASE) refresh
	@touch $@

# 只在 requirements.lock 变化后重新安装;此后不需要网络
environment:
	@cmp -s requirements.lock .venv/requirements.lock || { \
		.ci/packages python3-venv && \
		{ $(PYTHON) -m pip --version >/dev/null 2>&1 || python3 -m venv --clear .venv; } && \
		echo "正在安装 requirements.lock 中的依赖……" && \
		$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes \
			-r requirements.lock && \
		cp requirements.lock .venv/requirements.lock; }

format: environment ## 统一代码格式
	.venv/bin/ruff check --fix-only .
	.venv/bin/ruff format .

# 所有平台的版本与哈希,不写入任何软件源地址;uv 只装在临时目录里
lock: ## 由 pyproject.toml 重新锁定依赖
	@.ci/packages python3-venv
	@set -e; uv=$$(mktemp -d); trap 'rm -rf "$$uv"' EXIT; \
		python3 -m venv "$$uv"; "$$uv/bin/pip" install --quiet uv; \
		"$$uv/bin/uv" pip compile pyproject.toml --group dev --universal --python-version 3.11 \
			--generate-hashes --no-emit-index-url --no-header --quiet $(LOCK) -o requirements.lock

bench: environment ## 在 4 万学生、8 个学期的校园上测量速度
	@.ci/packages $(BROWSER)
	$(PYTHON) -m tests.benchmarks

screenshots: environment ## 重新生成 README 的截图
	@.ci/packages $(BROWSER)
	$(PYTHON) -m tests.browser.screenshots
