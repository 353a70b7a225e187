/* Losses at the narrow ends: activations that ReLU silenced, and directions that carry nothing. */

function narrowEnds() {
  if (figures.narrowEnds.length === 0) {
    section('narrow-ends');
    return;
  }
  const share = { form: 'SHARE', larger: true };
  function draw() {
    const point = loss => ({ loss, variant: loss.variant, value: [loss.dead, loss.rank] });
    return {
      grid: { left: 66, right: 20, top: 34, bottom: 48 },
      legend: { top: 0, left: 50, textStyle: { color: token('ink'), fontSize: 12 } },
      tooltip: {
        ...chartStyle().tooltip,
        trigger: 'item',
        formatter: event => {
          const variant = figures.variants[event.data.variant];
          return `<div class="card">${html`<b>${variant.label}</b>`}<table>${html`<tr><th>silenced</th><td>${written(share, event.data.value[0])}</td></tr>`
            + html`<tr><th>rank kept</th><td>${written(share, event.data.value[1])}</td></tr><tr><th>validation accuracy</th><td>${written(share, variant.values.validation_accuracy)}</td></tr>`}</table></div>`;
        },
      },
      xAxis: axis('activations silenced at the narrow ends', { type: 'value', min: 0, nameGap: 30, axisLabel: { color: token('soft'), fontSize: 12, formatter: value => tickOf(share, value) } }),
      yAxis: axis('effective rank, share of channels', { type: 'value', min: 0, max: 1, nameGap: 50, axisLabel: { color: token('soft'), fontSize: 12, formatter: value => tickOf(share, value) } }),
      series: figures.families.map(family => ({
        type: 'scatter', name: family, symbol: familyShape(family), symbolSize: 11,
        itemStyle: { color: sheer(familyShade(family), 0.7), borderColor: familyShade(family) },
        data: figures.narrowEnds.filter(loss => figures.variants[loss.variant].family === family).map(point),
      })),
    };
  }
  const chart = chartFigure({
    label: 'Losses at the narrow ends of each variant',
    height: 340,
    draw,
    table: () => ({
      columns: [{ title: 'Variant' }, ...['silenced', 'rank kept', 'validation accuracy'].map(title => ({ title, number: true }))],
      rows: figures.narrowEnds.map(loss => [figures.variants[loss.variant].label, written(share, loss.dead), written(share, loss.rank), written(share, figures.variants[loss.variant].values.validation_accuracy)]),
    }),
    click: showVariant,
  });
  section('narrow-ends', 'Narrow ends', 'Measured on validation images with the final weights, means over the blocks of a variant: the share of activations that a ReLU '
    + 'at the narrow end set to zero, and the effective rank of its channels. High and left keeps most.', chart.figure);
}
