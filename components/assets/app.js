/* The little that happens in the browser: addresses, the filter bar, themes, pictures. */
(function () {
  "use strict";
  const ORDER = ["term", "date", "campus", "cluster", "building", "floor", "room", "college",
    "college_as", "metric", "kind", "check", "run"];
  const PLACES = ["campus", "cluster", "building", "floor", "room"];
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
    if (window.location.pathname === "/party" && link.closest("#crumbs li:not(.apart)")) {
      url.pathname = "/party"; // which has an answer at every step of the path
    }
    const samePage = url.pathname === window.location.pathname;
    if (samePage && url.hash && url.search === window.location.search) return;
    event.preventDefault();
    go(url.pathname + url.search + url.hash, samePage);
    if (!samePage && url.hash) reveal(url.hash.slice(1));
  });

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
      slice.college_as, slice.metric,
    ];
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

  const PICKS = ["term", "date", "campus", "cluster", "building", "college", "college_as", "metric"];

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

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    community: {
      bar: function (slice) {
        const none = Array(15).fill(keep());
        const context = window.dash_clientside.callback_context;
        const choices = arguments[arguments.length - 1];
        if (!slice || !choices) return none;
        const ids = context.triggered.map((one) => one.prop_id.split(".")[0]);
        if (!ids.length || ids.includes("slice")) {
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
          const row = trace.y.indexOf(point.y);
          const floor = row < 0 ? null : trace.customdata[row][point.x];
          step = floor ? { floor: floor } : null;
        }
        const name = step && ["floor", "building", "cluster"].find((n) => step[n]);
        if (!name) return keep();
        PLACES.forEach((n) => params.delete(n));
        params.set(name, step[name]);
        go("/map" + canonical(params), true);
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
        document.querySelectorAll(".nav-links a").forEach((a) => {
          if (a.getAttribute("href") === path) a.setAttribute("aria-current", "page");
          else a.removeAttribute("aria-current");
        });
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

  /* Charts are as wide as the window they were drawn for: on paper, as wide as the paper. */
  const PAPER = 660;
  let narrowed = [];
  window.addEventListener("beforeprint", () => {
    const wide = (plot) => plot._fullLayout && plot.offsetParent && plot.offsetWidth > PAPER;
    narrowed = Array.from(document.querySelectorAll(".js-plotly-plot")).filter(wide);
    narrowed.forEach((plot) => window.Plotly.relayout(plot, { width: PAPER }));
  });
  window.addEventListener("afterprint", () => {
    narrowed.forEach((plot) => window.Plotly.relayout(plot, { autosize: true }));
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
