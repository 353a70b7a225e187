/* Slices: a measure along one knob, with all other knobs as they are. */

const MOST_LINES = 60;

function slices() {
  const families = figures.families.filter(family => axesOf(family).length > 0);
  const measured = figures.measures.filter(measure => figures.variants.some(variant => variant.values[measure.key] !== undefined));
  if (families.length === 0 || measured.length === 0 || figures.leading === undefined) {
    section('slices');
    return;
  }
  let family = families[0];
  let knob = axesOf(family)[0];
  let y = figures.leading;
  const axisChoice = element('span');

  function chooseAxis() {
    knob = axesOf(family).includes(knob) ? knob : axesOf(family)[0];
    axisChoice.replaceChildren(choice('x axis', axesOf(family).map(name => [name, name]), knob, value => { knob = value; chart.redraw(); }));
  }
  function points() {
    return figures.variants
      .map((variant, index) => ({ variant, index, x: variant.knobs[knob], y: variant.values[y] }))
      .filter(point => point.variant.family === family && point.x !== undefined && point.y !== undefined);
  }
  /** Points that have all other knobs alike, along the axis. */
  function lines(all, values) {
    const groups = new Map();
    all.forEach(point => {
      const key = heldBut(knob, point.variant);
      groups.set(key, [...(groups.get(key) ?? []), point]);
    });
    return [...groups.values()].map(group => group.sort((one, other) => values.indexOf(one.x) - values.indexOf(other.x)));
  }
  function means(all, values) {
    return values.map(value => {
      const own = all.filter(point => point.x === value);
      return own.length === 0 ? '-' : own.reduce((sum, point) => sum + point.y, 0) / own.length;
    });
  }
  function draw() {
    const all = points();
    const values = ordered(all.map(point => point.x));
    const colour = familyShade(family);
    const own = all.find(point => point.index === selected);
    const key = own && heldBut(knob, own.variant);
    const along = lines(all, values);
    // Of very many, those with the best variants are drawn; the mean is of all.
    const better = line => Math.max(...line.map(point => measures.get(y).larger ? point.y : -point.y));
    const drawn = along.length <= MOST_LINES ? along : [...along].sort((one, other) => better(other) - better(one)).slice(0, MOST_LINES);
    const up = measureAxis(measures.get(y), all.map(point => point.y), spreads(y), { nameGap: 58 });
    return {
      grid: { left: 78, right: 24, top: 16, bottom: 52 },
      tooltip: { ...chartStyle().tooltip, trigger: 'item', formatter: event => event.data?.variant === undefined ? '' : variantCard(event.data.variant) },
      xAxis: axis(knob, { type: 'category', data: values, nameGap: 30, boundaryGap: true, splitLine: { show: false } }),
      yAxis: up.axis,
      series: [
        ...drawn.map(line => {
          const chosen = key !== undefined && heldBut(knob, line[0].variant) === key;
          return {
            type: 'line',
            data: line.map(point => ({
              value: [point.x, point.y / up.scale], variant: point.index,
              symbolSize: point.index === selected ? 15 : 8,
              itemStyle: { color: point.index === selected ? token('accent') : colour, borderColor: token('ink'), borderWidth: point.variant.front ? 1.5 : 0 },
            })),
            symbol: familyShape(family),
            showSymbol: true,
            triggerLineEvent: false,
            lineStyle: { color: chosen ? token('accent') : colour, width: chosen ? 3 : 1.25, opacity: key === undefined || chosen ? 0.8 : 0.3 },
            z: chosen ? 5 : 3,
          };
        }),
        {
          type: 'line', name: 'mean', silent: true, symbol: 'none', data: means(all, values).map(mean => mean === '-' ? mean : mean / up.scale),
          lineStyle: { color: token('soft'), width: 2, type: [5, 4] }, z: 2,
        },
      ],
    };
  }
  const chart = chartFigure({
    label: 'A measure along one knob',
    height: () => window.innerWidth < 700 ? 320 : 380,
    controls: [
      choice('Family', families.map(name => [name, name]), family, value => { family = value; chooseAxis(); chart.redraw(); }),
      choice('y axis', measured.map(measure => [measure.key, measure.label]), y, value => { y = value; chart.redraw(); }),
      axisChoice,
    ],
    draw,
    selects: true,
    click: select,
    table: () => {
      const all = points();
      const values = ordered(all.map(point => point.x));
      return {
        columns: [{ title: 'Other knobs as in' }, ...values.map(value => ({ title: `${knob} ${value}`, number: true }))],
        rows: [
          ['mean', ...means(all, values).map(mean => mean === '-' ? NOTHING : written(measures.get(y), mean))],
          ...lines(all, values).map(line => [line[0].variant.label,
            ...values.map(value => written(measures.get(y), line.find(point => point.x === value)?.y))]),
        ],
      };
    },
  });
  chooseAxis();
  const solved = figures.solved.length === 0 ? '' : ` The study solves ${figures.solved.join(' and ')} for equal cost, so variants along a line cost the same.`;
  section('slices', 'Slices', `A measure along one knob. A line joins variants that have every other knob alike; the dashed line is the mean over all variants with a value.${solved}`
    + ' Select a mark to see its variant everywhere.', chart.figure);
}
