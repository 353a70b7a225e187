/* Learning curves: the trials that represent each variant, epoch by epoch. */

const EPOCH_MEASURES = [
  ['validation_mean_iou', 'mean IoU on validation images', 'SHARE'],
  ['validation_dice', 'Dice on validation images', 'SHARE'],
  ['validation_accuracy', 'validation accuracy', 'SHARE'],
  ['train_accuracy', 'training accuracy', 'SHARE'],
  ['validation_loss', 'validation loss (nats)', 'NUMBER'],
  ['train_loss', 'training loss', 'NUMBER'],
  ['first_layer_gradient_norm', 'gradient norm at the first layer', 'NUMBER'],
];
const MOST_CURVES = 12;

function learning() {
  const available = EPOCH_MEASURES.filter(([key]) => figures.curves.some(curve => curve.bands[key]));
  if (available.length === 0) {
    section('learning');
    return;
  }
  let key = available[0][0];
  let which = figures.curves.some(curve => figures.variants[curve.variant].front) ? 'front' : 'best';
  const leading = figures.leading;
  const value = curve => figures.variants[curve.variant].values[leading] ?? -Infinity;

  function chosen() {
    const curves = figures.curves.filter(curve => curve.bands[key]);
    const wanted = which === 'front' ? curves.filter(curve => figures.variants[curve.variant].front)
      : which === 'best' ? curves
        : curves.filter(curve => figures.variants[curve.variant].family === which);
    const sorted = [...wanted].sort((one, other) => value(other) - value(one));
    const own = curves.find(curve => curve.variant === selected);
    return own === undefined ? sorted : [own, ...sorted.filter(curve => curve !== own)];
  }
  function form(number) {
    return available.find(([name]) => name === key)[2] === 'SHARE' ? `${(100 * number).toFixed(1)} %` : digits(number);
  }
  function draw() {
    const curves = chosen().slice(0, MOST_CURVES);
    const epochs = Math.max(...curves.map(curve => curve.bands[key].mean.length));
    const share = available.find(([name]) => name === key)[2] === 'SHARE';
    const label = { color: token('soft'), fontSize: 12, formatter: number => share ? `${Number((100 * number).toFixed(1))} %` : String(Number(number.toPrecision(6))) };
    const names = curves.map(curve => figures.variants[curve.variant].label);
    const legend = window.innerWidth < 700 || curves.length > 8;
    return {
      grid: { left: 66, right: legend ? 16 : 350, top: 14, bottom: legend ? 52 + 22 * Math.min(curves.length, 6) : 46 },
      legend: legend
        ? { data: names, type: 'scroll', orient: 'vertical', left: 4, bottom: 0, height: 22 * Math.min(curves.length, 6), icon: 'roundRect', itemHeight: 3, textStyle: { color: token('ink'), fontSize: 12 }, pageTextStyle: { color: token('soft') }, pageIconColor: token('accent'), pageIconInactiveColor: token('line') }
        : { data: names, orient: 'vertical', right: 4, top: 'middle', icon: 'roundRect', itemHeight: 3, textStyle: { color: token('ink'), fontSize: 12, width: 300, overflow: 'truncate' } },
      tooltip: {
        ...chartStyle().tooltip,
        trigger: 'axis',
        formatter: marks => {
          const lines = marks.filter(mark => !mark.seriesName.startsWith('band')).sort((one, other) => other.value[1] - one.value[1])
            .map(mark => `<tr><th>${mark.marker}${html`${mark.seriesName}`}</th><td>${form(mark.value[1])}</td></tr>`);
          return `<div class="card"><b>epoch ${marks[0].value[0]}</b><table>${lines.join('')}</table></div>`;
        },
      },
      xAxis: axis('epoch', { type: 'value', min: 1, max: Math.max(2, epochs), minInterval: 1, nameGap: 28, splitLine: { show: false } }),
      yAxis: axis('', { type: 'value', scale: true, axisLabel: label }),
      series: curves.flatMap((curve, place) => lines(curve, place)),
    };
  }
  function lines(curve, place) {
    const variant = figures.variants[curve.variant];
    const band = curve.bands[key];
    const colour = shade(place);
    const line = {
      type: 'line',
      name: variant.label,
      data: band.mean.map((mean, epoch) => [epoch + 1, mean]),
      symbol: familyShape(variant.family),
      symbolSize: 6,
      showSymbol: band.mean.length <= 12,
      itemStyle: { color: colour },
      lineStyle: { color: colour, width: curve.variant === selected ? 4 : 1.75, type: place >= SHADES ? 'dashed' : 'solid' },
      emphasis: { focus: 'series' },
      z: 3,
    };
    if (!band.low) {
      return [line];
    }
    const corners = [...band.low.map((low, epoch) => [epoch + 1, low]), ...band.high.map((high, epoch) => [epoch + 1, high]).reverse()];
    return [{
      type: 'custom',
      name: `band ${place}`,
      silent: true,
      z: 1,
      data: corners,
      renderItem: (parameters, api) => parameters.dataIndex > 0 ? null : {
        type: 'polygon', shape: { points: corners.map(corner => api.coord(corner)) }, style: { fill: colour, opacity: 0.13 },
      },
    }, line];
  }
  const curves = chartFigure({
    label: 'Learning curves',
    height: () => window.innerWidth < 700 ? 420 : 380,
    controls: [
      choice('Measure', available, key, value => { key = value; curves.redraw(); }),
      choice('Of', [['front', 'the front'], ['best', `the best ${Math.min(MOST_CURVES, figures.curves.length)}`], ...figures.families.map(family => [family, family])], which,
        value => { which = value; curves.redraw(); }),
    ],
    draw,
    selects: true,
    table: () => {
      const wanted = chosen();
      const epochs = Math.max(0, ...wanted.map(curve => curve.bands[key].mean.length));
      return {
        columns: [{ title: 'Variant' }, ...Array.from({ length: epochs }, (_, epoch) => ({ title: `epoch ${epoch + 1}`, number: true }))],
        rows: wanted.map(curve => [figures.variants[curve.variant].label,
          ...Array.from({ length: epochs }, (_, epoch) => curve.bands[key].mean[epoch] === undefined ? NOTHING : form(curve.bands[key].mean[epoch]))]),
      };
    },
  });
  const several = figures.curves.some(curve => Object.values(curve.bands).some(band => band.low));
  section('learning', 'Learning', `Means over the seeds of each variant${several ? '; the band covers the least to the greatest of them' : ', of one seed each'}. `
    + `At most ${MOST_CURVES} are drawn, the best first; the table has all of the selection.`, curves.figure);
}
