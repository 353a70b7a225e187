/* The Pareto front, over any two measures. */

function variantCard(index) {
  const variant = figures.variants[index];
  const lines = figures.measures
    .filter(measure => variant.values[measure.key] !== undefined)
    .map(measure => html`<tr><th>${measure.label}</th><td>${written(measure, variant.values[measure.key])}</td></tr>`);
  const front = (variant.front ? 'on the front' : 'not on the front') + (variant.certainty === undefined ? '' : `, ${chance(variant.certainty)} likely`);
  if (variant.predicted !== undefined) {
    const measure = measures.get(figures.predicts);
    lines.unshift(html`<tr><th>predicted ${measure.label}</th><td>${written(measure, variant.predicted)}</td></tr>`);
  }
  const begun = variant.outcomes === 'not yet' ? 'not trained' : variant.outcomes;
  const state = variant.predicted === undefined ? `${front} · ${variant.outcomes}` : `${begun} by the search`;
  return `<div class="card">${html`<b>${variant.label}</b><p>${state}</p>`}<table>${lines.join('')}</table></div>`;
}

/** True where differences and intervals are of accuracy, and not of another measure of quality. */
function comparesAccuracy() {
  return figures.quality === 'validation_accuracy';
}

/** The measure that differences and intervals are of, in a sentence. */
function qualityName() {
  return comparesAccuracy() ? 'accuracy' : measures.get(figures.quality).label;
}

function bestName() {
  return comparesAccuracy() ? 'most accurate variant' : `variant that is best by ${qualityName()}`;
}

/** A label without its family, which the mark shows. */
function shortLabel(variant) {
  return variant.label.startsWith(`${variant.family} `) ? variant.label.slice(variant.family.length + 1) : variant.label;
}

/** The front, what the answer takes for a budget first, then what is likelier on the front. */
function byImportance(points) {
  const taken = new Set(figures.budgets.flatMap(one => one.steps.map(step => step.variant)));
  return points.filter(point => point.variant.front)
    .map(point => ({ ...point, first: taken.has(point.index) }))
    .sort((one, other) => other.first - one.first || (other.variant.certainty ?? 0) - (one.variant.certainty ?? 0));
}

/** True where values of a measure spread so far that a logarithmic axis suits them. */
function spreads(key) {
  const values = figures.variants.map(variant => variant.values[key]).filter(value => value > 0);
  return measures.get(key).wide && Math.max(...values) > 4 * Math.min(...values);
}

