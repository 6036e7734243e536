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

  all.addEventListener("click", function () { show(""); });
  given.charts.forEach(function (chart, at) {
    chart.data.forEach(function (trace) {
      if (trace.geojson === "west") trace.geojson = given.west;
    });
    const place = document.getElementById("chart-" + at);
    const options = Object.assign({ responsive: true }, given.config);
    Plotly.newPlot(place, chart.data, chart.layout, options).then(function () {
      place.on("plotly_click", clicked);
    });
  });
})();
