// SPDX-License-Identifier: MPL-2.0
// The share paid through an account, month by month. Lines differ by dash and mark, not by colour alone; the
// table below says the same; the page says which line is which (the simple build of the library has no
// legend). Inside a closed <details> the library is fetched only when it is opened: the home page stays light.
"use strict";

const place = document.getElementById("bieu-do");
const given = JSON.parse(document.getElementById("so-lieu").textContent);
const fold = place ? place.closest("details") : null;

function draw() {
  const tenths = (value) => (value === null ? null : value / 10);
  const line = (name, data, type, symbol) => ({ name, data, type: "line", symbol, symbolSize: 8, lineStyle: { type, width: 2 } });
  const chart = window.echarts.init(place);
  chart.setOption({
    animation: false,
    color: ["#0b4ea2", "#7a1414", "#1a2233"],
    xAxis: { type: "category", data: given.months },
    yAxis: { type: "value", min: 0, max: 100 },
    series: [
      line("% tổng số", given.all.map(tenths), "solid", "circle"),
      line("% đủ điều kiện", given.eligible.map(tenths), "dashed", "triangle"),
      line("chỉ tiêu", given.months.map(() => given.target / 10), "dotted", "none"),
    ],
  });
  window.addEventListener("resize", () => chart.resize());
}

function fetchAndDraw() {
  const script = document.createElement("script");
  script.src = place.dataset.library;
  script.addEventListener("load", draw);
  document.head.append(script);
}

if (place && given.months.length > 1) {
  if (fold === null) {
    fetchAndDraw();
  } else {
    fold.addEventListener("toggle", fetchAndDraw, { once: true });
  }
} else if (place) {
  place.hidden = true;
}
