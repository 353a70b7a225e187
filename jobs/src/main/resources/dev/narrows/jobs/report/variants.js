/* The table of all variants. */

let table;

/** Stands between the keys that lead to a value. Names of knobs have dots in them, such as stem.width. */
const NESTED = '|';

function valueField(measure) {
  return `values${NESTED}${measure}`;
}

function knobField(knob) {
  return `knobs${NESTED}${knob}`;
}

/** A condition on a number, as a person types it: <200k, >=0.9, 10k..50k, or a number for at least that. */
function condition(text) {
  const units = { '': 1, k: 1e3, m: 1e6, g: 1e9, '%': 0.01 };
  const number = word => {
    const parts = /^(-?\d+(?:\.\d+)?)\s*([kmg%]?)$/i.exec(word.trim());
    return parts ? Number(parts[1]) * units[parts[2].toLowerCase()] : undefined;
  };
  const between = text.split('..');
  if (between.length === 2) {
    const [low, high] = between.map(number);
    return low === undefined || high === undefined ? undefined : value => value >= low && value <= high;
  }
  const parts = /^\s*(<=|>=|<|>|=)?\s*(.+)$/.exec(text);
  const bound = parts && number(parts[2]);
  if (bound === undefined || bound === null) {
    return undefined;
  }
  return {
    '<': value => value < bound,
    '<=': value => value <= bound,
    '>': value => value > bound,
    '=': value => value === bound,
  }[parts[1]] ?? (value => value >= bound);
}

function variants() {
  if (figures.variants.length === 0) {
    section('variants', 'All variants', undefined, element('p', { class: 'notice' }, 'The study has no variants.'));
    return;
  }
  const holder = element('div', { id: 'table' });
  const counted = element('span', { class: 'counted', 'aria-live': 'polite' });
  const search = element('input', { type: 'search', placeholder: 'words of a label', 'aria-label': 'Filter variants by words of their labels' });
  const family = choice('Family', [['', 'all'], ...figures.families.map(name => [name, name])], '', apply);
  const front = tick('front only', false, apply);
  const knobs = tick('knobs as columns', false, value => {
    figures.knobs.forEach(knob => value ? table.showColumn(knobField(knob)) : table.hideColumn(knobField(knob)));
  });
  const save = element('button', { type: 'button', onclick: () => table.download('csv', `${figures.study}-variants.csv`, { bom: true }) }, 'Save as CSV');

  function apply() {
    const words = search.value.toLowerCase().split(/\s+/).filter(word => word);
    const name = family.querySelector('select').value;
    const only = front.querySelector('input').checked;
    table.setFilter(row => (!only || row.front) && (!name || row.family === name)
      && words.every(word => `${row.label} ${row.id} ${row.outcomes}`.toLowerCase().includes(word)));
  }
  search.addEventListener('input', apply);
  section('variants', 'All variants', 'Select a heading to sort by it. Boxes under the headings filter: 200k keeps what is at least that, <200k what is less, 10k..50k what lies between.',
    element('div', { class: 'controls' }, element('label', { class: 'choice' }, element('span', {}, 'Filter'), search), family, front, figures.knobs.length ? knobs : undefined, save, counted), holder);

  table = new Tabulator(holder, {
    data: figures.variants.map((variant, place) => ({ place, ...variant })),
    index: 'place',
    columns: columns(),
    nestedFieldSeparator: NESTED,
    height: figures.variants.length > 18 ? 560 : undefined,
    layout: 'fitDataStretch',
    columnHeaderVertAlign: 'bottom',
    selectableRows: 1,
    initialSort: figures.leading ? [{ column: valueField(figures.leading), dir: 'desc' }] : [],
    placeholder: 'No variant fits these filters.',
    rowFormatter: row => row.getElement().classList.toggle('on-front', row.getData().front),
  });
  table.on('rowClick', (event, row) => select(row.getData().place));
  table.on('dataFiltered', (filters, rows) => {
    counted.textContent = `${rows.length} of ${figures.variants.length} shown`;
  });
  table.on('tableBuilt', () => {
    // Headings sort by keyboard too.
    holder.querySelectorAll('.tabulator-col.tabulator-sortable').forEach(head => {
      const title = head.querySelector('.tabulator-col-title');
      title.tabIndex = 0;
      title.setAttribute('role', 'button');
      title.addEventListener('keydown', event => {
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault();
          const field = head.getAttribute('tabulator-field');
          table.setSort(field, head.getAttribute('aria-sort') === 'descending' ? 'asc' : 'desc');
        }
      });
    });
    document.documentElement.dataset.table = '';
  });
}

