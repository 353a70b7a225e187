/* Fills the page, and adapts it to the window. */

budget();
choices();
parallel();
effects();
slices();
importance();
distributions();
learning();
narrowEnds();
proxies();
latency();
variants();
drawCharts();

document.querySelectorAll('[data-variant]').forEach(link => link.addEventListener('click', event => {
  event.preventDefault();
  showVariant(figures.variants.findIndex(variant => variant.id === link.dataset.variant));
}));

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redrawCharts);
let width = window.innerWidth;
window.addEventListener('resize', () => {
  if (width !== window.innerWidth) {
    width = window.innerWidth;
    redrawCharts();
  }
});
// Paper is light, whatever the screen is.
window.addEventListener('beforeprint', () => {
  document.documentElement.dataset.paper = '';
  redrawCharts();
});
window.addEventListener('afterprint', () => {
  delete document.documentElement.dataset.paper;
  redrawCharts();
});

// The section in view is marked in the contents.
const entries = new Map([...document.querySelectorAll('nav.contents a[href^="#"]')].map(link => [link.getAttribute('href').slice(1), link]));
const seen = new IntersectionObserver(changes => {
  for (const change of changes) {
    if (change.isIntersecting) {
      entries.forEach(link => link.removeAttribute('aria-current'));
      entries.get(change.target.id)?.setAttribute('aria-current', 'true');
    }
  }
}, { rootMargin: '-10% 0px -70% 0px' });
document.querySelectorAll('main section[id]').forEach(place => seen.observe(place));
