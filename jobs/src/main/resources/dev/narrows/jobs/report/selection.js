/* The variants that are selected, in every chart and table at once. */

let selected;
/* The variant whose name has the focus or the pointer, in a table that names marks. */
let pointed;

/** Selects a variant in every chart and in the tables. */
function select(index) {
  if (selected === index) {
    return;
  }
  selected = index;
  charts.forEach(chart => chart.showSelected?.());
  if (table?.getRow(index)) {
    table.deselectRow();
    table.selectRow(index);
  }
  document.querySelectorAll('[data-place]').forEach(markSelected);
  announce(`${figures.variants[index].label} is selected`);
}

/** Shows where a variant is in the charts that name it, until undefined is given. */
function pointAt(index) {
  pointed = index;
  charts.forEach(chart => chart.showPointed?.());
}

/** True for a step of a knob that the selected variant has one of the values of. */
function touchesSelected(step) {
  const variant = figures.variants[selected];
  return variant !== undefined && variant.family === step.family
    && (variant.knobs[step.axis] === step.from || variant.knobs[step.axis] === step.to);
}

/** Marks a table's line where it is that of the selected variant. */
function markSelected(line) {
  const own = Number(line.dataset.place) === selected;
  line.classList.toggle('selected', own);
  line.toggleAttribute('aria-current', own);
}
