/* Parallel coordinates: every variant as a line over its knobs and measures. */

const MOST_PARALLEL = 400;

function parallel() {
  const measured = figures.measures.filter(measure => new Set(figures.variants.map(variant => variant.values[measure.key]).filter(value => value !== undefined)).size > 1);
  if (figures.leading === undefined || measured.length < 2 || figures.variants.length < 3) {
    section('parallel');
    return;
  }
  const shown = new Set(figures.families);
  let withKnobs = false;
  let frontOnly = false;

  function lines() {
    const all = figures.variants.map((variant, index) => ({ variant, index }))
      .filter(({ variant }) => variant.values[figures.leading] !== undefined && shown.has(variant.family) && (!frontOnly || variant.front));
    return all.length <= MOST_PARALLEL ? all
      : [...all].sort((one, other) => other.variant.front - one.variant.front || other.variant.values[figures.leading] - one.variant.values[figures.leading]).slice(0, MOST_PARALLEL);
  }
  function axes(all) {
    const knobs = withKnobs ? figures.knobs.filter(knob => new Set(all.map(({ variant }) => variant.knobs[knob])).size > 1).slice(0, 6) : [];
    const leads = [figures.leading, figures.cost];
    const few = [...measured].sort((one, other) => leads.includes(other.key) - leads.includes(one.key)).slice(0, window.innerWidth < 700 ? 5 : 7);
    return [
      ...knobs.map(knob => ({ name: knob, of: variant => variant.knobs[knob] ?? 'none', values: ordered(all.map(({ variant }) => variant.knobs[knob] ?? 'none')) })),
      ...few.map(measure => ({ name: measure.label, measure, of: variant => variant.values[measure.key] })),
    ];
  }
  function draw() {
    const all = lines();
    const dimensions = axes(all);
    const narrow = window.innerWidth < 700;
    const row = ({ variant, index }) => ({ value: dimensions.map(dimension => dimension.of(variant) ?? '-'), variant: index });
    const chosen = all.find(({ index }) => index === selected);
    const scaled = dimension => {
      const values = all.map(({ variant }) => dimension.of(variant)).filter(value => value !== undefined);
      const [least, most] = [Math.min(...values), Math.max(...values)];
      const logarithmic = dimension.measure.wide && least > 0 && most > 4 * least;
      const pad = (most - least) * 0.04 || Math.abs(most) * 0.01 || 1;
      return logarithmic ? { type: 'log', min: least / 1.06, max: most * 1.06 } : { type: 'value', min: least - pad, max: most + pad };
    };
    return {
      tooltip: { ...chartStyle().tooltip, trigger: 'item', formatter: event => event.data?.variant === undefined ? '' : variantCard(event.data.variant) },
      parallel: narrow
        ? { layout: 'vertical', left: 20, right: 30, top: 30, bottom: 20 }
        : { left: 72, right: 72, top: 44, bottom: 28 },
      parallelAxis: dimensions.map((dimension, dim) => ({
        dim,
        name: dimension.name,
        ...(dimension.measure ? scaled(dimension) : { type: 'category', data: dimension.values }),
        nameLocation: narrow ? 'start' : 'end',
        nameGap: narrow ? 6 : 14,
        nameTextStyle: { color: token('ink'), fontSize: 12, ...(narrow ? { align: 'left', verticalAlign: 'bottom', padding: [0, 0, 12, 0] } : { width: 130, overflow: 'break' }) },
        axisLine: { lineStyle: { color: token('soft') } },
        axisTick: { lineStyle: { color: token('line') } },
        axisLabel: {
          color: token('soft'), fontSize: 11, hideOverlap: true, showMinLabel: false, showMaxLabel: false,
          ...(dimension.measure ? { formatter: value => tickOf(dimension.measure, value) } : { showMinLabel: true, showMaxLabel: true, width: 90, overflow: 'truncate' }),
        },
        areaSelectStyle: { width: 16, borderColor: token('accent'), color: token('accent'), opacity: 0.25 },
      })),
      series: [
        ...figures.families.filter(family => shown.has(family)).map(family => ({
          type: 'parallel',
          name: family,
          smooth: false,
          inactiveOpacity: 0.05,
          activeOpacity: 0.9,
          lineStyle: { color: familyShade(family), width: 1.5, opacity: chosen ? 0.3 : 0.6 },
          emphasis: { lineStyle: { width: 3, opacity: 1 } },
          data: all.filter(({ variant }) => variant.family === family).map(point => ({ ...row(point), lineStyle: point.variant.front ? { width: 2.5, opacity: chosen ? 0.5 : 0.9 } : {} })),
        })),
        { type: 'parallel', name: 'selected', silent: true, z: 5, lineStyle: { color: token('accent'), width: 4, opacity: 1 }, data: chosen ? [row(chosen)] : [] },
      ],
    };
  }
  const chart = chartFigure({
    label: 'Every variant over its measures, as a line',
    height: () => window.innerWidth < 700 ? 420 : 360,
    controls: [
      tick('knobs too', false, value => { withKnobs = value; chart.redraw(); }),
      tick('front only', false, value => { frontOnly = value; chart.redraw(); }),
      ...(figures.families.length > 1 ? [familyChips(shown, () => chart.redraw())] : []),
    ],
    draw,
    selects: true,
    click: select,
    table: () => {
      const all = lines();
      const dimensions = axes(all);
      return {
        columns: [{ title: 'Variant' }, ...dimensions.map(dimension => ({ title: dimension.name, number: true }))],
        rows: all.map(({ variant, index }) => [element('button', { class: 'link', type: 'button', onclick: () => select(index) }, variant.label),
          ...dimensions.map(dimension => dimension.measure ? written(dimension.measure, dimension.of(variant)) : dimension.of(variant))]),
        places: all.map(({ index }) => index),
      };
    },
  });
  section('parallel', 'All measures', 'A line is a variant; it crosses each axis at its value. Strong lines are on the front. Drag along an axis to keep the lines that cross it there, and press the axis to let all back in.'
    + (figures.variants.length > MOST_PARALLEL ? ` The front and the best are drawn, ${MOST_PARALLEL} in all.` : ''), chart.figure);
}
