/* Colours of the charts, taken from the style sheet so that they follow its light and dark schemes. */

const SHAPES = ['circle', 'rect', 'triangle', 'diamond', 'pin', 'roundRect', 'arrow'];
const SHADES = 9;

function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

function shade(index) {
  return token(`shade-${index % SHADES + 1}`);
}

function familyShade(family) {
  return shade(figures.families.indexOf(family));
}

function familyShape(family) {
  return SHAPES[figures.families.indexOf(family) % SHAPES.length];
}

/** A colour with an opacity. */
function sheer(colour, opacity) {
  const channels = colour.match(/[0-9a-f]{2}/gi).map(channel => parseInt(channel, 16));
  return `rgba(${channels.join(',')},${opacity})`;
}

/** Options that all charts share. */
function chartStyle() {
  const font = getComputedStyle(document.body).fontFamily;
  return {
    animation: false,
    aria: { enabled: false },
    textStyle: { fontFamily: font, color: token('ink') },
    tooltip: {
      confine: true,
      backgroundColor: token('paper'),
      borderColor: token('line'),
      borderWidth: 1,
      padding: 0,
      textStyle: { color: token('ink'), fontSize: 13 },
      extraCssText: 'box-shadow: 0 4px 16px rgba(0,0,0,.18); border-radius: 6px; max-width: min(340px, 90vw); white-space: normal;',
    },
  };
}

function axis(name, more = {}) {
  return {
    name,
    nameLocation: 'middle',
    nameTextStyle: { color: token('soft'), fontSize: 12 },
    axisLine: { lineStyle: { color: token('line') } },
    axisTick: { lineStyle: { color: token('line') } },
    axisLabel: { color: token('soft'), fontSize: 12, hideOverlap: true },
    splitLine: { lineStyle: { color: token('hair') } },
    ...more,
  };
}

/**
 * An axis of a measure over values. On a logarithmic one within three magnitudes ticks are a factor of two apart and
 * begin at a power of ten, so `scale` is the divisor of all values.
 */
function measureAxis(measure, values, logarithmic, more = {}) {
  const name = measure.label + (measure.larger ? ' (more is better)' : ' (less is better)');
  const known = values.filter(value => value !== undefined);
  const least = Math.min(...known);
  const most = Math.max(...known);
  if (!logarithmic || known.length === 0 || least <= 0) {
    const label = { color: token('soft'), fontSize: 12, hideOverlap: true, formatter: value => tickOf(measure, value) };
    return { scale: 1, axis: axis(name, { type: 'value', scale: true, axisLabel: label, ...more }) };
  }
  const scale = 10 ** Math.floor(Math.log10(least));
  const logBase = most / least > 1000 ? 10 : 2;
  const pad = Math.max(1.08, (most / least) ** 0.06);
  return {
    scale,
    axis: axis(name, {
      type: 'log',
      logBase,
      min: least / scale / pad,
      max: most / scale * pad,
      axisLabel: {
        color: token('soft'),
        fontSize: 12,
        hideOverlap: true,
        showMinLabel: false,
        showMaxLabel: false,
        formatter: value => tickOf(measure, Number((value * scale).toPrecision(6))),
      },
      ...more,
    }),
  };
}
