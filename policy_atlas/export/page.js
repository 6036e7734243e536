"use strict";
(function () {
  const given = JSON.parse(document.getElementById("data").textContent);
  const groups = Array.from(document.querySelectorAll("#evidence details"));
  const all = document.getElementById("all");
  const known = new Set(groups.map(function (group) { return group.dataset.adcode; }));
  let chosen = "";

  function show(adcode) {
    chosen = adcode;
    groups.forEach(function (group) {
      const mine = group.dataset.adcode === adcode;
      group.hidden = Boolean(adcode) && !mine;
      group.open = mine;
    });
    all.hidden = !adcode;
  }

  function clicked(event) {
    const point = event.points[event.points.length - 1];
    const adcode = [point.location, point.customdata].find(function (one) { return known.has(one); });
    if (!adcode) return;
    show(adcode === chosen ? "" : adcode);
    if (chosen) document.getElementById("evidence").scrollIntoView({ behavior: "smooth" });
  }

  document.querySelectorAll("a.same").forEach(function (link) {
    const copy = document.querySelector(link.getAttribute("href")).cloneNode(true);
    copy.removeAttribute("id");
    link.replaceWith(copy);
  });

  // On a phone a map is as high as wide, its names are smaller, and every third tick is kept; beside the rest of China
  // the West is too small for two lines in every province, and no name carries its number.
  function narrow(chart) {
    const room = document.documentElement.clientWidth - 40;
    const axis = chart.layout.xaxis;
    const marks = (axis && axis.tickvals) || [];
    const high = chart.layout.height;
    if (chart.layout.geo) chart.layout.height = Math.min(chart.layout.height, Math.round(room * (chart.layout.geo2 ? 1.3 : 1.05)));
    // What stands so many px above the lower edge of a map keeps its distance.
    const grown = chart.layout.geo ? high / chart.layout.height : 1;
    (chart.layout.annotations || []).forEach(function (one) { if (one.yref === "paper" && one.y < 0.5) one.y *= grown; });
    (chart.layout.shapes || []).forEach(function (one) {
      const size = one.y1 - one.y0;
      if (one.yref !== "paper" || one.y0 <= 0 || one.y0 > 0.5 || size > 0.1) return;
      one.y0 *= grown;
      one.y1 = one.y0 + size;
    });
    chart.data.forEach(function (trace) {
      if (trace.type !== "scattergeo" || trace.mode !== "text") return;
      trace.textfont.size = 10;
      if (chart.layout.geo2) trace.text = trace.text.map(function (one) { return one.split(/<br>|<b>/)[0]; });
    });
    if (marks.length > 6 && axis.side !== "top") {
      axis.tickvals = marks.filter(function (_, at) { return at % 3 === 0; });
      axis.ticktext = axis.ticktext.filter(function (_, at) { return at % 3 === 0; });
    }
  }

  all.addEventListener("click", function () { show(""); });
  given.charts.forEach(function (chart, at) {
    chart.data.forEach(function (trace) {
      if (typeof trace.geojson === "string") trace.geojson = given.outlines[trace.geojson];
    });
    if (window.matchMedia("(max-width: 600px)").matches) narrow(chart);
    const place = document.getElementById("chart-" + at);
    const options = Object.assign({ responsive: true }, given.config);
    Plotly.newPlot(place, chart.data, chart.layout, options).then(function () {
      place.on("plotly_click", clicked);
    });
  });
})();
