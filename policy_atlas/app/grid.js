// Draws the table with DOM calls only: no text from a document is ever read as markup.
// More rem of text than a phone has room for beside each other; a word that no column has room for, as a hash.
const ROOM = 30;
const LONG = /[^\s\u2e80-\uffff]{19,}/;
const value = (cell) => (Array.isArray(cell) ? cell[0] : cell);

const order = (rows, column, at, down) => {
  const number = (cell) => Number(value(cell).replace(/[,%+]/g, "").replace("−", "-")) || 0;
  const less = column.number
    ? (one, other) => number(one[at]) - number(other[at])
    : (one, other) => value(one[at]).localeCompare(value(other[at]), "zh");
  return [...rows].sort((one, other) => (down ? -less(one, other) : less(one, other)));
};

const button = (text, act) => {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.onclick = act;
  return made;
};

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const box = parentElement.querySelector(".box");
  const head = box.querySelector("thead");
  const body = box.querySelector("tbody");
  const held = (parentElement.held ??= { at: -1, down: false, told: "", shown: "" });
  // The page calls with each choice, mostly with the table that is there already.
  held.tell = setTriggerValue;
  const shown = JSON.stringify(data);
  if (shown === held.shown) return;
  held.shown = shown;
  const { key: focused, column: within } = parentElement.activeElement?.dataset ?? {};
  const heading = () => [...head.querySelectorAll("button")];
  const headed = heading().indexOf(parentElement.activeElement);
  // The address says how the table is sorted: a link and the way back are followed, a click is already.
  if (data.sort !== held.told) {
    const [at, way] = data.sort.split(".");
    Object.assign(held, { told: data.sort, at: data.sort && at < data.columns.length ? Number(at) : -1, down: way === "d" });
  }

  box.setAttribute("aria-label", data.label);
  box.style.maxHeight = data.height ? `${data.height}px` : "";

  const widths = data.columns.reduce((sum, one) => sum + (parseFloat(one.width) || 0), 0);
  const several = data.columns.length > 5 || widths > ROOM;
  box.classList.toggle("cards", several && !data.columns.slice(1).every((one) => one.number));
  const long = new Set(data.columns.filter((_, at) => data.rows.some((row) => LONG.test(value(row[at])))));

  const dress = (made, column) => {
    made.className = column.number ? "n" : { end: "e", whole: "w" }[column.fit] ?? "";
    if (column.width) made.style.minWidth = column.width;
    if (long.has(column)) made.classList.add("l");
    if (parseFloat(column.width) <= 5) made.classList.add("k");
  };

  const draw = () => {
    const heads = data.columns.map((column, at) => {
      const made = document.createElement("th");
      made.scope = "col";
      dress(made, column);
      const on = held.at === at;
      made.setAttribute("aria-sort", on ? (held.down ? "descending" : "ascending") : "none");
      const press = button(column.title, () => {
        held.down = on ? !held.down : column.number;
        held.at = at;
        draw();
        heading()[at].focus();
        held.told = `${at}.${held.down ? "d" : "a"}`;
        held.tell("sort", held.told);
      });
      press.dataset.mark = on ? (held.down ? " ↓" : " ↑") : "";
      made.append(press);
      return made;
    });
    const line = document.createElement("tr");
    line.append(...heads);
    head.replaceChildren(line);
    const rows = held.at < 0 ? data.rows : order(data.rows, data.columns[held.at], held.at, held.down);
    body.replaceChildren(
      ...rows.map((row) => {
        const made = document.createElement("tr");
        const who = row.find((cell, at) => !Array.isArray(cell) && !data.columns[at].number);
        row.forEach((cell, at) => {
          const place = document.createElement("td");
          dress(place, data.columns[at]);
          place.dataset.title = data.columns[at].title;
          if (data.columns[at].lang) place.lang = data.columns[at].lang;
          if (Array.isArray(cell) && cell[2]) {
            const link = document.createElement("a");
            link.textContent = cell[0];
            link.href = cell[1];
            link.dataset.go = "";
            place.append(link);
          } else if (Array.isArray(cell)) {
            const press = button(cell[0], () => held.tell("pick", cell[1]));
            press.dataset.key = cell[1];
            press.dataset.column = at;
            press.setAttribute("aria-pressed", String(cell[1] === data.picked));
            press.setAttribute("aria-label", [who, data.columns[at].title, cell[0]].filter(Boolean).join(" "));
            place.append(press);
          } else {
            place.textContent = cell;
          }
          made.append(place);
        });
        return made;
      }),
    );
  };

  draw();
  // What is cut off below or at the right fades out: many screens show no scrollbar.
  const fade = () => {
    box.classList.toggle("more", box.scrollTop + box.clientHeight < box.scrollHeight - 2);
    box.classList.toggle("wide", box.scrollLeft + box.clientWidth < box.scrollWidth - 2);
  };
  box.onscroll = fade;
  (parentElement.watch ??= new ResizeObserver(() => box.onscroll())).observe(box);
  requestAnimationFrame(fade); // asked at once, the browser would lay out the page for each table
  heading()[headed]?.focus();
  if (focused) parentElement.querySelector(`button[data-key="${CSS.escape(focused)}"][data-column="${within}"]`)?.focus();
}