function choices() {
  if (figures.measures.length < 2 || !figures.variants.some(variant => figures.measures.some(
      measure => measure.larger && variant.values[measure.key] !== undefined))) {
    section('choices', 'Choices', undefined, element('p', { class: 'notice' },
      'There is no choice yet: no trial has a result.'), frontTable());
    return;
  }
  let x = figures.cost ?? figures.measures[1].key;
  let y = figures.leading ?? figures.measures[0].key;
  let logarithmic = spreads(x);
  let frontOnly = false;
  const shown = new Set(figures.families);
  const options = figures.measures.map(measure => [measure.key, measure.label]);
  const logTick = tick('logarithmic', logarithmic, value => { logarithmic = value; front.redraw(); });

  function visible() {
    return figures.variants
      .map((variant, index) => ({ variant, index, x: variant.values[x], y: variant.values[y] }))
      .filter(point => point.x !== undefined && point.y !== undefined && shown.has(point.variant.family)
        && (!frontOnly || point.variant.front));
  }

  /** Variants that a search has not trained, at the quality that it predicts. */
  function predicted() {
    return y !== figures.predicts || frontOnly ? [] : figures.variants
      .map((variant, index) => ({ variant, index, x: variant.values[x], y: variant.predicted }))
      .filter(point => point.x !== undefined && point.y !== undefined && shown.has(point.variant.family));
  }

  function draw() {
    const visiblePoints = visible();
    const untrained = predicted();
    const all = [...visiblePoints, ...untrained];
    const across = measureAxis(measures.get(x), all.map(point => point.x), logarithmic, { nameGap: 32 });
    const up = measureAxis(measures.get(y), all.map(point => point.y), false, { nameGap: 58 });
    const place = point => [point.x / across.scale, point.y / up.scale];
    const byIndex = new Map(visiblePoints.map(point => [point.index, point]));
    const stairs = figures.fronts[`${x}|${y}`].filter(index => byIndex.has(index)).map(index => place(byIndex.get(index)));
    return {
      grid: { left: 78, right: 20, top: 16, bottom: 52 },
      tooltip: { ...chartStyle().tooltip, trigger: 'item', formatter: event => event.data?.variant === undefined ? '' : variantCard(event.data.variant) },
      xAxis: across.axis,
      yAxis: up.axis,
      series: [
        {
          type: 'line',
          name: 'best of these two',
          silent: true,
          symbol: 'none',
          step: measures.get(x).larger ? 'start' : 'end',
          data: stairs,
          lineStyle: { color: token('soft'), width: 1.25, type: [4, 3] },
          z: 1,
        },
        {
          type: 'scatter',
          name: 'not trained',
          symbol: 'circle',
          symbolSize: 8,
          z: 2,
          itemStyle: { color: 'transparent', borderColor: token('soft'), borderWidth: 1, borderType: 'dashed' },
          data: untrained.map(point => ({ value: place(point), variant: point.index })),
        },
        intervals(visiblePoints, place, up.scale),
        ...figures.families.filter(family => shown.has(family)).map(family => ({
          type: 'scatter',
          name: family,
          symbol: familyShape(family),
          z: 3,
          data: visiblePoints.filter(point => point.variant.family === family).map(point => mark(point, place(point))),
          emphasis: { scale: 1.35 },
        })),
        labels(visiblePoints, place),
        ring(byIndex.get(pointed ?? selected), place, pointed ?? selected),
      ],
    };
  }

  function labels(visiblePoints, place) {
    const named = byImportance(visiblePoints);
    return labelSeries([
      ...named.map(point => ({ value: place(point), radius: size(point) / 2, front: true, text: shortLabel(point.variant), first: point.first })),
      ...visiblePoints.filter(point => !point.variant.front).map(point => ({ value: place(point), radius: size(point) / 2, front: false })),
    ]);
  }

  /** A ring around the variant that is selected or pointed at, with its label. */
  function ring(point, place, index) {
    return {
      id: 'selected',
      type: 'scatter',
      silent: true,
      z: 4,
      symbol: 'circle',
      symbolSize: 26,
      itemStyle: { color: 'transparent', borderColor: token('accent'), borderWidth: 2.5 },
      label: { show: true, position: 'top', formatter: () => figures.variants[index].label, color: token('ink'), fontSize: 12, width: 340, overflow: 'truncate', backgroundColor: token('paper'), padding: [2, 4] },
      data: point === undefined ? [] : [place(point)],
    };
  }

  function selection() {
    const series = draw().series;
    return { series: series.filter(one => one.id === 'selected') };
  }

  function fullness(point) {
    return point.variant.certainty ?? (point.variant.front ? 1 : 0);
  }

  function size(point) {
    return 9 + 6 * fullness(point);
  }

  function mark(point, value) {
    const colour = familyShade(point.variant.family);
    return {
      value,
      variant: point.index,
      symbolSize: size(point),
      itemStyle: {
        color: sheer(colour, 0.3 + 0.6 * fullness(point)),
        borderColor: point.variant.front ? token('ink') : colour,
        borderWidth: point.variant.front ? 1.5 : 1,
      },
    };
  }

  /** Intervals of differences from the best, about its quality; of the front alone where there are many variants. */
  function intervals(visiblePoints, place, scale) {
    const vertical = y === figures.quality;
    const crowded = visiblePoints.length > 60;
    const data = vertical
      ? visiblePoints.filter(point => point.variant.interval && (!crowded || point.variant.front)).map(point => ({
        value: [place(point)[0], point.variant.interval[0] / scale, point.variant.interval[1] / scale],
        itemStyle: { color: familyShade(point.variant.family) },
      }))
      : [];
    return {
      type: 'custom',
      silent: true,
      z: 2,
      data,
      encode: { x: 0, y: [1, 2] },
      renderItem: (parameters, api) => {
        const low = api.coord([api.value(0), api.value(1)]);
        const high = api.coord([api.value(0), api.value(2)]);
        const style = { stroke: api.visual('color'), lineWidth: 1.25, opacity: 0.75 };
        const cap = (at) => ({ type: 'line', shape: { x1: at[0] - 3, y1: at[1], x2: at[0] + 3, y2: at[1] }, style });
        return {
          type: 'group',
          children: [
            { type: 'line', shape: { x1: low[0], y1: low[1], x2: high[0], y2: high[1] }, style }, cap(low), cap(high),
          ],
        };
      },
    };
  }

  const front = chartFigure({
    label: 'Every variant over two measures, the front marked',
    height: () => Math.max(320, Math.min(460, window.innerWidth * 0.8)),
    controls: [
      choice('y axis', options, y, value => { y = value; front.redraw(); }),
      choice('x axis', options, x, value => {
        x = value;
        logarithmic = spreads(x);
        logTick.querySelector('input').checked = logarithmic;
        front.redraw();
      }),
      logTick,
      tick('front only', false, value => { frontOnly = value; front.redraw(); }),
      familyChips(shown, () => front.redraw()),
    ],
    draw,
    table: () => ({
      columns: [{ title: 'Variant' }, { title: measures.get(y).label, number: true }, { title: measures.get(x).label, number: true }, { title: 'On the front' }, { title: 'Probability', number: true }],
      rows: visible().map(point => [point.variant.label, written(measures.get(y), point.y), written(measures.get(x), point.x), point.variant.front ? 'yes' : 'no', chance(point.variant.certainty)]),
      places: visible().map(point => point.index),
    }),
    click: showVariant,
    selection,
    points: true,
  });
  section('choices', 'Choices', 'Each mark is a variant. A strong rim marks the Pareto front: no other variant is better in one of '
    + 'the study’s objectives without being worse in another. The dashed line joins the best variants by the two measures shown. '
    + (figures.uncertain ? '' : 'The larger and fuller a mark, the more likely it is on the front with other seeds and images. ')
    + (figures.variants.some(variant => variant.interval) ? `A bar is the 95 % interval of the difference from the ${bestName()}, drawn around that variant’s ${qualityName()}: where the bar reaches that ${qualityName()}, the difference is not settled. ` : '')
    + (figures.predicts ? 'A hollow dashed circle is a variant that the search has not trained, at its predicted quality. ' : '')
    + 'Labels name the front as far as there is room, first the variants that the answer takes. Point at a mark for its figures, select it to find its row, and point at a name below to find its mark.', front.figure, frontTable());
}

