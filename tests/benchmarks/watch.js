/* Notes when the page last changed, so that a benchmark can say how long a change took. */
(() => {
  const watch = { begun: 0, open: 0, asked: 0, answered: 0, charted: 0, last: 0 };
  const note = () => { watch.last = performance.now(); };
  const calls = "/_dash-update-component";

  const fetched = window.fetch;
  window.fetch = async (...args) => {
    const address = String(args[0] && args[0].url ? args[0].url : args[0]);
    if (!address.includes(calls)) return fetched(...args);
    watch.open += 1;
    watch.asked += 1;
    try { return await fetched(...args); } finally {
      watch.open -= 1;
      note();
      watch.answered = watch.last;
    }
  };

  const pushState = history.pushState;
  history.pushState = function (...args) {
    Object.assign(watch, { begun: performance.now(), asked: 0 });
    note();
    return pushState.apply(this, args);
  };

  /* Charts and panels alike change the document below #page; Plotly also says when it is done. */
  const heard = new WeakSet();
  const listen = () => document.querySelectorAll("#page .js-plotly-plot").forEach((chart) => {
    if (heard.has(chart) || !chart.on) return;
    heard.add(chart);
    chart.on("plotly_afterplot", () => {
      note();
      watch.charted = watch.last;
    });
  });
  const observer = new MutationObserver((changes) => {
    if (!changes.some((one) => one.target.closest && one.target.closest("#page"))) return;
    note();
    listen();
  });
  observer.observe(document, { childList: true, subtree: true, attributes: true });

  watch.atRest = async (patience) => {
    const end = performance.now() + patience;
    while (watch.open || !watch.asked || performance.now() - watch.last < 250) {
      if (performance.now() > end) throw new Error("the page never came to rest");
      await new Promise((wake) => setTimeout(wake, 10));
    }
    return [watch.answered, watch.charted, watch.last].map((time) => (time - watch.begun) / 1000);
  };
  watch.bytes = () => ["navigation", "resource"]
    .flatMap((kind) => performance.getEntriesByType(kind))
    .reduce((sum, one) => sum + one.transferSize, 0);
  window.benchmark = watch;
})();
