/* A chart with its controls before it and its figures as a table behind it. */

const charts = [];

/**
 * @param label description of the chart, for screen readers
 * @param height in pixels, or a function that gives it
 * @param controls elements above it
 * @param draw gives ECharts' option
 * @param table gives { columns: [{ title, number }], rows: [[…]] }
 * @param click called with the variant of a mark that was clicked
 * @param selection gives the part of the option that shows the selected variant; the chart is drawn again without it
 * @param selects true if the chart shows the selected variant
 * @param points true if its selection also shows the variant that is pointed at
 */
function chartFigure({ label, height, controls = [], draw, table, click, selection, selects = false, points = false }) {
  const canvas = element('div', { class: 'canvas', role: 'img', 'aria-label': `${label}. Its figures follow as a table.` });
  const rows = element('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': label });
  const details = element('details', { class: 'as-table' }, element('summary', {}, 'As a table'), rows);
  const bar = element('div', { class: 'controls' }, ...controls);
  const figure = element('figure', { class: 'chart' }, bar, canvas, details);
  bar.hidden = controls.length === 0;
  let chart;

  function fill() {
    if (details.open) {
      rows.replaceChildren(plainTable(table()));
    }
  }
  function redraw() {
    canvas.style.height = `${typeof height === 'function' ? height() : height}px`;
    if (!chart) {
      chart = echarts.init(canvas, null, { renderer: figures.variants.length > 400 ? 'canvas' : 'svg' });
      if (click) {
        chart.on('click', event => event.data?.variant !== undefined && click(event.data.variant));
      }
      new ResizeObserver(() => chart.resize()).observe(canvas);
    } else {
      chart.resize();
    }
    chart.setOption({ ...chartStyle(), ...draw() }, { notMerge: true });
    fill();
  }
  details.addEventListener('toggle', fill);
  // A tooltip that is open survives a merged option, not a new one.
  const showSelected = selection ? () => chart?.setOption(selection()) : selects ? () => chart && redraw() : undefined;
  charts.push({ redraw, canvas, showSelected, showPointed: points ? showSelected : undefined });
  return { figure, redraw, instance: () => chart };
}

/**
 * @param places of the rows' variants, where each row is one variant
 * @param stacks true where a narrow screen shows the cells of a row below each other, each with its title
 */
function plainTable({ columns, rows, places, stacks = false }) {
  const head = element('tr');
  columns.forEach(column => head.append(element('th', { scope: 'col', class: column.number && 'number' }, column.title)));
  const body = element('tbody');
  rows.forEach((row, at) => {
    const line = element('tr');
    if (places) {
      line.dataset.place = places[at];
      markSelected(line);
    }
    row.forEach((cell, i) => line.append(element('td', { class: columns[i].number && 'number', 'data-title': stacks && i > 0 && columns[i].title }, cell ?? NOTHING)));
    body.append(line);
  });
  return element('table', { class: stacks ? 'plain stacks' : 'plain' }, element('thead', {}, head), body);
}

/** The families, each to be shown or not. */
function familyChips(shown, change) {
  const chips = figures.families.map(family => {
    const mark = element('span', { class: `mark ${familyShape(family)}`, 'aria-hidden': 'true' });
    mark.style.setProperty('--mark', `var(--shade-${figures.families.indexOf(family) % SHADES + 1})`);
    return element('label', { class: 'chip' },
      element('input', {
        type: 'checkbox',
        checked: true,
        onchange: event => {
          event.target.checked ? shown.add(family) : shown.delete(family);
          change();
        },
      }), mark, family);
  });
  return element('div', { class: 'chips', role: 'group', 'aria-label': 'Families shown' }, ...chips);
}

/** One chart after another, so that the page answers in between. */
function drawCharts() {
  const waiting = [...charts];
  function next() {
    const chart = waiting.shift();
    if (chart) {
      chart.redraw();
      setTimeout(next);
    } else {
      document.documentElement.dataset.drawn = '';
      restoreReader();
    }
  }
  // After the whole script has run: a page without a chart is drawn at once, and then asks for what is defined later.
  setTimeout(next);
}

function redrawCharts() {
  charts.forEach(chart => chart.redraw());
}
