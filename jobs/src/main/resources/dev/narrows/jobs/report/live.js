/* A page that is served while its study runs: it loads itself again with new results, and the reader keeps their place. */

const KEPT = 'narrows-reader';
const ASK_EVERY_MILLIS = 2000;

/** Controls of the page, by names that are the same in the next version. */
function readersControls() {
  const named = new Map();
  document.querySelectorAll('main select, main input, main details').forEach(control => {
    if (control.closest('.tabulator')) {
      return;
    }
    const part = control.closest('section[id]')?.id ?? 'answer';
    const words = control.closest('label')?.querySelector('span')?.textContent ?? control.closest('label')?.textContent ?? control.getAttribute('aria-label') ?? control.tagName;
    let name = `${part}/${words}`;
    while (named.has(name)) {
      name += '+';
    }
    named.set(name, control);
  });
  return named;
}

function keepReader() {
  const controls = {};
  readersControls().forEach((control, name) => {
    controls[name] = control.tagName === 'DETAILS' ? control.open : control.type === 'checkbox' ? control.checked : control.value;
  });
  sessionStorage.setItem(KEPT, JSON.stringify({
    controls, left: window.scrollX, top: window.scrollY,
    selected: selected === undefined ? undefined : figures.variants[selected].id,
  }));
}

/** Called once the charts are drawn. */
function restoreReader() {
  if (document.documentElement.dataset.version === undefined) {
    return;
  }
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null');
  sessionStorage.removeItem(KEPT);
  if (kept) {
    // A control may bring others that depend on it, so that the names are looked up one by one.
    Object.entries(kept.controls).forEach(([name, value]) => {
      const control = readersControls().get(name);
      if (control === undefined || control.type === 'range') {
        return;
      }
      const key = control.tagName === 'DETAILS' ? 'open' : control.type === 'checkbox' ? 'checked' : 'value';
      const possible = control.tagName !== 'SELECT' || [...control.options].some(option => option.value === value);
      if (possible && control[key] !== value) {
        control[key] = value;
        control.dispatchEvent(new Event('input', { bubbles: true }));
        control.dispatchEvent(new Event('change', { bubbles: true }));
      }
    });
    const index = figures.variants.findIndex(variant => variant.id === kept.selected);
    if (index >= 0) {
      select(index);
    }
    window.scrollTo(kept.left, kept.top);
  }
  document.documentElement.dataset.restored = '';
}

function follow() {
  const version = document.documentElement.dataset.version;
  if (version === undefined) {
    return;
  }
  const bar = element('progress', { 'aria-label': 'Trials that have ended' });
  const words = element('span', { role: 'status' }, 'following the study');
  const running = element('span', { class: 'running' });
  document.querySelector('.over').after(element('p', { class: 'live' }, bar, words, running));
  const typing = () => document.activeElement?.matches('input[type=search], .tabulator-header-filter input') && document.activeElement.value !== '';

  async function ask() {
    try {
      const state = await (await fetch(`/state?${version}`)).json();
      bar.max = Math.max(1, state.planned);
      bar.value = state.ended;
      words.textContent = state.words;
      running.textContent = state.running.length === 0 ? '' : `${state.running.join(', ')}${state.runningCount > state.running.length ? ` and ${state.runningCount - state.running.length} more` : ''}`;
      // A reload would take away what the reader is typing.
      if (state.version !== version && !typing()) {
        keepReader();
        location.reload();
        return;
      }
      if (state.over && state.version === version) {
        words.textContent = `${state.words}. This page is not refreshed any more.`;
        document.documentElement.dataset.over = '';
        return;
      }
    } catch (gone) {
      words.textContent = 'The command that serves this page has ended, so the page is as it was then.';
      document.documentElement.dataset.over = '';
      return;
    }
    setTimeout(ask, ASK_EVERY_MILLIS);
  }
  ask();
}

follow();
