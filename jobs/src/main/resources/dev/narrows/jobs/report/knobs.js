/* Knobs of a family and their values. */

/** Knobs that vary within a family; those that were solved for equal cost follow from the others. */
function axesOf(family) {
  const members = figures.variants.filter(variant => variant.family === family);
  return figures.knobs.filter(knob => !figures.solved.includes(knob) && new Set(members.map(variant => variant.knobs[knob])).size > 1);
}

/** Values in ascending order: nothing given first, numbers by size, lists by their numbers, words last. */
function ordered(values) {
  const numbers = value => value === 'none' ? [-Infinity] : value.split('-').map(part => part === '' ? NaN : Number(part));
  const rank = value => value === 'none' ? 0 : numbers(value).some(Number.isNaN) ? 2 : 1;
  return [...new Set(values)].sort((one, other) => {
    if (rank(one) !== rank(other) || rank(one) === 2) {
      return rank(one) - rank(other) || one.localeCompare(other);
    }
    const [left, right] = [numbers(one), numbers(other)];
    const at = left.findIndex((number, place) => number !== right[place]);
    return at < 0 ? left.length - right.length : left[at] - (right[at] ?? -Infinity);
  });
}

/** Everything of a variant but one knob and those that are solved, as a key. */
function heldBut(knob, variant) {
  const rest = figures.knobs.filter(name => name !== knob && !figures.solved.includes(name)).map(name => variant.knobs[name]);
  return JSON.stringify([variant.family, variant.id.split(' ').slice(1), rest]);
}
