/* Families as a whole: the share of a family's variants whose error is below a value. */

function distributions() {
  const families = figures.distributions;
  if (families.length === 0 || figures.variants.length < 3) {
    section('distributions');
    return;
  }
  const percent = value => `${Number((100 * value).toFixed(1))} %`;
  const all = families.flatMap(family => family.errors);
  const pad = Math.max(0.002, 0.05 * (Math.max(...all) - Math.min(...all)));
  const left = Math.max(0, Math.min(...all) - pad);
  const right = Math.max(...all) + pad;

  function draw() {
    return {
      grid: { left: 62, right: 20, top: 34, bottom: 48 },
      legend: { top: 0, left: 50, icon: 'roundRect', itemHeight: 3, textStyle: { color: token('ink'), fontSize: 12 } },
      tooltip: {
        ...chartStyle().tooltip,
        trigger: 'item',
        formatter: event => `<div class="card">${html`<b>${event.seriesName}</b><p>${percent(event.value[1])} of its variants have an error of at most ${(100 * event.value[0]).toFixed(2)} %</p>`}</div>`,
      },
      xAxis: axis('error: 1 − validation accuracy', { type: 'value', min: left, max: right, nameGap: 30, axisLabel: { color: token('soft'), fontSize: 12, hideOverlap: true, showMinLabel: false, showMaxLabel: false, formatter: percent } }),
      yAxis: axis('share of variants', { type: 'value', min: 0, max: 1, nameGap: 46, axisLabel: { color: token('soft'), fontSize: 12, formatter: percent } }),
      series: families.map(family => ({
        type: 'line',
        name: family.family,
        step: 'end',
        symbol: familyShape(family.family),
        symbolSize: (value, mark) => mark.dataIndex === 0 || mark.dataIndex > family.errors.length ? 0 : family.errors.length > 60 ? 3 : 6,
        showSymbol: true,
        itemStyle: { color: familyShade(family.family) },
        lineStyle: { color: familyShade(family.family), width: 1.75 },
        data: [[left, 0], ...family.errors.map((error, place) => [error, (place + 1) / family.errors.length]), [right, 1]],
      })),
    };
  }
  const chart = chartFigure({
    label: 'Distribution of the errors of each family',
    height: 320,
    draw,
    table: () => ({
      columns: [{ title: 'Family' }, { title: 'Variants', number: true }, { title: 'least error', number: true }, { title: 'greatest error', number: true }],
      rows: families.map(family => [family.family, String(family.errors.length), `${(100 * family.errors[0]).toFixed(2)} %`, `${(100 * family.errors.at(-1)).toFixed(2)} %`]),
    }),
  });
  section('distributions', 'Families', 'Families as a whole, not by their best variant: the share of a family’s variants whose error is '
    + 'at most a value. A curve further left and higher belongs to a family that is good without a search.', chart.figure);
}