function columns() {
  const number = (title, field, write, more = {}) => ({
    title,
    field,
    hozAlign: 'right',
    headerHozAlign: 'right',
    sorter: missingLast,
    sorterParams: {},
    headerSortStartingDir: 'desc',
    headerFilter: 'input',
    headerFilterPlaceholder: ' ',
    headerFilterFunc: (text, value) => {
      const fits = condition(text);
      return fits === undefined || (value !== undefined && value !== null && fits(value));
    },
    formatter: cell => escaped(write(cell.getValue(), cell.getData())),
    accessorDownload: value => value ?? '',
    ...more,
  });
  const spread = figures.variants.some(variant => variant.spread !== undefined);
  return [
    { title: '★', field: 'front', width: 52, hozAlign: 'center', headerHozAlign: 'center', sorter: 'boolean', headerSortStartingDir: 'desc', titleDownload: 'front', formatter: cell => cell.getValue() ? '<span title="on the front">★</span>' : '' },
    { title: 'Variant', field: 'label', minWidth: 150, maxWidth: 400, frozen: window.innerWidth > 700, sorter: 'string', titleDownload: 'variant', headerFilter: 'input', headerFilterPlaceholder: ' ', formatter: cell => html`<button type="button" class="row-name" title="${cell.getValue()}">${cell.getValue()}</button>` },
    ...(figures.variants.some(variant => variant.certainty !== undefined) ? [number('P(front)', 'certainty', chance)] : []),
    ...figures.measures.flatMap(measure => {
      const column = number(measure.label, valueField(measure.key), value => written(measure, value), { titleDownload: measure.key });
      return measure.key === figures.quality && spread
        ? [column, number('± seeds', 'spread', value => value === undefined ? NOTHING : (100 * value).toFixed(2), { titleDownload: 'between_seeds' })]
        : [column];
    }),
    number('seeds', 'seeds', value => value),
    ...figures.knobs.map(knob => ({ title: knob, field: knobField(knob), visible: false, download: true, sorter: 'alphanum', headerFilter: 'input', headerFilterPlaceholder: ' ', formatter: cell => escaped(cell.getValue() ?? '') })),
    { title: 'trials', field: 'outcomes', sorter: 'string', headerFilter: 'input', headerFilterPlaceholder: ' ', formatter: cell => escaped(cell.getValue()) },
    { title: 'id', field: 'id', sorter: 'string', titleDownload: 'variant_id', formatter: cell => html`<code>${cell.getValue().slice(0, 8)}</code>` },
  ];
}

/** Missing values come last whichever way is up. */
function missingLast(one, other, rowOne, rowOther, column, direction) {
  const lacks = value => value === undefined || value === null;
  if (lacks(one) || lacks(other)) {
    return lacks(one) === lacks(other) ? 0 : (lacks(one) ? 1 : -1) * (direction === 'asc' ? 1 : -1);
  }
  return one - other;
}

/** Brings a variant's row into view. */
function showVariant(index) {
  const found = table?.getRow(index);
  if (!found) {
    return;
  }
  if (!table.getRows('active').includes(found)) {
    table.clearFilter(true);
    table.clearHeaderFilter();
  }
  select(index);
  table.deselectRow();
  table.selectRow(index);
  document.getElementById('variants').scrollIntoView({ block: 'start' });
  table.scrollToRow(index, 'center', false).catch(() => undefined);
  announce(`${figures.variants[index].label} is selected in the table of all variants`);
}