/** The variants of the front, in figures. */
function frontTable() {
  const front = figures.variants.map((variant, index) => ({ variant, index })).filter(({ variant }) => variant.front);
  if (front.length === 0) {
    return undefined;
  }
  const leading = measures.get(figures.leading) ?? figures.measures[0];
  front.sort((one, other) => (other.variant.values[leading.key] ?? -Infinity) - (one.variant.values[leading.key] ?? -Infinity));
  const shown = figures.measures.filter(measure => front.some(({ variant }) => variant.values[measure.key] !== undefined)).slice(0, 5);
  const certain = front.some(({ variant }) => variant.certainty !== undefined);
  const quality = measures.get(figures.quality);
  const tested = quality && front.some(({ variant }) => variant.test !== undefined);
  const columns = [{ title: 'Variant' }];
  if (certain) {
    columns.push({ title: 'on the front', number: true });
  }
  shown.forEach(measure => columns.push({ title: measure.label, number: true }));
  if (tested) {
    columns.push({ title: `test ${quality.label.replace('validation ', '')}`, number: true });
  }
  const rows = front.map(({ variant, index }) => {
    const name = element('button', {
      class: 'link', type: 'button', onclick: () => showVariant(index),
      onfocus: () => pointAt(index), onblur: () => pointAt(undefined), onmouseenter: () => pointAt(index), onmouseleave: () => pointAt(undefined),
    }, variant.label);
    return [name, ...(certain ? [chance(variant.certainty)] : []), ...shown.map(measure => withInterval(variant, measure)),
      ...(tested ? [written(quality, variant.test)] : [])];
  });
  const notes = [
    certain ? 'On the front: share of bootstrap resamples (seeds and validation images) in which the variant is on the front.' : undefined,
    figures.variants.some(variant => variant.interval) ? `Beside ${comparesAccuracy() ? 'an accuracy' : qualityName()}: its 95 % interval, from the difference to the ${bestName()}.` : undefined,
    tested ? 'Test images decide nothing; only these variants are tested.' : undefined,
    figures.hypervolume === undefined || figures.hypervolume === null ? undefined
      : `The front covers ${Math.round(100 * figures.hypervolume)} % of the room between the best and the worst of every objective (hypervolume).`,
  ].filter(note => note).join(' ');
  return element('div', { class: 'below' }, element('h3', {}, 'The front'), element('p', { class: 'about' }, notes),
    element('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'The front' }, plainTable({ columns, rows, places: front.map(({ index }) => index), stacks: true })));
}

function withInterval(variant, measure) {
  const value = written(measure, variant.values[measure.key]);
  return measure.key === figures.quality && variant.interval
    ? element('span', {}, value, element('small', {}, ` ${(100 * variant.interval[0]).toFixed(1)} – ${(100 * variant.interval[1]).toFixed(1)}`))
    : value;
}
