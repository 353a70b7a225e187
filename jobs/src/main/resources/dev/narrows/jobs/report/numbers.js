/* Numbers as a person reads them, as the terminal writes them too. */

const NOTHING = '–';

function digits(number, most = 3) {
  const size = Math.abs(number);
  return number.toFixed(size >= 100 ? 0 : size >= 10 ? Math.max(0, most - 2) : Math.max(0, most - 1));
}

function count(number) {
  const units = ['', ' k', ' M', ' G', ' T', ' P'];
  let unit = 0;
  let scaled = number;
  while (Math.abs(scaled) >= 999.5 && unit < units.length - 1) {
    scaled /= 1000;
    unit++;
  }
  if (unit === 0) {
    return Number.isInteger(number) ? String(number) : digits(number);
  }
  return digits(scaled).replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '') + units[unit];
}

function bytes(number) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  let scaled = number;
  while (scaled >= 1024 && unit < units.length - 1) {
    scaled /= 1024;
    unit++;
  }
  return `${unit === 0 || scaled >= 10 ? scaled.toFixed(0) : scaled.toFixed(1)} ${units[unit]}`;
}

function micros(number) {
  return number >= 1000 ? `${digits(number / 1000)} ms` : `${digits(number)} µs`;
}

function seconds(number) {
  if (number < 60) {
    return `${digits(number)} s`;
  }
  const whole = Math.round(number);
  return whole < 3600
    ? `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`
    : `${Math.floor(whole / 3600)} h ${String(Math.floor(whole / 60) % 60).padStart(2, '0')} min`;
}

const FORMS = {
  SHARE: number => `${(100 * number).toFixed(2)} %`,
  COUNT: count,
  BYTES: bytes,
  SECONDS: seconds,
  MICROS: micros,
  RATE: count,
};

/** A value of a measure. */
function written(measure, value) {
  return value === undefined || value === null ? NOTHING : (FORMS[measure.form] ?? digits)(value);
}

/** The same at an axis, without trailing zeros. */
function tickOf(measure, value) {
  return measure.form === 'SHARE' ? `${Number((100 * value).toFixed(2))} %` : written(measure, value);
}

/** A difference of shares in points, with its sign. */
function points(value) {
  return `${value < 0 ? '−' : '+'}${Math.abs(100 * value).toFixed(1)}`;
}

function chance(probability) {
  if (probability === undefined) {
    return NOTHING;
  }
  return probability > 0.995 ? '> 99 %' : probability < 0.005 ? '< 1 %' : `${Math.round(100 * probability)} %`;
}
