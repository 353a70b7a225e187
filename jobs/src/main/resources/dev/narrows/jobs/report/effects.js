/* Effects: the change from one value of a knob to another, with everything else held. */

const MOST_EFFECTS = 40;

function effects() {
  const steps = figures.effects.filter(step => step.value !== undefined && step.value !== null);
  if (steps.length === 0) {
    section('effects');
    return;
  }
  const shown = new Set(figures.families);
  const visible = () => steps.filter(step => shown.has(step.family));
  // Of very many, the largest are drawn, in their order.
  const drawn = () => {
    const all = visible();
    const largest = new Set([...all].sort((one, other) => Math.abs(other.value) - Math.abs(one.value)).slice(0, MOST_EFFECTS));
    return all.filter(step => largest.has(step));
  };
  const name = step => `${step.family}: ${step.axis} ${step.from} → ${step.to}`;
  const cost = step => Math.abs(step.macs - 1) <= 0.05 ? 'equal MACs' : `${digits(step.macs)} × MACs`;

  function draw() {
    const rows = drawn().reverse();
    const narrow = window.innerWidth < 700;
    const ends = rows.flatMap(step => [0, 100 * step.value, 100 * (step.low ?? step.value), 100 * (step.high ?? step.value)]);
    const pad = Math.max(0.2, 0.06 * (Math.max(...ends) - Math.min(...ends)));
    return {
      grid: { left: narrow ? 12 : 380, right: narrow ? 16 : 110, top: 8, bottom: 48 },
      tooltip: {
        ...chartStyle().tooltip,
        trigger: 'item',
        formatter: event => `<div class="card">${html`<b>${rows[event.dataIndex].words}</b>`}</div>`,
      },
      xAxis: axis(`points of ${qualityName()}, 95 % interval`, {
        type: 'value', nameGap: 30, min: Math.min(...ends) - pad, max: Math.max(...ends) + pad,
        axisLabel: { color: token('soft'), fontSize: 12, hideOverlap: true, showMinLabel: false, showMaxLabel: false, formatter: value => value > 0 ? `+${Number(value.toFixed(2))}` : String(Number(value.toFixed(2))).replace('-', '−') },
      }),
      yAxis: axis('', {
        type: 'category',
        data: rows.map(name),
        axisTick: { show: false },
        axisLine: { show: false },
        z: 5,
        axisLabel: {
          color: token('ink'), fontSize: 12, interval: 0, width: narrow ? window.innerWidth - 60 : 360, overflow: 'truncate',
          ...(narrow ? { inside: true, verticalAlign: 'bottom', padding: [0, 0, 5, 0], margin: 0 } : {}),
        },
      }),
      series: [{
        type: 'custom',
        data: rows.map((step, place) => ({ value: [100 * step.value, place, 100 * (step.low ?? step.value), 100 * (step.high ?? step.value)] })),
        encode: { x: [0, 2, 3], y: 1 },
        markLine: { silent: true, symbol: 'none', label: { show: false }, lineStyle: { color: token('soft'), type: 'solid', width: 1 }, data: [{ xAxis: 0 }] },
        renderItem: (parameters, api) => {
          const step = rows[parameters.dataIndex];
          const drop = narrow ? 7 : 0;
          const [at, low, high] = [0, 2, 3].map(i => api.coord([api.value(i), api.value(1)]));
          const colour = familyShade(step.family);
          const part = selected === undefined || touchesSelected(step);
          const line = (from, to, width) => ({ type: 'line', shape: { x1: from, y1: at[1] + drop, x2: to, y2: at[1] + drop }, style: { stroke: colour, lineWidth: width, opacity: part ? 1 : 0.25 } });
          const right = parameters.coordSys.x + parameters.coordSys.width;
          return {
            type: 'group',
            children: [
              { type: 'rect', shape: { x: parameters.coordSys.x, y: at[1] - 10, width: parameters.coordSys.width, height: 20 }, style: { fill: 'transparent' } },
              ...(step.low === undefined ? [] : [line(low[0], high[0], step.settled ? 3 : 1.5)]),
              { type: 'circle', shape: { cx: at[0], cy: at[1] + drop, r: 5 }, style: { fill: step.settled ? colour : token('paper'), stroke: colour, lineWidth: 2, opacity: part ? 1 : 0.25 } },
              ...(narrow ? [] : [{ type: 'text', x: right + 12, y: at[1], style: { text: cost(step), fill: token('soft'), font: `12px ${getComputedStyle(document.body).fontFamily}`, verticalAlign: 'middle' } }]),
            ],
          };
        },
      }],
    };
  }
  const chart = chartFigure({
    label: `Effect of each knob on the ${qualityName()}`,
    height: () => 60 + Math.max(1, drawn().length) * (window.innerWidth < 700 ? 38 : 25),
    controls: figures.families.length > 1 ? [familyChips(shown, () => chart.redraw())] : [],
    draw,
    selects: true,
    table: () => ({
      columns: [{ title: 'Family' }, { title: 'Knob' }, { title: 'From' }, { title: 'To' }, ...['points', 'from', 'to', 'pairs', 'params ×', 'MACs ×'].map(title => ({ title, number: true })), { title: 'Settled' }],
      rows: visible().map(step => [step.family, step.axis, step.from, step.to, points(step.value),
        step.low === undefined ? NOTHING : points(step.low), step.high === undefined ? NOTHING : points(step.high),
        String(step.pairs), digits(step.params), digits(step.macs), step.low === undefined ? 'not known' : step.settled ? 'yes' : 'no']),
    }),
  });
  const known = steps.some(step => step.low !== undefined);
  section('effects', 'Effects', `The effect of one step of a knob on the ${qualityName()}, over pairs of variants that differ only in this knob, trained with the same seeds. `
    + (known ? 'A filled dot is settled: its interval does not contain zero. A hollow dot is not settled by these seeds and images.'
      : 'No interval is drawn: one seed does not show the variation between seeds.')
    + (steps.length > MOST_EFFECTS ? ` The ${MOST_EFFECTS} largest are drawn; the table has all.` : ''), chart.figure);
}
