/* Latency: from the median to the slowest hundredth of calls. */

const MOST_BARS = 40;

function latency() {
  if (figures.latency.length === 0) {
    section('latency');
    return;
  }
  const batches = [...new Set(figures.latency.map(row => row.batch))].sort((one, other) => one - other);
  let batch = batches[0];
  const rows = () => figures.latency.filter(row => row.batch === batch).sort((one, other) => one.p50 - other.p50);
  const drawn = () => {
    const all = rows();
    return (all.length <= MOST_BARS ? all : all.filter(row => figures.variants[row.variant].front).slice(0, MOST_BARS)).reverse();
  };
  const several = new Set(figures.latency.map(row => row.runtime)).size > 1;
  const named = row => (several ? `${row.runtime}: ` : '') + figures.variants[row.variant].label;
  const micro = { form: 'MICROS', label: 'latency of a call', larger: false };

  function draw() {
    const bars = drawn();
    const narrow = window.innerWidth < 700;
    const across = measureAxis(micro, bars.flatMap(row => [row.p50, row.p99]), true, { nameGap: 30 });
    return {
      grid: { left: narrow ? 12 : 320, right: 24, top: 8, bottom: 48 },
      tooltip: {
        ...chartStyle().tooltip,
        trigger: 'item',
        formatter: event => {
          const row = bars[event.dataIndex];
          const line = (name, value) => html`<tr><th>${name}</th><td>${micros(value)}</td></tr>`;
          return `<div class="card">${html`<b>${figures.variants[row.variant].label}</b>`}<p>${html`batch ${row.batch}${several ? `, ${row.runtime}` : ''}, ${row.device}, ${row.precision}`}${row.unstable ? ' · unstable' : ''}</p>`
            + `<table>${line('p50', row.p50)}${line('p90', row.p90)}${line('p99', row.p99)}${line('middle half', row.iqr)}${row.margin === undefined ? '' : html`<tr><th>interval of p50</th><td>± ${Math.round(100 * row.margin)} %</td></tr>`}</table></div>`;
        },
      },
      xAxis: across.axis,
      yAxis: axis('', {
        type: 'category',
        data: bars.map(named),
        axisTick: { show: false },
        axisLabel: {
          color: token('ink'), fontSize: 12, interval: 0, width: narrow ? window.innerWidth - 60 : 300, overflow: 'truncate',
          ...(narrow ? { inside: true, verticalAlign: 'bottom', padding: [0, 0, 5, 0], margin: 0 } : {}),
        },
        z: 5,
      }),
      series: [{
        type: 'custom',
        data: bars.map((row, place) => ({ value: [row.p50 / across.scale, row.p90 / across.scale, row.p99 / across.scale, place], variant: row.variant })),
        encode: { x: [0, 1, 2], y: 3 },
        renderItem: (parameters, api) => {
          const row = bars[parameters.dataIndex];
          const colour = familyShade(figures.variants[row.variant].family);
          const at = [0, 1, 2].map(i => api.coord([api.value(i), api.value(3)]));
          const drop = narrow ? 6 : 0;
          const bar = (from, to, width, opacity) => ({ type: 'line', shape: { x1: from[0], y1: from[1] + drop, x2: to[0], y2: to[1] + drop }, style: { stroke: colour, lineWidth: width, opacity } });
          return {
            type: 'group',
            children: [
              { type: 'rect', shape: { x: at[0][0] - 8, y: at[0][1] - 9, width: at[2][0] - at[0][0] + 16, height: 18 }, style: { fill: 'transparent' } },
              bar(at[1], at[2], 2, 0.6), bar(at[0], at[1], 6, 0.6),
              { type: 'circle', shape: { cx: at[0][0], cy: at[0][1] + drop, r: 5 }, style: { fill: row.unstable ? token('paper') : colour, stroke: colour, lineWidth: 2 } },
            ],
          };
        },
      }],
    };
  }
  const bars = chartFigure({
    label: 'Latency of each variant',
    height: () => 64 + drawn().length * (window.innerWidth < 700 ? 36 : 22),
    controls: batches.length > 1 ? [choice('Batch', batches.map(size => [String(size), `${size} ${size === 1 ? 'image' : 'images'}`]), String(batch), value => { batch = Number(value); bars.redraw(); })] : [],
    draw,
    table: () => ({
      columns: [{ title: 'Variant' }, ...(several ? [{ title: 'runtime' }] : []), ...['batch', 'p50', '95 % interval', 'p90', 'p99', 'middle half'].map(title => ({ title, number: true })), { title: 'steady' }],
      rows: rows().map(row => [figures.variants[row.variant].label, ...(several ? [row.runtime] : []), String(row.batch), micros(row.p50), row.margin === undefined ? NOTHING : `± ${Math.round(100 * row.margin)} %`, micros(row.p90), micros(row.p99), micros(row.iqr), row.unstable ? 'no' : 'yes']),
    }),
    click: showVariant,
  });
  const unstable = figures.latency.filter(row => row.unstable).length;
  section('latency', 'Latency', 'Latency of the network as deployed, with batch norms folded. A dot is the median; the thick bar ends at the 90th '
    + 'percentile, the thin one at the 99th.' + (unstable > 0 ? ` Hollow dots are unstable: the interquartile range of the samples is more than a tenth of the median (${unstable} of ${figures.latency.length}).` : '')
    + (rows().length > MOST_BARS ? ' Only the front is drawn; the table has all.' : ''), bars.figure);
}
