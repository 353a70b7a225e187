/* The choice for a budget: a slider over the steps at which the answer changes. */

function budget() {
  const place = document.querySelector('.answer');
  if (!place || figures.budgets.length === 0) {
    return;
  }
  let chosen = figures.budgets[0];
  const words = element('output', { class: 'taken', 'aria-live': 'polite', for: 'budget' });
  const slider = element('input', { type: 'range', id: 'budget', min: '0', step: '1', oninput: show });
  const amount = element('span', { class: 'amount' });

  function show() {
    const at = Number(slider.value);
    const measure = measures.get(chosen.measure);
    const step = chosen.steps[at];
    const next = chosen.steps[at + 1];
    const range = next === undefined ? `${written(measure, step.from)} and more` : `${written(measure, step.from)} to below ${written(measure, next.from)}`;
    amount.textContent = range;
    slider.setAttribute('aria-valuetext', range);
    words.textContent = `With a budget of ${range} (${measure.label}), ${step.words}`;
    select(step.variant);
  }
  function take(key) {
    chosen = figures.budgets.find(one => one.measure === key);
    slider.max = String(chosen.steps.length - 1);
    slider.value = slider.max;
  }
  take(chosen.measure);
  const options = figures.budgets.map(one => [one.measure, measures.get(one.measure).label]);
  place.append(element('div', { class: 'budget' },
    choice('Budget of', options, chosen.measure, key => { take(key); show(); }),
    element('label', { class: 'slide' }, element('span', { class: 'unseen' }, 'Largest cost allowed'), slider), amount), words);
  const measure = measures.get(chosen.measure);
  amount.textContent = `${written(measure, chosen.steps.at(-1).from)} and more`;
  words.textContent = 'Move the slider to see the choice for a smaller budget.';
}
