/* Importance: the share of the variance between variants that each knob, and each pair of knobs, explains. */

function importance() {
  if (figures.importance.length === 0) {
    section('importance');
    return;
  }
  const MOST = 14;
  let shown = figures.importance[0];
  const percent = share => `${(100 * share).toFixed(1).replace('-', '−')} %`;
  const colours = () => ({ axis: familyShade(shown.family), pair: sheer(familyShade(shown.family), 0.6), rest: token('soft'), noise: token('line') });
  const drawn = () => shown.shares.length <= MOST ? shown.shares : shown.shares.filter((one, place) => place < MOST - 3 || place >= shown.shares.length - 3);
  const words = element('p', { class: 'notice' });

  function draw() {
    words.textContent = `${shown.words}.` + (shown.balanced ? '' : ' The grid has gaps, so each share is what a knob adds to a least-squares fit of the others.');
    const rows = [...drawn()].reverse();
    const narrow = window.innerWidth < 700;
    return {
      grid: { left: narrow ? 12 : 260, right: 60, top: 8, bottom: 48 },
      tooltip: { ...chartStyle().tooltip, trigger: 'item', formatter: event => `<div class="card">${html`<b>${rows[event.dataIndex].name}</b><p>${percent(rows[event.dataIndex].share)} of the variance of ${shown.measure}`}</p></div>` },
      xAxis: axis(`share of the variance of ${shown.measure}`, { type: 'value', min: value => Math.min(0, value.min), nameGap: 30, axisLabel: { color: token('soft'), fontSize: 12, hideOverlap: true, formatter: value => `${Math.round(100 * value)} %` } }),
      yAxis: axis('', {
        type: 'category', data: rows.map(row => row.name), axisTick: { show: false }, z: 5,
        axisLabel: {
          color: token('ink'), fontSize: 12, interval: 0, width: narrow ? window.innerWidth - 60 : 240, overflow: 'truncate',
          ...(narrow ? { inside: true, verticalAlign: 'bottom', padding: [0, 0, 8, 0], margin: 0 } : {}),
        },
      }),
      series: [{
        type: 'bar',
        barWidth: narrow ? 8 : 14,
        barGap: 0,
        data: rows.map(row => ({ value: row.share, itemStyle: { color: colours()[row.kind] } })),
        label: { show: true, position: 'right', color: token('soft'), fontSize: 12, formatter: event => percent(event.value) },
        ...(narrow ? { symbolOffset: [0, 8] } : {}),
      }],
    };
  }
  const chart = chartFigure({
    label: 'Share of the variance by knob and pair of knobs',
    height: () => 64 + drawn().length * (window.innerWidth < 700 ? 42 : 25),
    controls: figures.importance.length > 1
      ? [choice('Family', figures.importance.map(one => [one.family, one.family]), shown.family, value => { shown = figures.importance.find(one => one.family === value); chart.redraw(); })]
      : [],
    draw,
    table: () => ({
      columns: [{ title: 'Family' }, { title: 'Part' }, { title: 'share', number: true }],
      rows: figures.importance.flatMap(one => one.shares.map(part => [one.family, part.name, percent(part.share)])),
    }),
  });
  section('importance', 'Importance', 'The share of the variance between the variants of a family that each knob explains alone (its main effect) and each pair of knobs explains together beyond that. '
    + 'Seeds alone would give every part some share; that much is counted as seeds and not as a knob. The shares hold for the values in this grid: a knob that was varied over a wider range explains more.',
    chart.figure, words);
}
