/* The little that happens in the browser: addresses, the filter bar, themes, pictures. */
(function () {
  "use strict";
  const ORDER = ["term", "date", "campus", "cluster", "building", "floor", "room", "college",
    "college_as", "counselor", "degree", "metric", "kind", "check", "series", "brand",
    "scheme", "period", "unit", "units", "measures", "weights", "spread", "seal", "compare_as",
    "funnel", "against", "indicator", "find", "order", "weeks", "visits", "rooms", "periods",
    "both", "run"];
  const PLACES = ["campus", "cluster", "building", "floor", "room"];
  const NARROWING = ["counselor", "degree"]; // only some pages follow them
  const DEFAULTS = { college_as: "lead", metric: "building_coverage" };
  const ALL = "*"; // a select shows nothing for an empty value
  const keep = () => window.dash_clientside.no_update;

  function canonical(params) {
    const out = new URLSearchParams();
    ORDER.forEach((name) => {
      const value = params.get(name);
      if (value && value !== DEFAULTS[name]) out.set(name, value);
    });
    const text = out.toString();
    return text ? "?" + text : "";
  }

  /* A page that is left goes before the address is told: its blocks would ask for the new slice. */
  let here = new URL(window.location.href);
  function leave(to) {
    if (to.pathname !== here.pathname && to.search !== here.search) {
      window.dash_clientside.set_props("page", { children: null });
    }
    here = to;
  }
  window.addEventListener("popstate", () => leave(new URL(window.location.href)));

  function go(address, keepScroll) {
    leave(new URL(address, window.location.href));
    window.history.pushState({}, "", address);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    if (!keepScroll) window.scrollTo(0, 0);
  }

  /* Links of our own stay in the page: no reload, Back works, other tabs too. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || link.target) return;
    if (link.hasAttribute("download")) return;
    const url = new URL(link.href, window.location.href);
    if (url.origin !== window.location.origin || url.pathname.startsWith("/sign-")) return;
    if (link.classList.contains("nav-keep")) url.search = window.location.search;
    else if (!link.classList.contains("clear")) carry(url);
    if (window.location.pathname === "/party" && link.closest("#crumbs li:not(.apart)")) {
      url.pathname = "/party"; // which has an answer at every step of the path
    }
    const samePage = url.pathname === window.location.pathname;
    if (samePage && url.hash && url.search === window.location.search) return;
    event.preventDefault();
    go(url.pathname + url.search + url.hash, samePage);
    if (!samePage && url.hash) reveal(url.hash.slice(1));
  });

  const follows = (name) => (root.dataset.follows || "").split(" ").includes(name);

  /* What a page ignores stays in the address: the next page may follow it. */
  function carry(url) {
    const left = new URLSearchParams(window.location.search);
    const names = NARROWING.filter((name) =>
      left.has(name) && !follows(name) && !url.searchParams.has(name));
    names.forEach((name) => url.searchParams.set(name, left.get(name)));
    if (names.length) url.search = canonical(url.searchParams);
  }

  /* An anchor on a page that is still being fetched: wait for it, then show it. */
  function reveal(id, tries = 40) {
    const found = document.getElementById(id);
    if (found) found.scrollIntoView();
    else if (tries) setTimeout(() => reveal(id, tries - 1), 100);
  }

  function options(list, within, any) {
    const found = list.filter((o) => !within || o.within === within);
    return [{ value: ALL, label: any }].concat(found.map((o) => ({ value: o.id, label: o.name })));
  }

  /* Counselors of the college whose students are looked at; the chosen one always. */
  function counselors(slice, choices) {
    const college = slice.college_as === "belong" ? slice.college : "";
    const known = choices.counselor.find((o) => o.id === slice.counselor);
    const found = choices.counselor.filter((o) => !college || o.within === college || o === known);
    if (slice.counselor && !known) found.push({ id: slice.counselor, name: slice.counselor });
    return options(found, "", any());
  }

  const english = () => document.documentElement.lang === "en";
  const any = () => (english() ? "All" : "全部");

  function barValues(slice, choices) {
    const term = choices.term.find((o) => o.id === slice.term) || {};
    const clusters = choices.cluster.filter((o) => !slice.campus || o.within === slice.campus);
    const ids = clusters.map((o) => o.id);
    const buildings = choices.building.filter((o) =>
      slice.cluster ? o.within === slice.cluster : ids.includes(o.within));
    return [
      choices.term.map((o) => ({ value: o.id, label: o.name })), slice.term,
      slice.date, term.first, term.last,
      options(choices.campus, "", any()), slice.campus || ALL,
      options(clusters, "", any()), slice.cluster || ALL,
      options(buildings, "", any()), slice.building || ALL,
      options(choices.college, "", any()), slice.college || ALL,
      counselors(slice, choices), slice.counselor || ALL,
      options(choices.degree, "", any()), slice.degree || ALL,
      slice.college_as, slice.metric,
    ];
  }

  /* Which of a heat map's cells a point lies in; an axis names their middles, or all their edges. */
  function along(axis, count, at) {
    if (axis.length === count) return axis.indexOf(at);
    return axis.findIndex((edge, n) => edge <= at && at < axis[n + 1]);
  }

  /* A page without charts has not loaded Plotly. */
  function plotlyHere() {
    if (window.Plotly) return null;
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = "/_dash-component-suites/plotly/package_data/plotly.min.js";
      script.onload = resolve;
      script.onerror = reject;
      document.head.appendChild(script);
    });
  }

  const PICKS = ["term", "date", "campus", "cluster", "building", "college", "counselor", "degree",
    "college_as", "metric"];

  function picked(name, value, slice, choices) {
    const params = new URLSearchParams(window.location.search);
    if ((slice[name] || "") === (value || "")) return null;
    if (PLACES.includes(name)) PLACES.forEach((n) => params.delete(n));
    if (value) params.set(name, value);
    else {
      params.delete(name);
      const above = { cluster: "campus", building: "cluster" }[name];
      if (above && slice[above]) params.set(above, slice[above]);
    }
    if (name === "term") {
      params.delete("date");
      if (choices.term.length && value === choices.term[0].id) params.delete("term");
    }
    const term = choices.term.find((o) => o.id === (params.get("term") || choices.term[0].id));
    if (name === "date" && term && value === term.last) params.delete("date");
    return canonical(params);
  }

  /* What a page was given as `id` is named in the address, so that a choice in the bar keeps it. */
  function nameBrand(slice) {
    const params = new URLSearchParams(window.location.search);
    if (!slice.brand || !params.has("id") || params.get("id") !== slice.brand) return;
    params.delete("id");
    params.set("brand", slice.brand);
    const address = window.location.pathname + canonical(params) + window.location.hash;
    window.history.replaceState(window.history.state, "", address);
  }

  /* An address that calls a building 桃3 is rewritten to the one that names it, without a fetch. */
  function nameBuilding(slice, choices) {
    const params = new URLSearchParams(window.location.search);
    const asked = params.get("building") || params.get("id");
    const known = choices.building.some((o) => o.id === asked);
    if (!asked || !slice.building || (known && !params.has("id"))) return;
    params.delete("id");
    params.set("building", slice.building);
    const address = window.location.pathname + canonical(params) + window.location.hash;
    window.history.replaceState(window.history.state, "", address);
  }

  /* Whatever somebody calls a building, the server knows it or names those written alike. */
  function findBuilding(form) {
    const called = form.querySelector("input").value.trim();
    if (!called) return;
    const params = new URLSearchParams(window.location.search);
    ["id"].concat(PLACES).forEach((name) => params.delete(name));
    params.set("building", called);
    go("/building" + canonical(params), true);
  }
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".find-building")) return;
    event.preventDefault();
    findBuilding(event.target);
  });
  document.addEventListener("change", (event) => {
    const form = event.target.closest && event.target.closest(".find-building");
    if (form) findBuilding(form);
  });

  /* The navigation: each button discloses a list, one at a time. Arrows move in an open list and
     along the bar, Escape closes and gives the focus back; so do a choice and a click elsewhere. */
  function flag(node, value) {
    if (value) node.setAttribute("aria-current", value);
    else node.removeAttribute("aria-current");
  }
  const disclosed = () => document.querySelector(".nav-links button[aria-expanded='true']");
  function disclose(button) {
    const open = disclosed();
    if (open && open !== button) open.setAttribute("aria-expanded", "false");
    if (button) button.setAttribute("aria-expanded", "true");
  }
  const about = (node, button) => button.parentElement.contains(node);
  const seen = (nodes) => Array.from(nodes).filter((node) => node.offsetParent);

  document.addEventListener("click", (event) => {
    const at = event.target.closest && event.target.closest(".nav-links :is(a, button)");
    const open = disclosed();
    if (at && at.matches("button")) disclose(at === open ? null : at);
    else if (open && (at || !about(event.target, open))) {
      disclose(null);
      if (at && about(at, open)) open.focus({ preventScroll: true });
    }
  });
  document.addEventListener("focusin", (event) => {
    const open = disclosed();
    if (open && !about(event.target, open)) disclose(null);
  });

  /* One step to the next of these, from the last to the first. */
  function moveFocus(nodes, from, by) {
    const next = nodes[(nodes.indexOf(from) + by + nodes.length) % nodes.length];
    if (next) next.focus();
    return Boolean(next);
  }
  function alongBar(at, by) { // the entries of the bar; where one button opens all, there is no bar
    const entries = seen(document.querySelectorAll(".nav-list > li > :is(a, button)"));
    const here = entries.find((entry) => entry.parentElement.contains(at));
    if (!here || document.querySelector(".nav-toggle").offsetParent) return false;
    return moveFocus(entries, here, by);
  }
  function throughList(at, by) { // the links of the list that is open, or that this button opens
    const button = at.matches("button") ? at : disclosed();
    if (!button) return false;
    disclose(button);
    const links = seen(button.parentElement.querySelectorAll("a"));
    return moveFocus(links, at === button && by < 0 ? links[0] : at, by);
  }
  document.addEventListener("keydown", (event) => {
    const open = disclosed();
    if (event.key === "Escape" && open) {
      disclose(null);
      open.focus();
      return;
    }
    const at = event.target.closest && event.target.closest(".nav-links :is(a, button)");
    if (!at || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const by = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key];
    if (!by) return;
    const upright = event.key === "ArrowUp" || event.key === "ArrowDown";
    if (upright ? throughList(at, by) : alongBar(at, by)) event.preventDefault();
  });

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    community: {
      bar: function (slice) {
        const context = window.dash_clientside.callback_context;
        const none = Array(context.outputs_list.length).fill(keep());
        const choices = arguments[arguments.length - 1];
        if (!slice || !choices) return none;
        const ids = context.triggered.map((one) => one.prop_id.split(".")[0]);
        if (!ids.length || ids.includes("slice")) {
          nameBrand(slice);
          nameBuilding(slice, choices);
          return barValues(slice, choices);
        }
        const name = ids[0].replace("pick-", "");
        const chosen = arguments[1 + PICKS.indexOf(name)];
        const value = chosen === ALL ? "" : chosen;
        const search = picked(name, value, slice, choices);
        if (search !== null) go(window.location.pathname + search, true);
        return none;
      },
      clear: function (clicks) {
        if (clicks) go(window.location.pathname, true);
        return keep();
      },
      drill: function (click, figure) {
        if (!click || !click.points || !click.points.length || !figure) return keep();
        const point = click.points[0];
        const trace = figure.data[point.curveNumber] || {};
        const params = new URLSearchParams(window.location.search);
        let step = trace.meta;
        if (trace.customdata && trace.type === "heatmap") {
          const row = along(trace.y, trace.z.length, point.y);
          const cell = row < 0 ? null : trace.customdata[row][along(trace.x, trace.z[0].length, point.x)];
          step = typeof cell === "string" ? { floor: cell } : cell;
        }
        if (trace.customdata && trace.type === "scatter") step = trace.customdata[point.pointNumber];
        if (step && step.brand) {
          params.set("brand", step.brand);
          go("/brand" + canonical(params), false);
          return keep();
        }
        const name = step && ["floor", "building", "cluster"].find((n) => step[n]);
        if (!name) return keep();
        PLACES.forEach((n) => params.delete(n));
        params.set(name, step[name]);
        go(window.location.pathname + canonical(params), true);
        return keep();
      },
      picture: async function (asked) {
        if (!asked) return keep();
        const { figure, format, name } = asked;
        const holder = document.createElement("div");
        holder.className = "offscreen";
        document.body.appendChild(holder);
        try {
          await plotlyHere();
          await window.Plotly.newPlot(holder, figure.data, figure.layout, { staticPlot: true });
          const size = { format: format, width: figure.layout.width, height: figure.layout.height,
            scale: format === "png" ? 2 : 1 };
          const link = document.createElement("a");
          link.href = await window.Plotly.toImage(holder, size);
          link.download = name + "." + format;
          document.body.appendChild(link);
          link.click();
          link.remove();
        } finally {
          if (window.Plotly) window.Plotly.purge(holder);
          holder.remove();
        }
        return keep();
      },
      mark: function (path) {
        const links = Array.from(document.querySelectorAll(".nav-links a"));
        const current = links.find((a) => a.getAttribute("href") === path);
        links.forEach((a) => flag(a, a === current && "page"));
        document.querySelectorAll(".nav-group").forEach((group) => {
          const inside = group.contains(current || null);
          flag(group.querySelector("button"), inside && "true");
          group.querySelector(".nav-here").textContent = inside ? current.textContent : "";
        });
        root.dataset.follows = current ? current.dataset.follows : "";
        return keep();
      },
      toggle: function (clicks, hidden) {
        return clicks ? !hidden : hidden;
      },
      arrived: function (shown) {
        const result = document.getElementById("ledger-result");
        if (shown && shown.moved && result) setTimeout(() => result.focus(), 50);
        return keep();
      },
    },
  });

  /* Theme, meeting mode and language are the reader's, not the link's. */
  const root = document.documentElement;
  function theme(name) {
    root.dataset.bsTheme = name;
    localStorage.setItem("theme", name);
  }
  const preferred = window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  root.dataset.bsTheme = localStorage.getItem("theme") || preferred;
  root.dataset.mode = localStorage.getItem("mode") || "";

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("button");
    if (!button) return;
    if (button.id === "theme-switch") theme(root.dataset.bsTheme === "dark" ? "light" : "dark");
    if (button.id === "meeting-switch") {
      const on = root.dataset.mode !== "meeting";
      root.dataset.mode = on ? "meeting" : "";
      localStorage.setItem("mode", root.dataset.mode);
      if (on && root.requestFullscreen) root.requestFullscreen().catch(() => {});
      if (!on && document.fullscreenElement) document.exitFullscreen();
      window.dispatchEvent(new Event("resize"));
    }
    if (button.id === "print-page") window.print();
    if (button.id === "language-switch") {
      document.cookie = "language=" + button.lang + ";path=/;max-age=31536000;SameSite=Lax";
      window.location.reload();
    }
  });

  document.addEventListener("input", (event) => {
    if (event.target.id !== "chronicle-search") return;
    const words = event.target.value.trim().toLowerCase().split(/\s+/);
    let shown = 0;
    document.querySelectorAll(".chronicle li").forEach((record) => {
      const text = record.textContent.toLowerCase();
      record.hidden = !words.every((word) => text.includes(word));
      shown += record.hidden ? 0 : 1;
    });
    document.getElementById("chronicle-nothing").hidden = shown > 0;
  });

  document.addEventListener("input", (event) => {
    if (event.target.id !== "dictionary-search") return;
    const words = event.target.value.trim().toLowerCase().split(/\s+/);
    let shown = 0;
    document.querySelectorAll(".dictionary .clause").forEach((clause) => {
      const title = clause.querySelector("h3").textContent.toLowerCase();
      let left = 0;
      clause.querySelectorAll(".entry").forEach((entry) => {
        const text = title + entry.textContent.toLowerCase();
        entry.hidden = !words.every((word) => text.includes(word));
        left += entry.hidden ? 0 : 1;
      });
      clause.hidden = !left;
      shown += left;
    });
    document.getElementById("dictionary-nothing").hidden = shown > 0;
  });

  /* A file over the limit is not sent: the sentence that says so is already on the page. */
  function tooLarge(event, files) {
    const area = event.target.closest && event.target.closest("#ledger-drop");
    if (!area) return;
    const over = Array.from(files).some((file) => file.size > Number(area.dataset.limit));
    document.getElementById("ledger-too-large").hidden = !over;
    if (!over) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.type === "change") event.target.value = "";
  }
  document.addEventListener("change", (event) => tooLarge(event, event.target.files || []), true);
  document.addEventListener("drop", (event) => tooLarge(event, event.dataTransfer.files), true);

  /* The rules of a worklist are part of its address; ticks on its sheets stay in this browser. */
  document.addEventListener("submit", (event) => {
    const form = event.target.closest && event.target.closest(".plan-rules");
    if (!form) return;
    event.preventDefault();
    const params = new URLSearchParams(form.dataset.kept);
    new FormData(form).forEach((value, name) => params.set(name, value));
    const pressed = (name) => Array.from(
      form.querySelectorAll(`[data-name="${name}"][aria-pressed="true"]`), (one) => one.dataset.value);
    const periods = pressed("periods");
    const all = form.querySelectorAll('[data-name="periods"]').length;
    if (periods.length && periods.length < all) params.set("periods", periods.join(","));
    if (pressed("both").length) params.set("both", "no");
    go(window.location.pathname + canonical(params), true);
  });
  /* What is compared is part of the address: the pressed buttons, and what is written. */
  document.addEventListener("submit", (event) => {
    const form = event.target.closest && event.target.closest(".compare-form");
    if (!form) return;
    event.preventDefault();
    const params = new URLSearchParams(form.dataset.kept);
    new FormData(form).forEach((value, name) => params.set(name, value.trim()));
    form.querySelectorAll('.choice[aria-pressed="true"]').forEach((one) => {
      const name = one.dataset.name;
      params.set(name, (params.get(name) ? params.get(name) + "," : "") + one.dataset.value);
    });
    go(window.location.pathname + canonical(params), true);
  });
  function showTick(tile) {
    const done = window.localStorage.getItem(`tick ${tile.dataset.tick}`) === "1";
    tile.setAttribute("aria-pressed", String(done));
    tile.firstElementChild.textContent = done ? "☑" : "☐";
  }
  document.addEventListener("click", (event) => {
    const pick = event.target.closest && event.target.closest(".choice, .tile[data-tick]");
    if (!pick) return;
    if (!pick.dataset.tick) {
      pick.setAttribute("aria-pressed", String(pick.getAttribute("aria-pressed") !== "true"));
      return;
    }
    const done = pick.getAttribute("aria-pressed") !== "true";
    window.localStorage.setItem(`tick ${pick.dataset.tick}`, done ? "1" : "0");
    showTick(pick);
  });
  document.addEventListener("toggle", (event) => {
    const sheet = event.target;
    if (!sheet.open || !sheet.dataset || !sheet.dataset.sheet) return;
    sheet.querySelectorAll("[data-tick]").forEach(showTick);
    document.querySelectorAll(`[data-sheet="${sheet.dataset.sheet}"][open]`).forEach((other) => {
      if (other !== sheet) other.open = false;
    });
  }, true);
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest('a[href^="#visit-"]');
    const sheet = link && document.getElementById(link.getAttribute("href").slice(1));
    if (sheet) sheet.open = true;
  });

  /* A what-if is an address too: points by dimension. What a slider says is written beside it. */
  document.addEventListener("input", (event) => {
    const field = event.target.closest && event.target.closest(".what-if-slider");
    if (field) field.querySelector("output").textContent = event.target.value;
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest && event.target.closest(".what-if-form");
    if (!form) return;
    event.preventDefault();
    const params = new URLSearchParams(form.dataset.kept);
    const points = Array.from(new FormData(form), ([name, value]) => `${name}:${value}`);
    params.set("weights", points.join(","));
    go(window.location.pathname + canonical(params), true);
  });

  /* What is said of a warning is sent without leaving the page; a refusal is told beside it. */
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest && event.target.closest(".warning-form");
    if (!form) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form, event.submitter));
    const answer = await window.fetch(form.action, { method: "POST", body });
    if (answer.ok) {
      window.location.assign(answer.url);
      if (new URL(answer.url).pathname + new URL(answer.url).search
        === window.location.pathname + window.location.search) window.location.reload();
      return;
    }
    const told = form.querySelector(".refusal") || form.appendChild(document.createElement("p"));
    told.className = "refusal";
    told.setAttribute("role", "alert");
    told.textContent = await answer.text();
  });

  /* Copy what an element holds, also where the page came without https. */
  async function copied(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "offscreen";
    document.body.appendChild(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  document.addEventListener("click", async (event) => {
    const button = event.target.closest && event.target.closest("[data-copy]");
    if (!button) return;
    await copied(document.getElementById(button.dataset.copy).textContent);
    button.lastElementChild.textContent = button.dataset.copied;
  });

  /* Dash writes pan and zoom back into a figure, where Plotly no longer knows them for the
     reader's and drops them with the next figure: hand them on while uirevision stays. */
  function keepView(before, next) {
    if (!before || !next || before.uirevision !== next.uirevision) return;
    Object.keys(next).filter((name) => /^[xy]axis\d*$/.test(name)).forEach((name) => {
      const seen = before[name];
      if (!seen || seen.autorange !== false || next[name].range) return;
      next[name] = Object.assign({}, next[name], { range: seen.range, autorange: false });
    });
  }
  let plotly;
  Object.defineProperty(window, "Plotly", {
    configurable: true,
    get: () => plotly,
    set: (loaded) => {
      plotly = loaded;
      const react = loaded.react;
      loaded.react = (plot, figure, ...rest) => {
        keepView(plot.layout, figure.layout);
        return react(plot, figure, ...rest);
      };
    },
  });

  /* What came as text (components/frozen.py) is put in place; focus and scroll stay where they
     were in the block as far as the new content has such places. */
  const stops = (box) => Array.from(box.querySelectorAll("a[href], button, summary, [tabindex]"));
  const block = (node) => (node.closest(".block") || node).id;
  let focused = null;
  document.addEventListener("pointerdown", () => { focused = null; });
  document.addEventListener("focusin", (event) => {
    const box = event.target.closest("[data-html]");
    focused = box && { block: block(box), place: stops(box).indexOf(event.target) };
  });
  function thaw(box) {
    const scrolled = stops(box).map((node) => node.scrollTop);
    box.innerHTML = box.dataset.html;
    const now = stops(box);
    now.forEach((node, i) => { if (scrolled[i]) node.scrollTop = scrolled[i]; });
    if (!focused || focused.block !== block(box) || document.activeElement !== document.body) return;
    if (now[focused.place]) now[focused.place].focus({ preventScroll: true });
  }
  new MutationObserver((changes) => changes.forEach((change) => {
    if (change.type === "attributes") thaw(change.target);
    change.addedNodes.forEach((node) => {
      if (node.nodeType !== 1) return;
      if (node.dataset.html !== undefined) thaw(node);
      else node.querySelectorAll("[data-html]").forEach(thaw);
    });
  })).observe(document, { childList: true, subtree: true, attributeFilter: ["data-html"] });

  /* Charts are as wide as the window they were drawn for: on paper, as wide as the paper; one that
     says how wide it must be at least (its layout's meta) is drawn so and made smaller. */
  const PAPER = 660;
  const broad = (plot) => Math.max(PAPER, (plot.layout.meta || {}).paper || 0);
  let narrowed = [];
  window.addEventListener("beforeprint", () => {
    const wide = (plot) => plot._fullLayout && plot.offsetParent && plot.offsetWidth > PAPER;
    const plots = Array.from(document.querySelectorAll(".js-plotly-plot")).filter(wide);
    narrowed = plots.map((plot) => ({ plot: plot, height: plot._fullLayout.height }));
    narrowed.forEach(({ plot, height }) => {
      window.Plotly.relayout(plot, { width: broad(plot), height: height });
      plot.parentElement.style.zoom = PAPER / broad(plot);
    });
  });
  window.addEventListener("afterprint", () => {
    narrowed.forEach(({ plot, height }) => {
      plot.parentElement.style.zoom = "";
      window.Plotly.relayout(plot, { width: null, height: height, autosize: true });
    });
  });

  /* On a phone the filters start folded; a session that has ended leads to the sign-in page. */
  const folded = new MutationObserver(() => {
    const bar = document.getElementById("filters");
    if (!bar) return;
    folded.disconnect();
    if (window.innerWidth < 768) bar.open = false;
    if (window.location.hash) reveal(window.location.hash.slice(1));
  });
  folded.observe(document, { childList: true, subtree: true });
  const fetched = window.fetch;
  window.fetch = async function (...args) {
    const answer = await fetched.apply(this, args);
    if (answer.status === 401) window.location.reload();
    return answer;
  };
})();
