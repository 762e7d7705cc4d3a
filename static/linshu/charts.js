// Charts drawn from the data tables they stand above: every number exists once, and without this file nothing is lost.
(() => {
  "use strict";

  // What stands with the page, and once more what comes after it.
  function always(prepare) {
    prepare();
    document.addEventListener("htmx:afterSettle", prepare);
  }

  document.addEventListener("click", ({ target }) => target.closest("[data-print]") && window.print());
  always(() => document.querySelectorAll("[data-print]").forEach((button) => { button.hidden = false; }));
  if (!window.echarts) return;

  const root = getComputedStyle(document.documentElement);
  const token = (name) => root.getPropertyValue(`--ls-${name}`).trim();
  const rem = parseFloat(root.fontSize);
  const text = { color: token("ink"), fontSize: rem * 0.875, fontFamily: getComputedStyle(document.body).fontFamily };
  const font = `${text.fontSize}px ${text.fontFamily}`;
  const COLOURS = [token("bar"), token("link")];

  // What the table says: labels down, series across, and the list behind every number.
  function read(table) {
    const heads = [...table.tHead.rows[0].cells];
    const rows = [...table.tBodies[0].rows];
    const columns = heads.filter((head) => "series" in head.dataset);
    return {
      labels: rows.map((row) => row.cells[0].dataset.label || row.cells[0].textContent.trim()),
      series: columns.map((head) => ({
        name: head.textContent.trim(),
        data: rows.map((row) => {
          const cell = row.cells[heads.indexOf(head)];
          return { value: Number(cell.textContent), href: cell.querySelector("a")?.href };
        }),
      })),
    };
  }

  function options({ labels, series }, upright) {
    const names = {
      type: "category", data: labels, inverse: !upright, axisTick: { show: false },
      axisLine: { lineStyle: { color: token("rule-2") } }, axisLabel: { ...text, interval: 0 },
    };
    const numbers = { type: "value", minInterval: 1, axisLabel: { show: false }, splitLine: { show: false } };
    const bar = (each, at) => ({
      ...each, type: "bar", barMaxWidth: rem * (upright ? 2.5 : 1), itemStyle: { color: COLOURS[at] }, stack: "all",
      label: {
        ...text, show: true, position: !upright ? "right" : at ? "top" : "inside", color: upright && !at ? "#fff" : text.color,
        formatter: ({ value }) => (value || !upright ? String(value) : ""),
      },
      emphasis: { disabled: true },
    });
    return {
      animation: false,
      grid: { left: upright ? rem : 0, right: upright ? rem : rem * 3, top: upright ? rem * 2.5 : 0, bottom: 0, containLabel: true },
      legend: upright ? { top: 0, left: 0, textStyle: text, selectedMode: false, itemHeight: rem * 0.75 } : undefined,
      xAxis: upright ? names : numbers,
      yAxis: upright ? numbers : names,
      series: series.map(bar),
    };
  }

  function draw(table) {
    const upright = table.dataset.chart === "columns";
    const told = read(table);
    const plot = document.createElement("div");
    plot.className = "ls-plot";
    plot.setAttribute("role", "img");
    plot.setAttribute("aria-label", `${table.caption.textContent.trim()}，柱形图，数字见下表`);
    plot.style.height = upright ? "15rem" : `${told.labels.length * 1.75}rem`;
    table.before(plot);
    const chart = echarts.init(plot, null, { renderer: "svg" });
    chart.setOption(options(told, upright));
    chart.on("click", ({ data }) => data.href && location.assign(data.href));
    const widest = (words) => Math.max(...words.map((each) => echarts.format.getTextRect(String(each), font).width)) + rem / 2;
    const names = widest(told.labels), numbers = widest(told.series.flatMap(({ data }) => data.map(({ value }) => value)));
    // Words side by side never touch: of the columns every so many is named, the last one always. A drawing that
    // scales: paper is not as wide as the window.
    const scale = () => {
      chart.resize();
      if (upright) {
        const last = told.labels.length - 1, room = (chart.getWidth() - rem * 2) / told.labels.length;
        const step = Math.ceil(names / room);
        chart.setOption({
          xAxis: { axisLabel: { interval: (at) => (last - at) % step === 0 } },
          series: told.series.map(() => ({ label: { show: numbers < room } })),
        });
      }
      plot.querySelector("svg").setAttribute("viewBox", `0 0 ${chart.getWidth()} ${chart.getHeight()}`);
    };
    scale();
    new ResizeObserver(scale).observe(plot);
  }

  always(() => document.querySelectorAll("table[data-chart]:not(.ls-plot + table)").forEach(draw));
})();
