/* The page's data and the elements that it is built of. Nothing here computes a statistic: figures come as they are. */

const figures = JSON.parse(document.getElementById('figures').textContent);
const measures = new Map(figures.measures.map(measure => [measure.key, measure]));

/** An element with attributes, listeners (on…) and children; strings become text and never markup. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) {
      made.addEventListener(key.slice(2), value);
    } else if (value === true) {
      made.setAttribute(key, '');
    } else if (value !== false && value !== undefined) {
      made.setAttribute(key, value);
    }
  }
  made.append(...children.filter(child => child !== undefined));
  return made;
}

/** Text for the places where ECharts and Tabulator take markup. */
function escaped(text) {
  return String(text).replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`);
}

function announce(words) {
  document.getElementById('announcement').textContent = words;
}

/** Fills a section of the page; one that has nothing to show is taken out with its entry in the contents. */
function section(id, title, about, ...parts) {
  const place = document.getElementById(id);
  const filled = parts.filter(part => part !== undefined);
  if (filled.length === 0) {
    place.remove();
    document.querySelector(`[data-for="${id}"]`)?.remove();
    return;
  }
  place.append(element('h2', {}, title), ...(about ? [element('p', { class: 'about' }, about)] : []), ...filled);
}

function choice(label, options, chosen, change) {
  const select = element('select', { onchange: event => change(event.target.value) });
  for (const [value, words] of options) {
    select.append(element('option', { value, selected: value === chosen }, words));
  }
  return element('label', { class: 'choice' }, element('span', {}, label), select);
}

function tick(label, checked, change) {
  return element('label', { class: 'tick' },
    element('input', { type: 'checkbox', checked, onchange: event => change(event.target.checked) }), label);
}

function html(strings, ...values) {
  return strings.reduce((text, part, i) => text + part + (i < values.length ? escaped(values[i]) : ''), '');
}
